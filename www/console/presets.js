/** Sets of faults, by the situation that they simulate. */

/** @type {Record<string, Partial<import('../host.js').Faults>>} */
export const PRESETS = {
  slow: { latencyMs: 1500, jitterMs: 1500 },
  flaky: { latencyMs: 200, jitterMs: 800, drop: 0.2, duplicate: 0.1, reorder: true, seed: 1 },
  old: { oldConsole: true },
  offline: { drop: 1 },
};

/**
 * The faults of a preset; of none if the name is empty. The faults of single APIs stay: they were put together one by one.
 * @param {string} name @param {import('../host.js').Faults} faults @param {import('../host.js').Faults} none
 * @returns {import('../host.js').Faults}
 */
export const withPreset = (name, { errors, apis }, none) => ({ ...none, ...(name && PRESETS[name]), errors, apis });

/**
 * The name of the preset in force; empty if there is none.
 * @param {import('../host.js').Faults} faults @param {import('../host.js').Faults} none
 */
export function presetOf(faults, none) {
  const same = (/** @type {string} */ name) => JSON.stringify(withPreset(name, faults, none)) === JSON.stringify(faults);
  return Object.keys(PRESETS).find(same) ?? '';
}
