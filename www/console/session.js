/**
 * Per-tab settings that survive a reload of the console: the faults and the page's address. In the tab's own
 * storage, so that two windows keep apart.
 */

const STORED = 'juzi.workbench.session';

/**
 * @typedef {object} Session
 * @property {Partial<import('../host.js').Faults>} [faults]
 * @property {string} [page] The address that the user typed.
 */

/** @returns {Session} */
export function readSession() {
  try {
    return JSON.parse(sessionStorage.getItem(STORED) ?? '{}') ?? {};
  } catch {
    return {};
  }
}

/** @param {Session} some */
export function writeSession(some) {
  try {
    sessionStorage.setItem(STORED, JSON.stringify({ ...readSession(), ...some }));
  } catch {
    // Without storage the settings last until the page is closed.
  }
}
