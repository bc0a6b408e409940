/** Light, dark, or the system's theme. The choice is an attribute on the root that theme.css reads. */

const STORED = 'juzi.theme';
/** All themes, in the order of the switch. */
export const THEMES = /** @type {const} */ (['auto', 'light', 'dark']);

/** @typedef {typeof THEMES[number]} Theme */

/** @param {string | null} [preferred] Overrides the stored choice, and is not stored itself. @returns {Theme} */
export function startTheme(preferred) {
  let theme = preferred;
  try {
    theme ??= localStorage.getItem(STORED);
  } catch {
    // No storage in this frame: use the system's theme.
  }
  const known = THEMES.find((one) => one === theme) ?? 'auto';
  document.documentElement.dataset.theme = known;
  return known;
}

/** Follows another page's theme, and stores nothing. @param {Theme} theme */
export function followTheme(theme) {
  document.documentElement.dataset.theme = theme;
}

/** Switches to the next of auto, light and dark, and stores it. @returns {Theme} */
export function nextTheme() {
  const now = THEMES.indexOf(/** @type {Theme} */ (document.documentElement.dataset.theme));
  const next = THEMES[(now + 1) % THEMES.length];
  document.documentElement.dataset.theme = next;
  try {
    localStorage.setItem(STORED, next);
  } catch {
    // The choice then lasts until the page is closed.
  }
  return next;
}
