// Sends requests exactly as written. Client libraries would correct or refuse them.
import { readFileSync } from 'node:fs';
import { connect } from 'node:net';

const vector = (name) => JSON.parse(readFileSync(new URL(`../vectors/${name}.json`, import.meta.url), 'utf8'));

/**
 * A server's answer to these bytes, until it closes the connection. A broken connection counts as an answer.
 * @param {string} origin
 * @param {string} request One character for each byte. It needs `Connection: close`, or the server keeps the connection.
 * @returns {Promise<{ status: number, headers: Map<string, string>, text: string }>} The status is 0 if there is none.
 */
export function answerTo(origin, request) {
  return new Promise((resolve) => {
    let text = '';
    const socket = connectTo(origin, () => socket.write(request, 'latin1'));
    socket
      .setEncoding('latin1')
      .on('data', (part) => (text += part))
      .on('end', () => socket.destroy())
      .on('close', () => resolve(parsed(text)));
  });
}

/** Sends a request that has no end, and ends the stream. @returns {Promise<import('node:net').Socket>} The server may keep it. */
const sendBroken = (origin, request) =>
  new Promise((resolve) => {
    const socket = connectTo(origin, () => socket.end(request, 'latin1'));
    socket
      .on('finish', () => resolve(socket))
      .on('close', () => resolve(socket))
      .resume();
  });

function connectTo(origin, onOpen) {
  const { hostname, port } = new URL(origin);
  return connect({ host: hostname, port: Number(port), allowHalfOpen: true }, onOpen).on('error', () => {});
}

function parsed(text) {
  const [head] = text.split('\r\n\r\n');
  const [first, ...lines] = head.split('\r\n');
  const headers = new Map(lines.map((line) => [line.slice(0, line.indexOf(':')).toLowerCase(), line.slice(line.indexOf(':') + 1).trim()]));
  return { status: Number(/^HTTP\/1\.\d (\d+)/.exec(first)?.[1] ?? 0), headers, text };
}

/** The answer to a path, which is sent exactly as written. */
export const asWritten = (origin, path) =>
  answerTo(origin, `GET ${path} HTTP/1.1\r\nHost: ${new URL(origin).host}\r\nConnection: close\r\n\r\n`);

/** Ways to write the path of a file. Not all of them lead to it. */
export function spellings(file) {
  const [, folder = '', name] = /^(?:(.*)\/)?(.*)$/.exec(file);
  const written = vector('spellings').map((path) =>
    path.replaceAll('{file}', file).replaceAll('{folder}', folder).replaceAll('{name}', name),
  );
  return [...written, ...[file.toUpperCase(), file.replace('index', '%69ndex'), file.replaceAll('.', '%2E')].map((path) => `/${path}`)];
}

/** Whether a browser may show it as a document, which can have links and scripts. */
export const isDocument = ({ headers }) => /html|svg|xml/.test(headers.get('content-type') ?? '');

/** Milliseconds that a connection may stay without an answer. Only a failing test waits so long. */
const PATIENCE = 60_000;
const BLOCKS = {
  '{1k}': 'a'.repeat(1_024),
  '{4k}': 'a'.repeat(4_096),
  '{64k}': 'a'.repeat(65_536),
  '{dots}': '../'.repeat(500),
  '{slashes}': '/'.repeat(2_000),
  '{pairs}': 'a=b&'.repeat(1_000),
  '{headers}': 'X: y\r\n'.repeat(1_000),
};

/**
 * The requests of tests/vectors/requests.json for a server. A request that is `asked` must get an answer; one that `ends` has no end of
 * its own.
 */
function oddRequests(origin, prefixes) {
  const { targets, whole, broken } = vector('requests');
  const asked = prefixes.flatMap((prefix) =>
    targets.map((target) => `GET ${prefix}${target} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n`),
  );
  const filled = (text) => text.replace(/\{\w+\}/g, (block) => (block === '{host}' ? new URL(origin).host : (BLOCKS[block] ?? block)));
  const rows = (texts, kind) =>
    texts.map((text) => ({
      text: filled(text),
      shown: JSON.stringify(text),
      first: text.split('\r\n')[0],
      asked: kind === 'asked',
      ends: kind === 'broken',
    }));
  return [...rows(asked, 'asked'), ...rows(whole, 'whole'), ...rows(broken, 'broken')];
}

/**
 * Sends every odd request to a server. After each one the server must still answer an ordinary request. A request that is odd only in its
 * path must get an answer that is not a server error.
 * @param {string} origin
 * @param {{ path: string, status?: number }} ordinary The ordinary request, and its answer.
 * @param {object} [options]
 * @param {string[]} [options.prefixes] In front of the odd paths.
 * @param {(line: string) => boolean} [options.answers] Whether our code answers this request line, not a server around it.
 * @param {(line: string) => boolean} [options.spares] Request lines that the server around our code does not survive by itself.
 * @returns {Promise<string[]>} What went wrong.
 */
export async function throwAllAt(
  origin,
  { path, status: expected = 200 },
  { prefixes = [''], answers = () => true, spares = () => false } = {},
) {
  const wrong = [];
  for (const { text, shown, first, asked, ends } of oddRequests(origin, prefixes)) {
    if (spares(first)) continue;
    const kept = ends ? await inTime(sendBroken(origin, text), shown) : null;
    const { status } = ends ? { status: 0 } : await inTime(answerTo(origin, text), shown);
    if (asked && answers(first) && (status < 200 || status >= 500)) wrong.push(`${shown} was answered with ${status}`);
    const after = await inTime(asWritten(origin, path), path);
    kept?.destroy();
    if (after.status !== expected) return [...wrong, `after ${shown} the server answers with ${after.status}`];
  }
  return wrong;
}

function inTime(answer, about) {
  let timer;
  const late = new Promise((_, reject) => (timer = setTimeout(() => reject(new Error(`no answer to ${about}`)), PATIENCE)));
  return Promise.race([answer, late]).finally(() => clearTimeout(timer));
}
