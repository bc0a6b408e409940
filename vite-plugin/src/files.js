// Serves the console's files: the same files as the workbench's.
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { extname, join, normalize, sep } from 'node:path';

const TYPES = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml; charset=utf-8',
  '.webm': 'video/webm',
  '.pdf': 'application/pdf',
};

/** What browsers show as documents, which can have links and scripts. */
const DOCUMENTS = /html|svg|xml/;

/**
 * The file below a folder that a path leads to, and its content; null if there is none. What is said of the file is decided by the
 * returned name: there are many ways to write a path.
 * @param {string} folder
 * @param {string} path Below it, decoded.
 */
async function fileIn(folder, path) {
  const file = normalize(join(folder, path));
  if (!file.startsWith(folder + sep) || path.includes('\0')) return null;
  const data = await readFile(file).catch(() => null);
  return data && { file, data };
}

/**
 * Answers with a file of the folder. Returns false if there is none.
 * @param {string} folder
 * @param {string} path From the console's own root on: `/console/main.js`.
 */
export async function serveFile(folder, path, request, response) {
  let name;
  try {
    name = decodeURIComponent(path);
  } catch {
    return false;
  }
  if (name.endsWith('/')) name += 'index.html';
  const found = await fileIn(folder, name);
  if (found === null) return false;
  const { file, data } = found;
  const type = TYPES[extname(file).toLowerCase()] ?? 'application/octet-stream';
  const etag = `"${createHash('sha256').update(data).digest('hex').slice(0, 32)}"`;
  const headers = {
    'content-type': type,
    // The browser asks each time and gets a 304, so it never uses a copy from before an update.
    'cache-control': 'no-cache',
    'accept-ranges': 'bytes',
    etag,
    // Clicks in the console issue codes, so no website may frame it (clickjacking).
    ...(DOCUMENTS.test(type) && { 'content-security-policy': "frame-ancestors 'self'" }),
  };
  if (request.headers['if-none-match'] === etag) {
    response.writeHead(304, headers).end();
    return true;
  }
  // Safari plays no video without ranges.
  const range = /^bytes=(\d+)-(\d*)$/.exec(request.headers.range ?? '');
  const start = range ? Number(range[1]) : 0;
  const end = Math.min(range?.[2] ? Number(range[2]) : Infinity, data.length - 1);
  if (range && start > end) {
    response.writeHead(416, { 'content-range': `bytes */${data.length}` }).end();
    return true;
  }
  if (range) headers['content-range'] = `bytes ${start}-${end}/${data.length}`;
  const body = range ? data.subarray(start, end + 1) : data;
  response.writeHead(range ? 206 : 200, { ...headers, 'content-length': body.length });
  response.end(request.method === 'HEAD' ? undefined : body);
  return true;
}
