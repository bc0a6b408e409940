// @ts-check
/** Compares a value with what a script expects of it. No DOM here. */

/** @param {unknown} value @returns {value is Record<string, any>} */
const isObject = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);

const LONGEST = 200;

/** A value as a report shows it. @param {unknown} value */
export function shown(value) {
  const text = value === undefined ? 'nothing' : (JSON.stringify(value) ?? String(value));
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}

/**
 * The first difference. An object may have more members than expected, a list may not.
 * @param {unknown} expected @param {unknown} actual @param {string} path For the text.
 * @returns {string | null} Null if there is none.
 */
export function difference(expected, actual, path) {
  if (isObject(expected)) {
    if (!isObject(actual)) return `${path}: expected an object, got ${shown(actual)}`;
    return first(Object.keys(expected), (key) =>
      difference(expected[key], Object.hasOwn(actual, key) ? actual[key] : undefined, `${path}.${key}`),
    );
  }
  if (Array.isArray(expected)) {
    if (!Array.isArray(actual)) return `${path}: expected a list, got ${shown(actual)}`;
    if (actual.length !== expected.length) return `${path}: expected ${expected.length} items, got ${actual.length}`;
    return first([...expected.keys()], (index) => difference(expected[index], actual[index], `${path}[${index}]`));
  }
  return Object.is(expected, actual) ? null : `${path}: expected ${shown(expected)}, got ${shown(actual)}`;
}

/** @template T @param {T[]} items @param {(item: T) => string | null} find */
function first(items, find) {
  for (const item of items) {
    const found = find(item);
    if (found !== null) return found;
  }
  return null;
}
