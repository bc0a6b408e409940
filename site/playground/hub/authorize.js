// `authorize`: the silent authorization (spec section 8, steps 1 and 2). hub/src/authorize.rs has the same
// rules.

/** Bytes. Servers and browsers commonly stop at 8 KB for a whole request line. */
const MAX_REDIRECT_URI = 4_096;
const MAX_STATE = 128;

const bytes = (text) => new TextEncoder().encode(text).length;

/** A parameter that authorize does not accept. */
export class Refusal extends Error {
  constructor(parameter, english, chinese, given) {
    super(english);
    Object.assign(this, { parameter, english, chinese, given });
  }
}

/** The well-formed request of a query, or a {@link Refusal} is thrown. @param {URLSearchParams} query */
export function parseAuthorize(query) {
  const redirectUri = checkRedirectUri(single(query, 'redirect_uri') ?? '');
  const state = single(query, 'state') || undefined;
  if (state !== undefined) checkState(state);
  return { redirectUri, state };
}

/**
 * The redirect URI with the answer in its query. Its own query is kept byte for byte, except for the parameters that the answer sets: a
 * page that logs in again may send an address that still contains the code of its last login.
 */
export function callbackOf({ redirectUri, state }, code, juziBotId) {
  const answer = new URLSearchParams({ code, ...(state !== undefined && { state }), juziBotId });
  const isAnswers = (pair) => [...new URLSearchParams(pair).keys()].some((name) => answer.has(name));
  const own = redirectUri.search
    .slice(1)
    .split('&')
    .filter((pair) => pair !== '' && !isAnswers(pair));
  const target = new URL(redirectUri);
  target.search = [...own, answer.toString()].join('&');
  return target.href;
}

/** The value of a parameter that may appear only once. */
function single(query, name) {
  const values = query.getAll(name);
  if (values.length > 1) throw new Refusal(name, 'it is given more than once', '出现了不止一次', '');
  return values[0];
}

function checkRedirectUri(text) {
  const refuse = (english, chinese) => {
    throw new Refusal('redirect_uri', english, chinese, text);
  };
  if (text === '') refuse('it is missing', '缺少该参数');
  if (bytes(text) > MAX_REDIRECT_URI) refuse('it is longer than 4096 bytes', '超过 4096 字节');
  // The URL standard's parser accepts white space and backslashes. A server that compares addresses would not.
  const odd = /[\p{Cc}\p{White_Space}\\]/u.test(text);
  if (odd || !/^https?:\/\//i.test(text) || !URL.canParse(text)) {
    refuse('it must be an absolute http:// or https:// URL', '必须是完整的 http:// 或 https:// 地址');
  }
  const url = new URL(text);
  if (url.username !== '' || url.password !== '') refuse('it must not have a user name or password in it', '不能包含用户名或密码');
  return url;
}

function checkState(state) {
  if (bytes(state) > MAX_STATE) throw new Refusal('state', 'it is longer than 128 bytes', '超过 128 字节', state);
  if (!/^[a-z0-9]+$/i.test(state)) throw new Refusal('state', 'only a-z, A-Z and 0-9 are allowed', '只能包含 a-z、A-Z 和 0-9', state);
}
