// One request to the hub, as every runtime can make it: browsers, Node, Deno, Bun, Cloudflare's workers and edge runtimes.
import { OAuthError, badAnswer } from './error.js';

/** Bytes, after decompression. A real answer has a few hundred. */
const MAX_BODY = 64 * 1024;
const REDIRECTS = [301, 302, 303, 307, 308];

/** The body of the hub's answer, at most 64 KB. A code is a secret: it is sent once, to this address alone. */
export async function ask(url, timeout, signal) {
  const controller = new AbortController();
  // Not every runtime ends the reading of a body when the request is aborted.
  const ended = new Promise((_resolve, reject) => controller.signal.addEventListener('abort', () => reject(new Error('ended'))));
  ended.catch(() => {});
  let timedOut = false;
  const timer = setTimeout(() => {
    timedOut = true;
    controller.abort();
  }, timeout);
  const abort = () => controller.abort();
  signal?.addEventListener('abort', abort);
  if (signal?.aborted) abort();
  try {
    const response = await Promise.race([ended, controller.signal.aborted ? ended : fetch(url, optionsWith(controller.signal))]);
    refuseRedirect(response);
    if (!response.ok) throw badAnswer(`HTTP status ${response.status}`);
    return await textOf(response, ended);
  } catch (cause) {
    if (cause instanceof OAuthError) throw cause;
    if (timedOut) throw new OAuthError('timeout', `no answer from the hub within ${timeout} ms`);
    if (signal?.aborted) throw new OAuthError('aborted', 'aborted', { cause: signal.reason });
    throw new OAuthError('hub_unreachable', 'the hub cannot be reached', { cause: mentions(cause, url) ? undefined : cause });
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', abort);
    // Stops reading the rest of a refused answer.
    controller.abort();
  }
}

function optionsWith(signal) {
  // Not `error`: Cloudflare's workers refuse it.
  const options = { __proto__: null, signal, redirect: 'manual' };
  // No cache may store the code. Some runtimes have no cache, and refuse the member instead of ignoring it.
  for (const [name, value] of [
    ['cache', 'no-store'],
    ['credentials', 'omit'],
    ['referrerPolicy', 'no-referrer'],
  ]) {
    if (takes(name, value)) options[name] = value;
  }
  return options;
}

function takes(name, value) {
  try {
    return Boolean(new Request('http://hub.invalid/', { __proto__: null, [name]: value }));
  } catch {
    return false;
  }
}

/** No redirect may receive the code. A browser hides where it leads, and its status. */
function refuseRedirect({ type, status, redirected }) {
  if (type === 'opaqueredirect' || redirected === true || REDIRECTS.includes(status)) {
    throw new OAuthError('hub_unreachable', 'the hub cannot be reached: it redirects');
  }
}

async function textOf(response, ended) {
  const parts = [];
  let size = 0;
  for await (const part of partsOf(response, ended)) {
    size += part.byteLength;
    if (size > MAX_BODY) throw badAnswer('it is larger than 64 KB');
    parts.push(part);
  }
  const decoder = new TextDecoder();
  return parts.map((part) => decoder.decode(part, { __proto__: null, stream: true })).join('') + decoder.decode();
}

/** The body as it arrives. */
async function* partsOf(response, ended) {
  const { body } = response;
  if (body === null) return;
  const next = nextOf(body);
  if (next === undefined) {
    yield await wholeOf(response, ended);
    return;
  }
  for (;;) {
    const { done, value } = await Promise.race([ended, next()]);
    if (done) return;
    yield value;
  }
}

/** Returns a function that reads the next part of a stream, or of its substitute in packages for older versions of Node. */
function nextOf(body) {
  if (typeof body?.getReader === 'function') {
    const reader = body.getReader();
    return () => reader.read();
  }
  const parts = body?.[Symbol.asyncIterator]?.();
  return parts && (() => parts.next());
}

/** Reads a body that cannot be read in parts. Its size must be known before. */
async function wholeOf(response, ended) {
  const length = response.headers.get('content-length');
  const plain = (response.headers.get('content-encoding') ?? 'identity') === 'identity';
  if (!plain || !/^\d+$/.test(length ?? '')) {
    throw badAnswer('its size cannot be known before it is read, and this platform cannot read it in parts');
  }
  if (Number(length) > MAX_BODY) throw badAnswer('it is larger than 64 KB');
  return new Uint8Array(await Promise.race([ended, response.arrayBuffer()]));
}

/** Whether a platform error contains the address, and with it the code, as errors of Deno and Bun do. */
function mentions(error, url) {
  const query = url.slice(url.lastIndexOf('?'));
  for (let depth = 0, it = error; depth < 5 && it; depth += 1, it = it.cause) {
    if ([it.stack, it.message, it.path, it.url, it].some((text) => String(text).includes(query))) return true;
  }
  return false;
}
