/** A strict static server for the built site: with a policy, without fallbacks. */
import { createReadStream, existsSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { createBrotliCompress } from 'node:zlib';

/** The strictest policy under which the site works. WebAssembly is for the helper in the demo page, which would start later without it. */
export const POLICY = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "style-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "frame-src 'self'",
  "worker-src 'self'",
  "media-src 'self'",
  "manifest-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'self'",
].join('; ');

const TYPES = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.webp': 'image/webp',
  '.webm': 'video/webm',
  '.pdf': 'application/pdf',
  '.woff2': 'font/woff2',
  '.txt': 'text/plain; charset=utf-8',
  '.xml': 'application/xml; charset=utf-8',
};
const COMPRESSED = new Set(['.html', '.js', '.css', '.json', '.svg', '.txt', '.xml']);

/** The path of a request, decoded; null if it is not a path: `//` begins the address of another server, and a lone `%` is invalid. */
function pathOf(/** @type {string} */ url) {
  if (!/^\/(?![/\\])/.test(url)) return null;
  try {
    return decodeURIComponent(new URL(url, 'http://localhost').pathname);
  } catch {
    return null;
  }
}

/** @param {string} dir @param {{ base?: string, port?: number, policy?: string }} [options] */
export async function serveSite(dir, { base = '/', port = 0, policy = POLICY } = {}) {
  const prefix = `/${base.split('/').filter(Boolean).join('/')}/`.replace('//', '/');
  const server = createServer((request, response) => {
    const path = pathOf(request.url ?? '');
    if (path === null) {
      response.writeHead(400, { 'content-type': 'text/plain' }).end('the request has no path\n');
      return;
    }
    let file = path.startsWith(prefix) ? join(dir, normalize(`/${path.slice(prefix.length)}`)) : '';
    if (file.endsWith('/')) file += 'index.html';
    if (!file || !existsSync(file) || !statSync(file).isFile()) {
      response.writeHead(404, { 'content-type': 'text/plain' }).end('not found\n');
      return;
    }
    const type = extname(file);
    const brotli = COMPRESSED.has(type) && /\bbr\b/.test(String(request.headers['accept-encoding']));
    response.writeHead(200, {
      'content-type': TYPES[type] ?? 'application/octet-stream',
      'x-content-type-options': 'nosniff',
      // A policy is for documents and workers. With other files it would only add bytes.
      ...((type === '.html' || type === '.svg' || file.endsWith('sw.js')) && { 'content-security-policy': policy }),
      'cache-control': 'no-cache',
      ...(brotli && { 'content-encoding': 'br' }),
    });
    const body = createReadStream(file).on('error', () => response.destroy());
    if (brotli) body.pipe(createBrotliCompress()).pipe(response);
    else body.pipe(response);
  });
  await new Promise((resolve, reject) => server.listen(port, '127.0.0.1', () => resolve(undefined)).on('error', reject));
  const address = /** @type {import('node:net').AddressInfo} */ (server.address());
  return {
    url: `http://localhost:${address.port}${prefix}`,
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(resolve));
    },
  };
}
