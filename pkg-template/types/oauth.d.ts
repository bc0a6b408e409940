/**
 * The login of the sidebar's user. It needs no DOM and works in pages, workers and Node. Redeem codes on your server:
 *
 * ```ts
 * import { authorizeUrl, getUserInfo, newState, parseCallback } from 'juzi-helper-wasm/oauth';
 *
 * // GET /login
 * session.state = newState();
 * response.redirect(authorizeUrl({ redirectUri: 'https://page.example/callback', state: session.state }));
 *
 * // GET /callback
 * const { code } = parseCallback(request.url, session.state);
 * const { userId } = await getUserInfo(code);
 * ```
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
 * browser's own cross-origin rules block the request.
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
 * @throws {OAuthError} `missing_code`, `invalid_base`
 */
export function userInfoUrl(code: string, options?: { base?: string | undefined }): string;

/**
 * Reads the body of the hub's answer, for use with your own HTTP client.
 *
 * ```ts
 * const user = parseUserInfo(await response.text());
 * ```
 *
 * @throws {OAuthError} The hub's `errcode`, or `bad_answer`.
 */
export function parseUserInfo(body: string): UserInfo;

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
}
