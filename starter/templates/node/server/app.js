// The page's server: logs the user in through Juzi's hub, and keeps the user in a signed cookie.
import { createHmac, timingSafeEqual } from 'node:crypto';
import { OAuthError, handleCallback, startLogin } from 'juzi-helper-wasm/oauth';

const COOKIE = '__Host-session';
/** Seconds that a session lasts. */
const LIFETIME = 8 * 3_600;

/**
 * @typedef {import('node:http').IncomingMessage} Request
 * @typedef {import('node:http').ServerResponse} Response
 * @typedef {import('juzi-helper-wasm/oauth').UserInfo} User
 */

/**
 * @param {object} options
 * @param {string} options.secret At least 32 characters. It signs the cookies.
 * @param {(request: Request) => { origin: string, hub?: string | undefined }} options.at
 *   The origin at which browsers reach this server, and the hub's address; without one, Juzi's public hub.
 * @returns What handles a request, or calls `next` if the path is not its own.
 */
export function createApp({ secret, at }) {
  /** @type {Record<string, (request: Request, response: Response) => unknown>} */
  const routes = {
    async '/api/login'(request, response) {
      const { origin, hub } = at(request);
      const redirectUri = new URL('/api/callback', origin);
      redirectUri.searchParams.set('to', targetOf(request, origin));
      const { status, headers } = await startLogin({ redirectUri: redirectUri.href, secret, base: hub, request });
      // There can be several cookies: those of unfinished logins are removed.
      response.writeHead(status, { ...Object.fromEntries(headers), 'set-cookie': headers.getSetCookie() }).end();
    },

    async '/api/callback'(request, response) {
      const { origin, hub } = at(request);
      const { user, setCookie } = await handleCallback(request, { secret, base: hub });
      response
        .writeHead(302, {
          location: targetOf(request, origin),
          'set-cookie': [setCookie, sessionCookie(user, secret)],
          'cache-control': 'no-store',
        })
        .end();
    },

    '/api/user'(request, response) {
      const user = userOf(request.headers.cookie, secret);
      response.writeHead(user ? 200 : 401, { 'content-type': 'application/json', 'cache-control': 'no-store' }).end(JSON.stringify(user));
    },
  };

  /** @param {Request} request @param {Response} response @param {(error?: unknown) => unknown} next */
  return async (request, response, next) => {
    const path = pathOf(request);
    if (path === null) return response.writeHead(400, { 'content-type': 'text/plain; charset=utf-8' }).end('the request has no path\n');
    const route = Object.hasOwn(routes, path) ? routes[path] : undefined;
    if (!route) return next();
    try {
      return await route(request, response);
    } catch (error) {
      if (!(error instanceof OAuthError)) return next(error);
      const status = ['hub_unreachable', 'timeout', 'bad_answer'].includes(error.code) ? 502 : 403;
      // The cookie of a login that failed is removed too: a state is for one callback.
      const cookies = error.setCookie ? [error.setCookie] : [];
      const headers = { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store', 'set-cookie': cookies };
      return response.writeHead(status, headers).end(`${error.code}: ${error.message}`);
    }
  };
}

/**
 * The requested path; null if it is not a path: `//` begins the address of another server, and any website can request it.
 * @param {Request} request
 */
function pathOf({ url = '' }) {
  return /^\/(?![/\\])/.test(url) ? new URL(url, 'http://page.invalid').pathname : null;
}

/**
 * The path at which the login ends. Only a path on this server: the address of another would make this an open redirect.
 * @param {Request} request @param {string} origin
 */
function targetOf({ url = '' }, origin) {
  const to = new URL(url, origin).searchParams.get('to') ?? '/';
  if (!to.startsWith('/') || !isOwn(to, origin)) return '/';
  const { pathname, search } = new URL(to, origin);
  // Parsed again, as the browser will do: `/.//evil.example` becomes `//evil.example`, which is another server.
  return isOwn(pathname + search, origin) ? pathname + search : '/';
}

/** @param {string} address @param {string} origin */
const isOwn = (address, origin) => URL.canParse(address, origin) && new URL(address, origin).origin === origin;

/** @param {string} text @param {string} secret */
const sign = (text, secret) => createHmac('sha256', secret).update(`${COOKIE}=${text}`).digest('base64url');

/**
 * `SameSite=None`, because the page is in the frame of another site, where browsers keep no other cookies; they require `Secure` and
 * many require `Partitioned` for it. Other sites can then send requests with this cookie: check `Origin` before a request changes anything.
 * @param {User} user @param {string} secret
 */
function sessionCookie(user, secret) {
  const text = Buffer.from(JSON.stringify({ user, until: Date.now() + LIFETIME * 1_000 })).toString('base64url');
  return `${COOKIE}=${text}.${sign(text, secret)}; Path=/; Max-Age=${LIFETIME}; HttpOnly; Secure; SameSite=None; Partitioned`;
}

/**
 * The user of a session that this server began and that has not ended; null if there is none.
 * @param {string | undefined} cookies @param {string} secret @returns {User | null}
 */
function userOf(cookies, secret) {
  const [, text, signature] = new RegExp(`(?:^|; ?)${COOKIE}=([\\w-]+)\\.([\\w-]+)(?:;|$)`).exec(cookies ?? '') ?? [];
  if (!text || !signature) return null;
  const [given, expected] = [Buffer.from(signature), Buffer.from(sign(text, secret))];
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return null;
  const { user, until } = JSON.parse(Buffer.from(text, 'base64url').toString());
  return Date.now() < until ? user : null;
}
