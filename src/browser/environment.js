// Detects the sidebar's page (spec section 2). Detection runs once for each document, because routers and redirects change the URL.

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
const openedWith = ({ performance }) => {
  try {
    return new URL(performance.getEntriesByType('navigation')[0].name).search;
  } catch {
    return '';
  }
};

/** The origin of the page around this one; empty if the browser does not report it. */
const ancestor = ({ location }) => location.ancestorOrigins?.[0] ?? '';

// Settings may block a page's storage. Accessing it then throws.
const isRemembered = (window) => {
  try {
    return window.sessionStorage.getItem(ITEM) === ancestor(window);
  } catch {
    return false;
  }
};
const remember = (window) => {
  try {
    window.sessionStorage.setItem(ITEM, ancestor(window));
  } catch {
    // The next document can only be detected by its own URL.
  }
};

/** For the package's testing kit; the scripts lack this. */
export const forgetEnvironment = (window) => {
  page = undefined;
  try {
    window.sessionStorage.removeItem(ITEM);
  } catch {
    // The page has no storage.
  }
};
