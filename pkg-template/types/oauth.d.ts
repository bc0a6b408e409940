/**
 * The login of the sidebar's user. It needs no DOM and works in pages, workers, Node, Deno, Bun, Cloudflare's workers and edge runtimes.
 * Redeem codes on your server:
 *
 * ```ts
 * import { handleCallback, startLogin } from 'juzi-helper-wasm/oauth';
 *
 * const secret = process.env.SECRET ?? '';
 * app.get('/login', (request) => startLogin({ redirectUri: 'https://page.example/callback', secret, request }));
 * app.get('/callback', async (request) => {
 *   const { user, setCookie } = await handleCallback(request, { secret });
 *   // … begin a session of the user, and send setCookie with the answer.
 * });
 * ```
 *
 * A server that keeps the state in sessions of its own uses {@link authorizeUrl}, {@link newState}, {@link parseCallback} and
 * {@link getUserInfo} instead.
 *
 * @packageDocumentation
 */

/** The public hub: `https://hub.juzibot.com`. Private deployments have their own hub: pass its address as `base`. */
export const DEFAULT_BASE: string;

/**
 * Builds the address to send the browser to.
 *
 * ```ts
 * location.assign(authorizeUrl({ redirectUri: 'https://page.example/callback', state }));
 * ```
 *
 * @param options.redirectUri Where the hub sends the browser back to: an absolute http(s) URL.
 * @param options.state 1 to 128 characters of `a-z`, `A-Z`, `0-9`, such as the result of {@link newState}.
 * @param options.base The hub's address, with or without a path.
 * @throws {OAuthError} `invalid_redirect_uri`, `invalid_state`, `invalid_base`
 */
export function authorizeUrl(options: { redirectUri: string; state?: string | undefined; base?: string | undefined }): string;

/**
 * Makes an unguessable state: 32 characters, 128 bits from the platform's secure random source.
 *
 * ```ts
 * sessionStorage.setItem('state', newState());
 * ```
 */
export function newState(): string;

/** The values that the hub adds when it sends the browser back. */
export interface Callback {
  /** The one-time code. It expires after 5 minutes. */
  code: string;
  /** The state. It equals the expected one. */
  state: string;
  /** Juzi's id of the managed account, if the hub gives it. */
  juziBotId: string | undefined;
}

/**
 * Reads the address that the hub sent the browser back to: the whole address, or the part from the path on, as in Node's
 * `request.url`.
 *
 * ```ts
 * const { code } = parseCallback(location.href, sessionStorage.getItem('state'));
 * ```
 *
 * @param expectedState The state of this session. A missing state is refused: without it, an attacker can log a user in as
 *   another person by sending a link.
 * @throws {OAuthError} `state_mismatch`, `missing_code`, `invalid_callback`
 */
export function parseCallback(url: string | URL, expectedState: string | null | undefined): Callback;

/** The user of the sidebar. Only `userId` is never empty. */
export interface UserInfo {
  /** WeCom's id of the employee. */
  userId: string;
  /** WeCom's id of the company. */
  corpId: string;
  /** Juzi's id of the managed account. */
  botId: string;
  /** Juzi's id of the organisation. */
  orgId: string;
  /** Juzi's id of the user. */
  uid: string;
  email: string;
}

/** Options of {@link getUserInfo}. */
export interface GetUserInfoOptions {
  /** The hub's address. */
  base?: string | undefined;
  /** Milliseconds; default 10,000. */
  timeout?: number | undefined;
  /** Aborts the request. The code may already have been used by then. */
  signal?: AbortSignal | undefined;
}

/**
 * Redeems a code from a callback or from `sidebarAuth`. A code works once. Use the public hub from a server: in a browser, the
 * browser's own cross-origin rules block the request. Redirects are not followed. An answer above 64 KB is refused while it is read, and
 * so is a code above 1,024 bytes, before anything is sent.
 *
 * ```ts
 * try {
 *   const { userId, corpId } = await getUserInfo(code, { timeout: 5_000 });
 * } catch (error) {
 *   if (error instanceof OAuthError && error.code === 'expired_code') askAgain();
 *   else throw error;
 * }
 * ```
 *
 * @throws {OAuthError} Rejects. The error has an `errcode` if the hub gave one.
 */
export function getUserInfo(code: string, options?: GetUserInfoOptions): Promise<UserInfo>;

/**
 * Builds the address that {@link getUserInfo} requests, for use with your own HTTP client.
 *
 * ```ts
 * const response = await client.get(userInfoUrl(code));
 * ```
 *
 * @throws {OAuthError} `missing_code`, `invalid_code` (above 1,024 bytes), `invalid_base`
 */
export function userInfoUrl(code: string, options?: { base?: string | undefined }): string;

/**
 * Reads the body of the hub's answer, for use with your own HTTP client.
 *
 * ```ts
 * const user = parseUserInfo(await response.text(), code);
 * ```
 *
 * @param code The code that was redeemed. With it, the error's message has the hub's `errmsg`, with the code replaced by `…`. Without
 *   it, the message is the specification's, because the hub's may contain the code.
 * @throws {OAuthError} The hub's `errcode`, or `bad_answer`.
 */
