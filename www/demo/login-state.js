/** The state that a login is sent with, kept while the browser is away at the hub. */

const STATE = 'juzi.demo.oauth';

/** @typedef {{ state: string, base: string }} Sent */

/** @param {Sent} sent @returns {boolean} Whether the browser keeps it. */
export function keepState(sent) {
  try {
    sessionStorage.setItem(STATE, JSON.stringify(sent));
    return true;
  } catch {
    return false;
  }
}

/** Reads and removes the state: it is valid for one callback. @returns {Sent | null} */
export function takeState() {
  try {
    const stored = JSON.parse(sessionStorage.getItem(STATE) ?? 'null');
    sessionStorage.removeItem(STATE);
    return stored;
  } catch {
    return null;
  }
}

/** The redirect URI: the page's own address without the parameters that a callback adds. */
export function callbackAddress() {
  const url = new URL(location.href);
  for (const name of ['code', 'state', 'juziBotId']) url.searchParams.delete(name);
  url.hash = '';
  return url.href;
}
