// The login of a sidebar page's user (spec section 8). It needs no DOM, so it also runs in workers and on the page's server, where a
// code should be redeemed. The crate's oauth module has the same rules and messages; both run tests/oauth-vectors.json.

/** The public hub. Private deployments have their own. */
export const DEFAULT_BASE = 'https://hub.juzibot.com';

const TIMEOUT = 10_000;
const STATE = /^[a-z0-9]{1,128}$/i;
const NAMES = new Map([[-1, 'invalid_code'], [-2, 'expired_code'], [-4, 'missing_code']]);
const COOKIE = '__Host-juzi-login';
/** Seconds that a login may take. */
const LIFETIME = 600;
const MEMBERS = ['userId', 'corpId', 'botId', 'orgId', 'uid', 'email'];

/** Why a login failed. Its message never contains a code or a state. */
export class OAuthError extends Error {
  constructor(code, message, { errcode, cause } = {}) {
    super(message, cause === undefined ? undefined : { __proto__: null, cause });
    // Defined: an assignment fails where a page has frozen `Error.prototype`, of which `name` is a member.
    for (const [member, value] of Object.entries({ name: 'OAuthError', code, errcode })) {
      const descriptor = { __proto__: null, value, writable: true, enumerable: true, configurable: true };
      Object.defineProperty(this, member, descriptor);
    }
  }
}

/** An own member: a script must not set options, such as the hub that receives the code, by `Object.prototype`. */
const own = (options, name) => (Object.prototype.hasOwnProperty.call(options ?? {}, name) ? options[name] : undefined);

export function authorizeUrl(options) {
  const [redirectUri, state, base] = ['redirectUri', 'state', 'base'].map((name) => own(options, name));
  const hub = checkBase(base);
  if (!webAddress(redirectUri)) {
    throw new OAuthError('invalid_redirect_uri', 'redirect URI must be an absolute http:// or https:// URL without credentials');
  }
  const query = new URLSearchParams({ redirect_uri: redirectUri });
  if (state !== undefined) {
    if (typeof state !== 'string' || !STATE.test(state)) {
      throw new OAuthError('invalid_state', 'state must be 1 to 128 characters of a-z, A-Z and 0-9');
    }
    query.set('state', state);
  }
  return `${hub}/oauth/connect/authorize?${query}`;
}

export function newState() {
  return hex(globalThis.crypto.getRandomValues(new Uint8Array(16)));
}

export function parseCallback(url, expectedState) {
  const mismatch = (message) => new OAuthError('state_mismatch', message);
  if (typeof expectedState !== 'string' || expectedState === '') {
    throw mismatch('no state is expected: this session has begun no login');
  }
  const query = queryOf(url);
  const single = (name) => {
    const values = query.getAll(name);
    if (values.length > 1) {
      throw new OAuthError('invalid_callback', 'callback must not have code, state or juziBotId more than once');
    }
    return values[0] || undefined;
  };
  const [code, state, juziBotId] = [single('code'), single('state'), single('juziBotId')];
  if (state === undefined) throw mismatch('callback has no state');
  if (state !== expectedState) throw mismatch("callback's state is not the one that was sent");
  if (code === undefined) throw missingCode();
  return { code, state, juziBotId };
}

export function userInfoUrl(code, options) {
  const hub = checkBase(own(options, 'base'));
  if (typeof code !== 'string' || code === '') throw missingCode();
  return `${hub}/api/v1/oauth/getUserInfo?${new URLSearchParams({ code })}`;
}

export async function getUserInfo(code, options) {
  const url = userInfoUrl(code, options);
  const timeout = own(options, 'timeout') ?? TIMEOUT;
  const signal = own(options, 'signal');
  if (!(Number.isFinite(timeout) && timeout > 0 && timeout < 2 ** 31)) {
    throw new OAuthError('invalid_timeout', 'timeout must be a number of milliseconds from 1 to 2147483647');
  }
  const controller = new AbortController();
  let timedOut = false;
  const timer = setTimeout(() => {
    timedOut = true;
    controller.abort();
  }, timeout);
  const abort = () => controller.abort();
  signal?.addEventListener('abort', abort);
  if (signal?.aborted) abort();
  try {
    const response = await fetch(url, {
      __proto__: null,
      signal: controller.signal,
      // A code is a secret: no cache may store it, and no redirect may receive it.
      cache: 'no-store',
      credentials: 'omit',
      redirect: 'error',
      referrerPolicy: 'no-referrer',
    });
    const body = await response.text();
    if (!response.ok) throw badAnswer(`HTTP status ${response.status}`);
    return userOf(body, code);
  } catch (cause) {
    if (cause instanceof OAuthError) throw cause;
    if (timedOut) throw new OAuthError('timeout', `no answer from the hub within ${timeout} ms`);
    if (signal?.aborted) throw new OAuthError('aborted', 'aborted', { cause: signal.reason });
    // Deno's and Bun's errors have the address in them, and with it the code.
    const named = [cause?.stack, cause?.path].some((text) => String(text).includes(url));
    throw new OAuthError('hub_unreachable', 'the hub cannot be reached', { cause: named ? undefined : cause });
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', abort);
  }
}

export function parseUserInfo(body) {
  return userOf(body);
}