export function parseUserInfo(body: string, code?: string): UserInfo;

/** Options of {@link startLogin}. */
export interface StartLoginOptions {
  /** Where the hub sends the browser back to: an absolute http(s) URL, at which {@link handleCallback} answers. */
  redirectUri: string;
  /** Signs the cookie (HMAC-SHA256): at least 32 characters, the same for {@link handleCallback}. Keep it on the server. */
  secret: string;
  /**
   * The request for the login: the web's `Request`, or the request of Node and Express. With it, a browser has at most 5 logins at
   * once: the cookies of older ones are removed. And a prefetch begins none: the response is 503.
   */
  request?: Pick<CallbackRequest, 'headers'> | undefined;
  /** The hub's address. */
  base?: string | undefined;
}

/**
 * Begins a login: a redirect to the hub, with a new state. The state is in a signed cookie too, so that only this browser can end the
 * login, within 10 minutes. Each login has a cookie of its own, so that logins in two tabs do not disturb each other.
 *
 * The cookie is `HttpOnly; Secure; SameSite=None; Partitioned`. The page is in the frame of another site, where browsers neither
 * keep nor send cookies with `SameSite=Lax` or `Strict`; many keep one with `None` only if it is partitioned, which means: for this
 * page in this console. Give your session's cookie the same attributes. As other sites can then send requests with it, check `Origin`
 * before a request changes anything.
 *
 * ```ts
 * const redirect = await startLogin({ redirectUri: 'https://page.example/callback', secret, request });
 * return redirect; // in Hono, and whatever answers with a Response
 * // In Express and Node. There can be several cookies.
 * const headers = { ...Object.fromEntries(redirect.headers), 'set-cookie': redirect.headers.getSetCookie() };
 * response.writeHead(redirect.status, headers).end();
 * ```
 *
 * @throws {OAuthError} Rejects with `invalid_secret`, `invalid_redirect_uri`, `invalid_base`, `invalid_request`
 */
export function startLogin(options: StartLoginOptions): Promise<Response>;

/** A request: the web's `Request`, or that of Node and Express. */
export interface CallbackRequest {
  readonly url?: string | undefined;
  readonly headers: { get(name: string): string | null } | { readonly cookie?: string | undefined };
}

/** Options of {@link handleCallback}. */
export interface HandleCallbackOptions extends GetUserInfoOptions {
  /** The secret of {@link startLogin}. */
  secret: string;
}

/** What {@link handleCallback} has found. */
export interface Login {
  user: UserInfo;
  /** Juzi's id of the managed account, where the hub names it. */
  juziBotId: string | undefined;
  /**
   * A `Set-Cookie` header that removes the login's cookie. Send it with the answer: then this browser cannot use the state again. The
   * server remembers nothing; what works only once for certain is the code, at the hub.
   */
  setCookie: string;
}

/**
 * Ends a login that {@link startLogin} began: checks that this browser began it, and redeems the code.
 *
 * ```ts
 * const { user, setCookie } = await handleCallback(request, { secret }); // in Hono: context.req.raw
 * response.setHeader('set-cookie', [setCookie, sessionOf(user)]);
 * response.writeHead(302, { location: '/' }).end();
 * ```
 *
 * @throws {OAuthError} Rejects with `state_mismatch` (another browser began it, or nobody, or it took over 10 minutes),
 *   `invalid_code` (used before), `expired_code`, `missing_code`, `hub_unreachable`, `timeout`, `bad_answer`; `invalid_callback`,
 *   `invalid_request`, `invalid_secret`, `invalid_base`, `invalid_timeout`
 */
export function handleCallback(request: CallbackRequest, options: HandleCallbackOptions): Promise<Login>;

/** Names of the reasons. The first four are the hub's errcodes -1, -2, -4, and -5 or any other. */
export type OAuthErrorCode =
  | 'invalid_code'
  | 'expired_code'
  | 'missing_code'
  | 'unknown_error'
  | 'invalid_redirect_uri'
  | 'invalid_state'
  | 'invalid_base'
  | 'invalid_callback'
  | 'invalid_timeout'
  | 'invalid_secret'
  | 'invalid_request'
  | 'state_mismatch'
  | 'bad_answer'
  | 'timeout'
  | 'aborted'
  | 'hub_unreachable';

/** The reason why a login cannot continue. Its message never contains a code or a state. */
export class OAuthError extends Error {
  private constructor();
  readonly name: 'OAuthError';
  readonly code: OAuthErrorCode;
  /** The hub's number for the reason: -1, -2, -4, -5; undefined if the hub was not called or gave no number. */
  readonly errcode: number | undefined;
  /**
   * Of {@link handleCallback}, where the login was this browser's: a `Set-Cookie` header that removes the login's cookie. Send it with
   * the answer, as with a login that succeeds; the user begins another.
   */
  readonly setCookie: string | undefined;
}
