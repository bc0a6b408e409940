// Requests as they are written, which the client libraries would correct or refuse.
import { readFileSync } from 'node:fs';
import { connect } from 'node:net';

const vector = (name) => JSON.parse(readFileSync(new URL(`../vectors/${name}.json`, import.meta.url), 'utf8'));

/**
 * What a server answers to these bytes, until it closes the connection. A broken connection is an answer as well.
 * @param {string} origin
 * @param {string} request One character a byte.
 * @param {{ ends?: boolean }} [options] `ends`: no more comes after it. Node answers nobody who has ended, so a whole request needs
 *   `Connection: close` instead.
 * @returns {Promise<{ status: number, headers: Map<string, string>, text: string }>} The status is 0 without one.
 */
export function answerTo(origin, request, { ends = false } = {}) {
  const { hostname, port } = new URL(origin);
  return new Promise((resolve) => {
    let text = '';
    const socket = connect({ host: hostname, port: Number(port), allowHalfOpen: true }, () => (ends ? socket.end(request, 'latin1') : socket.write(request, 'latin1')));
    socket.setEncoding('latin1').on('data', (part) => (text += part)).on('error', () => {});
    socket.on('end', () => socket.destroy()).on('close', () => resolve(parsed(text)));
  });
}

function parsed(text) {
  const [head] = text.split('\r\n\r\n');
  const [first, ...lines] = head.split('\r\n');
  const headers = new Map(lines.map((line) => [line.slice(0, line.indexOf(':')).toLowerCase(), line.slice(line.indexOf(':') + 1).trim()]));
  return { status: Number(/^HTTP\/1\.\d (\d+)/.exec(first)?.[1] ?? 0), headers, text };
}

/** The answer to a path that is sent as it is written. */
export const asWritten = (origin, path) => answerTo(origin, `GET ${path} HTTP/1.1\r\nHost: ${new URL(origin).host}\r\nConnection: close\r\n\r\n`);

/** Ways to write the path of a file. Not all of them lead to it. */
export function spellings(file) {
  const [, folder = '', name] = /^(?:(.*)\/)?(.*)$/.exec(file);
  const written = vector('spellings').map((path) => path.replaceAll('{file}', file).replaceAll('{folder}', folder).replaceAll('{name}', name));
  return [...written, ...[file.toUpperCase(), file.replace('index', '%69ndex'), file.replaceAll('.', '%2E')].map((path) => `/${path}`)];
}

/** Whether a browser may show it as a document, which can have links and scripts. */
export const isDocument = ({ headers }) => /html|svg|xml/.test(headers.get('content-type') ?? '');
