/**
 * The login of the sidebar's user. No DOM: for pages, workers and Node. Codes belong to your server:
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

/** The public hub: `https://hub.juzibot.com`. Private deployments have their own, given as `base`. */
export const DEFAULT_BASE: string;

/**
 * The address to send the browser to.
 *
 * ```ts
 * location.assign(authorizeUrl({ redirectUri: 'https://page.example/callback', state }));
 * ```
 *
 * @param options.redirectUri Where the hub sends the browser back to: an absolute http(s) URL.
 * @param options.state 1 to 128 characters of `a-z`, `A-Z`, `0-9`: what {@link newState} makes.
 * @param options.base The hub's address, with or without a path.
 * @throws {OAuthError} `invalid_redirect_uri`, `invalid_state`, `invalid_base`
 */
export function authorizeUrl(options: { redirectUri: string; state?: string | undefined; base?: string | undefined }): string;

/**
 * A state that nobody can guess: 32 characters, 128 bits from the platform's secure random source.
 *
 * ```ts
 * sessionStorage.setItem('state', newState());
 * ```
 */
export function newState(): string;

/** What the hub sends the browser back with. */
export interface Callback {
  /** The one-time code. It dies after 5 minutes. */
  code: string;
  /** The state, which is the one that was expected. */
  state: string;
  /** Juzi's id of the managed account, where the hub names it. */
  juziBotId: string | undefined;
}

/**
 * Reads the address that the hub sent the browser back to: the whole of it, or from its path on, as Node's `request.url` has it.
 *
 * ```ts
 * const { code } = parseCallback(location.href, sessionStorage.getItem('state'));
 * ```
 *
 * @param expectedState The one of this session. None at all is refused: without it, anybody can log a user in as somebody else
 *   by sending them a link.
 * @throws {OAuthError} `state_mismatch`, `missing_code`, `invalid_callback`
 */
export function parseCallback(url: string | URL, expectedState: string | null | undefined): Callback;

/** Who uses the sidebar. Only `userId` is never empty. */
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
  /** Gives the request up. The code may have been used by then. */
  signal?: AbortSignal | undefined;
}

/**
 * Redeems a code, of a callback or of `sidebarAuth`. It works once. The public hub answers servers: a browser is refused by its
 * own rules about other origins.
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
 * @throws {OAuthError} Rejects with `errcode` where the hub gave one.
 */
export function getUserInfo(code: string, options?: GetUserInfoOptions): Promise<UserInfo>;

/**
 * The address that {@link getUserInfo} asks, for those who bring their own HTTP client.
 *
 * ```ts
 * const response = await client.get(userInfoUrl(code));
 * ```
 *
 * @throws {OAuthError} `missing_code`, `invalid_base`
 */
export function userInfoUrl(code: string, options?: { base?: string | undefined }): string;

/**
 * Reads the body of the hub's answer, for those who bring their own HTTP client.
 *
 * ```ts
 * const user = parseUserInfo(await response.text());
 * ```
 *
 * @throws {OAuthError} The hub's `errcode`, or `bad_answer`.
 */
export function parseUserInfo(body: string): UserInfo;

/** Names for the reasons. The first four are the hub's errcodes -1, -2, -4, and -5 or any other. */
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

/** Why a login cannot go on. Its text never contains a code or a state. */
export class OAuthError extends Error {
  private constructor();
  readonly name: 'OAuthError';
  readonly code: OAuthErrorCode;
  /** The hub's number for the reason: -1, -2, -4, -5; undefined where the hub was not asked or did not say. */
  readonly errcode: number | undefined;
}
