// Serves the measured pages from memory over HTTP. One server has two names, which are two sites for the browser, so it runs
// the console's page and the sidebar page in separate processes, as it does for real ones.
import { createServer } from 'node:http';
import { promisify } from 'node:util';
import { brotliCompress, constants } from 'node:zlib';

const compress = promisify(brotliCompress);
const TYPES = { html: 'text/html; charset=utf-8', js: 'text/javascript; charset=utf-8', wasm: 'application/wasm' };

/** Isolated pages get a clock resolution of 5 µs, others one of 100 µs. */
const HEADERS = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
  'Cross-Origin-Resource-Policy': 'cross-origin',
  'Cache-Control': 'no-store',
};

/** Milliseconds between the two parts of a page, so that the start of its process is not measured. */
export const SETTLED = 250;

export async function startSite() {
  const files = new Map();
  const server = createServer((request, response) => {
    const file = files.get(new URL(request.url, 'http://localhost').pathname);
    if (!file) return response.writeHead(404).end();
    if (file.rest) {
      response.writeHead(200, { ...HEADERS, 'Content-Type': file.type }).write(file.body);
      setTimeout(() => response.end(file.rest), SETTLED);
      return;
    }
    const encoded = /\bbr\b/.test(request.headers['accept-encoding'] ?? '');
    const head = { ...HEADERS, 'Content-Type': file.type, ...(encoded && { 'Content-Encoding': 'br' }) };
    response.writeHead(200, head).end(encoded ? file.brotli : file.body);
  });
  await new Promise((resolve, reject) => server.on('error', reject).listen(0, '127.0.0.1', resolve));
  const { port } = server.address();
  return {
    console: `http://console.localhost:${port}`,
    page: `http://page.localhost:${port}`,
    async add(path, body) {
      const data = Buffer.from(body);
      files.set(path, { type: TYPES[path.split('.').pop()], body: data, brotli: await brotli(data) });
    },
    /** A page that arrives in two parts. */
    addPage(path, head, rest) {
      files.set(path, { type: TYPES.html, body: head, rest });
    },
    close: () => new Promise((resolve) => server.close(resolve)),
  };
}

/** The strongest compression, as a server would use for static files. */
export const brotli = (data) =>
  compress(data, { params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: data.length } });
