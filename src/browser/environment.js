// Detects the sidebar's page (spec section 2). Detection runs once for each document, because routers and redirects change the URL.
import { get, tried } from './members.js';
import { framedWindow } from './platform.js';

// Captured when the script loads, before the page can replace them.
const { URL, URLSearchParams } = globalThis;

const PARAMETER = 'juziSidebar';
/**
 * The item of `sessionStorage` that records for the frame's next document that this one was the sidebar's page. Its value is the console's
 * origin, if known.
 */
const ITEM = 'juzi-helper:sidebar';

/** The page's window, and how its document was detected: `url`, `navigation`, `session` or `authorize`. */
let page;
let found;

/** wujie runs a sub-application in a frame beside the page that the console has opened. The console ignores what this frame posts. */
export const isOfWujie = (window) => window.__POWERED_BY_WUJIE__ === true;

/** How this page was detected as the sidebar's; undefined if it was not. */
export const detectedBy = (window) => {
  // Outside a frame, the storage is not even read.
  if (window.parent === window || isOfWujie(window)) return undefined;
  if (page !== window) found = undefined;
  page = window;
  if (!found && (found = find(window))) remember(window);
  return found;
};

const find = (window) => {
  const queries = [window.location.search, openedWith(window)].map((query) => new URLSearchParams(query));
  if (queries[0].has(PARAMETER)) return 'url';
  if (queries[1].has(PARAMETER)) return 'navigation';
  if (isRemembered(window)) return 'session';
  // Only Juzi's hub adds the bot's id to a login's code.
  return queries.some((query) => query.has('code') && query.has('juziBotId')) ? 'authorize' : undefined;
};

/** The query with which the document was opened, which no router changes; empty if the platform does not report it. */
const openedWith = ({ performance }) => tried(() => new URL(performance.getEntriesByType('navigation')[0].name).search) || '';

/** The origin of the page around this one; empty if the browser does not report it. */
const ancestor = ({ location }) => (location.ancestorOrigins || [])[0] || '';

// Settings may block a page's storage. Accessing it then throws.
const isRemembered = (window) => tried(() => window.sessionStorage.getItem(ITEM) === ancestor(window));
/** Where it throws, the next document can only be detected by its own URL. */
const remember = (window) => tried(() => window.sessionStorage.setItem(ITEM, ancestor(window)));

/** An option that is on or off, by the rules of src/options.rs. */
export const isOn = (options, name, otherwise = false) => {
  const given = options == null ? undefined : get(options, name);
  if ([true, 'true', ''].includes(given)) return true;
  return [false, 'false'].includes(given) ? false : otherwise;
};

/**
 * The text that is appended to the user agent. It names both products, as WeCom's own does, so pages and SDKs that look for either find it
 * and its version. The last word distinguishes it from WeCom's.
 */
export const WECOM = ' wxwork/4.1.36 MicroMessenger/7.0 juzi-helper';
/** The user agent without the text that a helper has appended, whether this copy or another. */
export const agentOf = ({ navigator }) => `${navigator.userAgent}`.replace(WECOM, '');

/** The detection of src/env.rs, for the time before the module runs. tests/vectors/environments.json tests both. */
export const seemsInSidebar = (given, options) => {
  const window = framedWindow(given);
  return (
    !/micromessenger|wxwork/i.test(agentOf(window)) &&
    window.parent !== window &&
    (detectedBy(window) !== undefined || isOn(options, 'force'))
  );
};

/** For the package's testing kit; the scripts lack this. */
export const forgetEnvironment = (window) => {
  page = undefined;
  tried(() => window.sessionStorage.removeItem(ITEM));
};
