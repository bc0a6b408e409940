/** Looks for a text in any value, without making a text of the value first. */

const DEPTH = 12;

/** A pattern that finds the text in any case; null if there is nothing to find. @param {string} text @returns {RegExp | null} */
export function pattern(text) {
  const needle = text.trim();
  return needle === '' ? null : new RegExp(needle.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'), 'i');
}

/**
 * Whether a member's name or a value inside contains the text.
 * @param {unknown} value @param {RegExp} text @param {number} [depth] Stops at cycles.
 * @returns {boolean}
 */
export function contains(value, text, depth = DEPTH) {
  if (typeof value === 'string') return text.test(value);
  if (value === null || value === undefined) return false;
  if (typeof value !== 'object') return text.test(String(value));
  if (depth === 0) return false;
  if (Array.isArray(value)) return value.some((one) => contains(one, text, depth - 1));
  if (value instanceof Map || value instanceof Set) return contains([...value], text, depth - 1);
  for (const [name, member] of Object.entries(value)) {
    if (text.test(name) || contains(member, text, depth - 1)) return true;
  }
  return false;
}
