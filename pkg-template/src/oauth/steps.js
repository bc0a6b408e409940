// The steps of a login (spec section 8), each by itself.
import { userOf } from './answer.js';
import { MAX_CODE, OAuthError, missingCode, own } from './error.js';
import { ask } from './hub.js';

/** The public hub. Private deployments have their own. */
export const DEFAULT_BASE = 'https://hub.juzibot.com';

const TIMEOUT = 10_000;
const STATE = /^[a-z0-9]{1,128}$/i;

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
  const bytes = globalThis.crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
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
  // Refused here, because a server answers an address that is too long with an error that looks like its own failure.
  if (code.length > MAX_CODE || new TextEncoder().encode(code).length > MAX_CODE) {
    throw new OAuthError('invalid_code', 'authorization code must have at most 1024 bytes');
  }
  return `${hub}/api/v1/oauth/getUserInfo?${new URLSearchParams({ code })}`;
}

export async function getUserInfo(code, options) {
  const url = userInfoUrl(code, options);
  const timeout = own(options, 'timeout') ?? TIMEOUT;
  if (!(Number.isFinite(timeout) && timeout > 0 && timeout < 2 ** 31)) {
    throw new OAuthError('invalid_timeout', 'timeout must be a number of milliseconds from 1 to 2147483647');
  }
  return userOf(await ask(url, timeout, own(options, 'signal')), code);
}

export function parseUserInfo(body, code) {
  return userOf(body, code);
}

export function queryOf(url) {
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

/** An absolute http(s) URL without credentials. `URL` tolerates white space and backslashes; a server that compares strings does not. */
function webAddress(text) {
  if (typeof text !== 'string' || !/^https?:\/\/[^\0- \\\x7f]+$/i.test(text)) return false;
  try {
    const { username, password } = new URL(text);
    return username === '' && password === '';
  } catch {
    return false;
  }
}
