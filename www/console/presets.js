/** Sets of faults, by the situation that they simulate. */

/** @type {Record<string, Partial<import('../host.js').Faults>>} */
export const PRESETS = {
  slow: { latencyMs: 1500, jitterMs: 1500 },
  flaky: { latencyMs: 200, jitterMs: 800, drop: 0.2, duplicate: 0.1, reorder: true, seed: 1 },
  old: { oldConsole: true },
  offline: { drop: 1 },
};

/**
 * The name of the preset in force; empty if there is none.
 * @param {import('../host.js').Faults} faults @param {import('../host.js').Faults} none
 */
export function presetOf(faults, none) {
  const same = (/** @type {object} */ preset) => JSON.stringify({ ...none, ...preset }) === JSON.stringify(faults);
  return Object.keys(PRESETS).find((name) => same(PRESETS[name])) ?? '';
}
