/** The user's layout: sizes, and whether the dock is open. Stored in the browser, per origin. */

const STORED = 'juzi.workbench';

const DEFAULTS = { sidebarWidth: 460, dockHeight: 280, dockOpen: true, dockTab: 'messages', preserveLog: false };

/** @typedef {typeof DEFAULTS} Prefs */

/** @returns {Prefs} */
function read() {
  try {
    const stored = JSON.parse(localStorage.getItem(STORED) ?? '{}');
    const sound = Object.entries(DEFAULTS).map(([name, value]) => [name, typeof stored[name] === typeof value ? stored[name] : value]);
    return Object.fromEntries(sound);
  } catch {
    return { ...DEFAULTS };
  }
}

const prefs = read();

export const getPrefs = () => prefs;

/** @param {Partial<Prefs>} some */
export function setPrefs(some) {
  Object.assign(prefs, some);
  try {
    localStorage.setItem(STORED, JSON.stringify(prefs));
  } catch {
    // Private windows may refuse storage; the layout then lasts until the page is closed.
  }
}
