/** Light, dark, or as the system says. The choice is an attribute on the root that theme.css reads. */

const STORED = 'juzi.theme';
const THEMES = /** @type {const} */ (['auto', 'light', 'dark']);

/** @typedef {typeof THEMES[number]} Theme */

/** @param {string | null} [preferred] Comes before what was remembered, and is not remembered itself. @returns {Theme} */
export function startTheme(preferred) {
  let theme = preferred;
  try {
    theme ??= localStorage.getItem(STORED);
  } catch {
    // No storage in this frame: the system's choice it is.
  }
  const known = THEMES.find((one) => one === theme) ?? 'auto';
  document.documentElement.dataset.theme = known;
  return known;
}

/** The next of auto, light, dark; remembered. @returns {Theme} */
export function nextTheme() {
  const now = THEMES.indexOf(/** @type {Theme} */ (document.documentElement.dataset.theme));
  const next = THEMES[(now + 1) % THEMES.length];
  document.documentElement.dataset.theme = next;
  try {
    localStorage.setItem(STORED, next);
  } catch {
    // Lasts for the visit.
  }
  return next;
}
