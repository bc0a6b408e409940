// Who may talk to the hub. It issues login codes, so other pages open in the same browser may not.
//
// The `Host` header refuses a name that a hostile site points at this machine (DNS rebinding). The `Origin` header refuses a
// cross-site request from another site's page (CSRF).
import { isIP, isIPv4 } from 'node:net';

/** The names by which containers reach their host. `.internal` is reserved: no site can own such a name. */
const CONTAINER_NAMES = ['host.docker.internal', 'host.containers.internal'];

/**
 * The origin at which this request reaches the server; null if its `Host` is malformed.
 * @param {import('node:http').IncomingMessage} request
 */
export function originOf(request) {
  const host = request.headers[':authority'] ?? request.headers.host;
  const scheme = /** @type {any} */ (request.socket).encrypted ? 'https' : 'http';
  if (typeof host !== 'string' || !/^(\[[0-9a-f:.]+\]|[^\s/\\?#@:[\]]+)(:\d+)?$/i.test(host)) return null;
  try {
    return new URL(`${scheme}://${host}`);
  } catch {
    return null;
  }
}

/**
 * Whether a host is this machine. Anybody can own a name that begins like an address: `127.evil.example`.
 * @param {string} hostname As `URL` has it: in lower case, and an address in its usual form, however it was written.
 */
export function isThisMachine(hostname) {
  if (isIPv4(hostname)) return hostname.startsWith('127.');
  return hostname === '[::1]' || hostname === 'localhost' || hostname.endsWith('.localhost') || CONTAINER_NAMES.includes(hostname);
}

/**
 * Whether the `Host` header is accepted. DNS rebinding needs a name, so addresses are safe.
 * @param {string} hostname
 * @param {true | string[]} allowed Vite's `server.allowedHosts`: names, or `.example.com` for one and all below it.
 */
export function isAllowedHost(hostname, allowed) {
  if (allowed === true || isThisMachine(hostname) || isIP(hostname.replace(/^\[|\]$/g, '')) !== 0) return true;
  return allowed.some((name) => name === hostname || (name.startsWith('.') && (hostname === name.slice(1) || hostname.endsWith(name))));
}

/** For the events: only the console's own page, or a program other than a browser, may listen. */
export function isOwnSite({ headers }) {
  const site = headers['sec-fetch-site'];
  return site === undefined || site === 'same-origin' || site === 'none';
}

/** For requests that change something: the same, by `Origin`. */
export function isOwnOrigin({ headers }, own) {
  return headers.origin === undefined || headers.origin.toLowerCase() === own.origin;
}

export function isJson({ headers }) {
  return /^\s*application\/json\s*(;|$)/i.test(headers['content-type'] ?? '');
}

/**
 * Why a request for a code is not a navigation by the developer: `not-shown` (a script, an image or a prefetch) or `foreign-frame` (a
 * frame that some website may have hidden in its page); null if it is one.
 *
 * Browsers write these headers, and no page can change them. The `Referer` names the page that started the navigation. A website can
 * suppress its `Referer` but cannot forge one, so a cross-site frame without one is foreign. A program other than a browser sends none of
 * these headers and gets a code: it could read the page's code anyway.
 *
 * @param {import('node:http').IncomingMessage} request
 * @param {(origin: string) => boolean} isSidebars
 */
export function whyNoNavigation({ headers }, isSidebars) {
  const site = headers['sec-fetch-site'];
  const dest = headers['sec-fetch-dest'];
  if (site === undefined && dest === undefined) return null;
  const framed = dest === undefined || dest === 'iframe' || dest === 'frame';
  const aheadOfTime = String(headers['sec-purpose'] ?? '').includes('prefetch');
  const navigates = [undefined, 'navigate'].includes(headers['sec-fetch-mode']);
  if ((!framed && dest !== 'document') || aheadOfTime || !navigates) return 'not-shown';
  const near = ['same-origin', 'same-site', 'none'].includes(/** @type {string} */ (site));
  if (!framed || near) return null;
  return URL.canParse(headers.referer ?? '') && isSidebars(new URL(/** @type {string} */ (headers.referer)).origin)
    ? null
    : 'foreign-frame';
}