export async function startLogin(options) {
  const key = await keyOf(own(options, 'secret'));
  const state = newState();
  const location = authorizeUrl({ redirectUri: own(options, 'redirectUri'), base: own(options, 'base'), state });
  const login = `${state}.${seconds() + LIFETIME}`;
  const signature = hex(await globalThis.crypto.subtle.sign('HMAC', key, signed(login)));
  const headers = { location, 'set-cookie': setCookie(`${login}.${signature}`, LIFETIME), 'cache-control': 'no-store' };
  return new Response(null, { __proto__: null, status: 302, headers });
}

export async function handleCallback(request, options) {
  const key = await keyOf(own(options, 'secret'));
  const headers = request?.headers;
  if (typeof request?.url !== 'string' || typeof headers !== 'object' || headers === null) {
    throw new OAuthError('invalid_request', 'request must be a Request, or an object with url and headers as Node has');
  }
  const cookies = typeof headers.get === 'function' ? headers.get('cookie') : own(headers, 'cookie');
  const { code, juziBotId } = parseCallback(request.url, await stateOf(key, cookies));
  return { user: await getUserInfo(code, options), juziBotId, setCookie: setCookie('', 0) };
}

/** The state of the login that this browser has begun; undefined if there is none, or it is too old, or the signature is not ours. */
async function stateOf(key, cookies) {
  const found = new RegExp(`(?:^|; ?)${COOKIE}=(([a-z0-9]+)\\.(\\d+))\\.([a-f0-9]{64})(?:;|$)`).exec(cookies ?? '');
  if (!found || Number(found[3]) < seconds()) return undefined;
  const signature = Uint8Array.from(found[4].match(/../g), (byte) => parseInt(byte, 16));
  // In constant time, which a comparison of strings is not.
  return (await globalThis.crypto.subtle.verify('HMAC', key, signature, signed(found[1]))) ? found[2] : undefined;
}

async function keyOf(secret) {
  if (typeof secret !== 'string' || secret.length < 32) {
    throw new OAuthError('invalid_secret', 'secret must be a string of at least 32 characters');
  }
  const algorithm = { __proto__: null, name: 'HMAC', hash: 'SHA-256' };
  return globalThis.crypto.subtle.importKey('raw', utf8(secret), algorithm, false, ['sign', 'verify']);
}

/**
 * SameSite=None, because the page is in another site's frame: cookies of the other kinds are neither kept nor sent there. Browsers
 * require Secure for it. Many keep such a cookie only with Partitioned, for this page in this console alone. `__Host-` keeps
 * subdomains from setting it.
 */
const setCookie = (value, age) => `${COOKIE}=${value}; Path=/; Max-Age=${age}; HttpOnly; Secure; SameSite=None; Partitioned`;

/** With the cookie's name, so that what else is signed with this secret is no login. */
const signed = (login) => utf8(`${COOKIE}=${login}`);

/** The user of the hub's answer. The hub's text goes to logs, and the code must not. */
function userOf(body, code) {
  let answer;
  try {
    answer = JSON.parse(body);
  } catch {
    throw badAnswer('it is not JSON');
  }
  if (!isObject(answer)) throw badAnswer('it must be an object');
  const { errcode, errmsg, data } = answer;
  if (!Number.isSafeInteger(errcode)) throw badAnswer('errcode must be a whole number');
  if (errcode !== 0) {
    const text = typeof errmsg === 'string' && errmsg !== '' ? errmsg.split(code).join('…') : 'unknown error';
    throw new OAuthError(NAMES.get(errcode) ?? 'unknown_error', `${text} (errcode ${errcode})`, { errcode });
  }
  if (!isObject(data)) throw badAnswer('data must be an object');
  const user = Object.fromEntries(MEMBERS.map((name) => [name, textMember(data, name)]));
  if (user.userId === '') throw badAnswer('data.userId is empty');
  return user;
}

function textMember(data, name) {
  const value = data[name] ?? '';
  if (typeof value !== 'string') throw badAnswer(`data.${name} must be a string`);
  return value;
}

function queryOf(url) {
  try {
    return new URL(String(url), 'http://callback.invalid/').searchParams;
  } catch {
    throw new OAuthError('invalid_callback', 'callback must be a URL');
  }
}

/** The hub's address without trailing slashes. */
function checkBase(base = DEFAULT_BASE) {
  if (!webAddress(base) || /[?#]/.test(base)) {
    throw new OAuthError('invalid_base', 'base must be an absolute http:// or https:// URL without credentials, query or fragment');
  }
  return base.replace(/\/+$/, '');
}

/** An absolute http(s) URL without credentials. `URL` forgives white space and backslashes; a server that compares would not. */
function webAddress(text) {
  if (typeof text !== 'string' || !/^https?:\/\/[^\0- \\\x7f]+$/i.test(text)) return false;
  try {
    const { username, password } = new URL(text);
    return username === '' && password === '';
  } catch {
    return false;
  }
}

const hex = (bytes) => Array.from(new Uint8Array(bytes), (byte) => byte.toString(16).padStart(2, '0')).join('');
const utf8 = (text) => new TextEncoder().encode(text);
const seconds = () => Math.floor(Date.now() / 1000);
const isObject = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);
const missingCode = () => new OAuthError('missing_code', 'no authorization code given', { errcode: -4 });
const badAnswer = (what) => new OAuthError('bad_answer', `the hub's answer is not usable: ${what}`);
