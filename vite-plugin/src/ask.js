// One request for the page, as the console's frame makes it. The hub judges the answer.
import { get as getHttp } from 'node:http';
import { get as getHttps } from 'node:https';
import { connect } from 'node:net';
import { trusted } from './roots.js';

/** Milliseconds that the page's server may take for its whole answer. A development server may have to compile first. */
const PATIENCE = 20_000;
/** Milliseconds that it may take to accept a connection. */
const CONNECTS = 3_000;
/** Bytes. A page's scripts are named at its start. */
const MAX_BODY = 512 * 1024;

const noAnswer = (error, afterMs) => ({ unreachable: String(error.code ?? 'other'), detail: error.message || String(error.code), afterMs });
const timeout = () => Object.assign(new Error('no answer'), { code: 'ETIMEDOUT' });

/** Whether a server accepts connections there. @param {string} url */
export function connectTo(url) {
  const { hostname, port, protocol } = new URL(url);
  return new Promise((resolve) => {
    const socket = connect({ host: hostname.replace(/^\[|\]$/g, ''), port: Number(port) || (protocol === 'https:' ? 443 : 80) });
    const end = (outcome) => {
      socket.destroy();
      resolve(outcome);
    };
    socket
      .setTimeout(CONNECTS, () => end(noAnswer(timeout(), CONNECTS)))
      .on('connect', () => end({}))
      .on('error', (error) => end(noAnswer(error)));
  });
}

/** What came of it, as the hub takes it. @param {{ url: string, console: string, cookies: string }} wanted */
export async function get(wanted) {
  const plain = wanted.url.startsWith('http:');
  try {
    const answer = await request(wanted, true);
    // What some servers answer to plain HTTP at a TLS port.
    return plain && answer.status === 400 ? ((await otherScheme(wanted)) ?? answer) : answer;
  } catch (error) {
    const nobody = ['ETIMEDOUT', 'ENOTFOUND', 'EAI_AGAIN', 'ECONNREFUSED'].includes(error.code);
    if (nobody) return noAnswer(error, PATIENCE);
    return (await withoutTrust(wanted, error)) ?? (await otherScheme(wanted)) ?? noAnswer(error, PATIENCE);
  }
}

/** The answer of a server whose certificate is not trusted: the browser may trust it. Whatever is wrong with the certificate, by trying. */
async function withoutTrust(wanted, error) {
  if (wanted.url.startsWith('http:')) return undefined;
  const answer = await request(wanted, false).catch(() => undefined);
  return answer && { ...answer, certificate: error.message };
}

/** The page's address with the other scheme, if a server answers there. */
async function otherScheme({ url, console }) {
  const other = new URL(url);
  const { port } = other;
  const scheme = other.protocol === 'http:' ? 'https:' : 'http:';
  const usual = other.protocol === 'http:' ? '80' : '443';
  other.protocol = scheme;
  other.port = port || usual;
  const answer = await request({ url: other.href, console, cookies: '' }, false).catch(() => null);
  return answer && (scheme === 'https:' || answer.status !== 400) ? { otherScheme: other.href } : undefined;
}

/** Follows no redirect. @param {boolean} verify False once the certificate is known to be unknown: nothing secret is in the request. */
function request({ url, console, cookies }, verify) {
  const send = url.startsWith('https:') ? getHttps : getHttp;
  const headers = {
    accept: 'text/html,application/xhtml+xml,*/*;q=0.8',
    referer: console,
    'sec-fetch-dest': 'iframe',
    'sec-fetch-mode': 'navigate',
    'sec-fetch-site': 'cross-site',
    'user-agent': `vite-plugin-juzi/${JUZI_VERSION}`,
    ...(cookies !== '' && { cookie: cookies }),
  };
  return new Promise((resolve, reject) => {
    const sent = send(url, { agent: false, headers, rejectUnauthorized: verify, ca: verify ? trusted() : undefined }, async (response) => {
      const raw = response.rawHeaders;
      const named = [];
      for (let i = 0; i + 1 < raw.length; i += 2) named.push([raw[i].toLowerCase(), raw[i + 1]]);
      resolve({ status: response.statusCode, headers: named, body: await beginningOf(response) });
      clearTimeout(timer);
      sent.destroy();
    });
    const timer = setTimeout(() => sent.destroy(timeout()), PATIENCE);
    sent.on('error', (error) => {
      clearTimeout(timer);
      reject(error);
    });
  });
}

/** A body that breaks off is judged by what came. */
async function beginningOf(response) {
  const parts = [];
  let length = 0;
  try {
    for await (const part of response) {
      parts.push(part);
      length += part.length;
      if (length >= MAX_BODY) break;
    }
  } catch {
    // The parts are what came.
  }
  return Buffer.concat(parts).subarray(0, MAX_BODY).toString('utf8');
}
