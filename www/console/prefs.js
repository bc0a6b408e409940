/** How the person left the workbench: sizes and what is open. Kept in the browser, per origin. */

const STORED = 'juzi.workbench';

const DEFAULTS = { sidebarWidth: 460, dockHeight: 280, dockOpen: true, dockTab: 'messages' };

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
    // Private windows may refuse: the layout then lasts for the visit.
  }
}
