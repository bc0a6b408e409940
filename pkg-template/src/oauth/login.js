// The login as two calls, for handlers of a server. The server keeps nothing: the state is in a signed cookie, one for each login.
import { OAuthError, own } from './error.js';
import { authorizeUrl, getUserInfo, newState, parseCallback, queryOf } from './steps.js';

const COOKIE = '__Host-juzi-login';
/** Seconds that a login may take. */
const LIFETIME = 600;
/** Logins that one browser may have begun at once, as in several tabs. */
const MAX_LOGINS = 5;

export async function startLogin(options) {
  const key = await keyOf(own(options, 'secret'));
  const request = own(options, 'request');
  const header = request === undefined ? () => undefined : headersOf(request);
  const state = newState();
  const location = authorizeUrl({ redirectUri: own(options, 'redirectUri'), base: own(options, 'base'), state });
  const headers = new Headers([['cache-control', 'no-store']]);
  // The user may never open a prefetched page. The browser sends the request again when the user does.
  if (isPrefetch(header)) return new Response(null, { __proto__: null, status: 503, headers });
  const login = `${state}.${seconds() + LIFETIME}`;
  const signature = hex(await globalThis.crypto.subtle.sign('HMAC', key, signed(login)));
  headers.set('location', location);
  for (const name of tooMany(header('cookie'))) headers.append('set-cookie', cookie(name, '', 0));
  // Last, because a server that can send only one cookie sends the last.
  headers.append('set-cookie', cookie(nameOf(state), `${login}.${signature}`, LIFETIME));
  return new Response(null, { __proto__: null, status: 302, headers });
}

export async function handleCallback(request, options) {
  const key = await keyOf(own(options, 'secret'));
  const header = headersOf(request);
  if (typeof request.url !== 'string') throw invalidRequest();
  const state = await begun(key, header('cookie'), queryOf(request.url).get('state'));
  // The cookie is removed in any case, because a state is valid for one callback.
  const setCookie = cookie(nameOf(state), '', 0);
  try {
    const { code, juziBotId } = parseCallback(request.url, state);
    return { user: await getUserInfo(code, options), juziBotId, setCookie };
  } catch (error) {
    if (error instanceof OAuthError) error.setCookie = setCookie;
    throw error;
  }
}

/** The callback's state, if this browser has begun a login with it that has not expired, and if the signature is ours. */
async function begun(key, cookies, state) {
  for (const { name, value } of loginsIn(cookies)) {
    const [, login, given, expires, signature] = /^(([a-z0-9]+)\.(\d+))\.([a-f0-9]{64})$/.exec(value) ?? [];
    if (login === undefined || given !== state || name !== nameOf(given) || Number(expires) < seconds()) continue;
    const bytes = Uint8Array.from(signature.match(/../g), (byte) => parseInt(byte, 16));
    // Takes constant time, unlike a comparison of strings.
    if (await globalThis.crypto.subtle.verify('HMAC', key, bytes, signed(login))) return given;
  }
  throw new OAuthError('state_mismatch', 'this browser has begun no login with the state of the callback, or over 10 minutes ago');
}

/** A name of its own for each login, so that one in another tab does not replace its cookie. */
const nameOf = (state) => `${COOKIE}-${state.slice(0, 8)}`;

/** The cookies of logins, in a `Cookie` header. */
function loginsIn(cookies) {
  const named = new RegExp(`^(${COOKIE}-[a-z0-9]{1,8})=(.*)$`);
  const found = (cookies ?? '').split(';').map((text) => named.exec(text.trim()));
  return found.filter(Boolean).map(([, name, value]) => ({ name, value }));
}

/** The names of the oldest cookies, to be removed so that one more login stays within the limit. */
function tooMany(cookies) {
  const age = ({ value }) => Number(value.split('.')[1]) || 0;
  const all = loginsIn(cookies).sort((one, other) => age(one) - age(other));
  return all.slice(0, Math.max(0, all.length + 1 - MAX_LOGINS)).map(({ name }) => name);
}

const isPrefetch = (header) => ['sec-purpose', 'purpose', 'x-moz'].some((name) => /^prefetch\b/i.test(header(name) ?? ''));

/** Reads a header of the web's `Request`, or of Node's. */
function headersOf(request) {
  const headers = request?.headers;
  if (typeof headers !== 'object' || headers === null) throw invalidRequest();
  return (name) => (typeof headers.get === 'function' ? headers.get(name) : own(headers, name));
}

const invalidRequest = () => new OAuthError('invalid_request', 'request must be a Request, or an object with url and headers as Node has');

async function keyOf(secret) {
  if (typeof secret !== 'string' || secret.length < 32) {
    throw new OAuthError('invalid_secret', 'secret must be a string of at least 32 characters');
  }
  const algorithm = { __proto__: null, name: 'HMAC', hash: 'SHA-256' };
  return globalThis.crypto.subtle.importKey('raw', utf8(secret), algorithm, false, ['sign', 'verify']);
}

/**
 * SameSite=None, because the page is in another site's frame, where browsers neither keep nor send other cookies. Browsers require
 * Secure for it. Many keep such a cookie only with Partitioned, which limits it to this page in this console. `__Host-` keeps
 * subdomains from setting it.
 */
const cookie = (name, value, age) => `${name}=${value}; Path=/; Max-Age=${age}; HttpOnly; Secure; SameSite=None; Partitioned`;

/** Includes the cookie's name, so that nothing else signed with this secret is accepted as a login. */
const signed = (login) => utf8(`${COOKIE}=${login}`);
const hex = (bytes) => Array.from(new Uint8Array(bytes), (byte) => byte.toString(16).padStart(2, '0')).join('');
const utf8 = (text) => new TextEncoder().encode(text);
const seconds = () => Math.floor(Date.now() / 1000);
