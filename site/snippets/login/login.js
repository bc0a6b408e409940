import { OAuthError, getUserInfo, handleCallback, startLogin } from 'juzi-helper-wasm/oauth';

const COOKIE = '__Host-session';
/** Seconds that a session lasts. */
const LIFETIME = 8 * 3_600;
/** The page is in the frame of another site, where browsers keep and send no other cookies. */
const ATTRIBUTES = `Path=/; Max-Age=${LIFETIME}; HttpOnly; Secure; SameSite=None; Partitioned`;

/** Errors after which the user logs in again, and errors of the hub. All others are mistakes of the server or its settings. */
const OVER = ['state_mismatch', 'invalid_code', 'expired_code', 'missing_code', 'invalid_callback'];
const HUB = ['hub_unreachable', 'timeout', 'bad_answer', 'unknown_error'];

/**
 * The login of a page's server. Each request is the web's `Request`, or that of Node; each answer is a `Response`.
 * @param {{ ORIGIN: string, SECRET: string, JUZI_HUB?: string }} settings Where browsers reach the server; at least 32 characters; the
 *   hub's address, if it is not Juzi's public hub.
 */
export function loginOf({ ORIGIN: origin, SECRET: secret, JUZI_HUB: base }) {
  const sessions = sessionsOf(secret);
  return {
    /** `GET /login`: sends the browser to the hub. */
    login: (request) => startLogin({ redirectUri: `${origin}/callback`, secret, base, request }),

    /** `GET /callback`: the hub sends the browser back. The answer leads away from this address, because its code is used. */
    async callback(request) {
      try {
        const { user, setCookie } = await handleCallback(request, { secret, base });
        return answer(303, '', { location: '/' }, [setCookie, await sessions.cookie(user)]);
      } catch (error) {
        return answer(statusOf(error), problem(error), { 'content-type': 'text/html; charset=utf-8' }, [error.setCookie]);
      }
    },

    /** `POST /session`: the page has posted the code of `sidebarAuth`. A server of Node passes what it has read of the JSON. */
    async session(request, body) {
      // Other websites can send requests with the cookies of this one.
      if (!origin || header(request, 'origin') !== origin) return answer(403, 'wrong origin');
      const posted = body ?? (await request.json?.().catch(() => undefined));
      try {
        const user = await getUserInfo(posted?.code, { base });
        const type = { 'content-type': 'application/json' };
        return answer(200, JSON.stringify({ userId: user.userId }), type, [await sessions.cookie(user)]);
      } catch (error) {
        return answer(statusOf(error), error.code);
      }
    },

    /** The user of a request's session, or null. */
    userOf: (request) => sessions.user(header(request, 'cookie')),
  };
}

function answer(status, body, headers = {}, cookies = []) {
  const all = new Headers({ 'cache-control': 'no-store', ...headers });
  for (const cookie of cookies.filter(Boolean)) all.append('set-cookie', cookie);
  return new Response(body, { status, headers: all });
}

const header = ({ headers }, name) => (typeof headers.get === 'function' ? headers.get(name) : headers[name]);

function statusOf(error) {
  if (error instanceof OAuthError && OVER.includes(error.code)) return 401;
  if (error instanceof OAuthError && HUB.includes(error.code)) return 502;
  throw error;
}

/** The page that the user reads after a login that failed. It says what to do. */
function problem({ code }) {
  const [english, chinese] = OVER.includes(code)
    ? [
        'This login is over: it took too long, was used before, or began in another browser.',
        '这次登录已失效：超时、已用过，或是在别的浏览器里开始的。',
      ]
    : ['Juzi does not answer at the moment. Wait a minute before you log in again.', '句子暂时没有应答。请过一分钟再重新登录。'];
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>Log in</title>
<p>${english}</p><p lang="zh-CN">${chinese}</p><p><a href="/login">Log in again · 重新登录</a></p><p><small>${code}</small></p>`;
}

/** The user in a signed cookie: the server keeps nothing. */
function sessionsOf(secret) {
  const utf8 = (text) => new TextEncoder().encode(text);
  const key = () => {
    if (!(secret?.length >= 32)) throw new Error('SECRET must have at least 32 characters');
    return crypto.subtle.importKey('raw', utf8(secret), { name: 'HMAC', hash: 'SHA-256' }, false, ['sign', 'verify']);
  };
  const signed = (text) => utf8(`${COOKIE}=${text}`);
  return {
    async cookie({ userId, corpId }) {
      const text = encodeURIComponent(JSON.stringify({ userId, corpId, until: Date.now() + LIFETIME * 1_000 }));
      const signature = new Uint8Array(await crypto.subtle.sign('HMAC', await key(), signed(text)));
      return `${COOKIE}=${text}.${Array.from(signature, (byte) => byte.toString(16).padStart(2, '0')).join('')}; ${ATTRIBUTES}`;
    },

    async user(cookies) {
      const [, text, signature] = new RegExp(`(?:^|; ?)${COOKIE}=([^;]+)\\.([a-f0-9]{64})(?:;|$)`).exec(cookies ?? '') ?? [];
      if (!text) return null;
      const bytes = Uint8Array.from(signature.match(/../g), (byte) => parseInt(byte, 16));
      if (!(await crypto.subtle.verify('HMAC', await key(), bytes, signed(text)))) return null;
      const { until, ...user } = JSON.parse(decodeURIComponent(text));
      return Date.now() < until ? user : null;
    },
  };
}
