/** The inspector's data: a bounded log, its filter, and its export. No DOM here. */

/**
 * @typedef {object} Filter An empty string matches everything.
 * @property {string} text Part of an API name or of a reqId.
 * @property {string} api
 * @property {string} direction
 * @property {string} outcome
 */

/** @type {Readonly<Filter>} */
export const NO_FILTER = Object.freeze({ text: '', api: '', direction: '', outcome: '' });

/** @param {import('../host.js').LogEntry} entry @param {Filter} filter */
export function passes(entry, { text, api, direction, outcome }) {
  const needle = text.trim().toLowerCase();
  return (
    (!api || entry.api === api) &&
    (!direction || entry.direction === direction) &&
    (!outcome || entry.outcome === outcome) &&
    (!needle ||
      entry.api.toLowerCase().includes(needle) ||
      String(entry.reqId ?? '')
        .toLowerCase()
        .includes(needle))
  );
}

/**
 * A list that drops its oldest entries. Dropping in blocks keeps adding cheap.
 * @template T
 * @param {number} capacity
 */
export function createRing(capacity) {
  /** @type {T[]} */
  let items = [];
  let dropped = 0;
  return {
    get items() {
      return items;
    },
    /** How many entries were dropped since the last clear. */
    get dropped() {
      return dropped;
    },
    /** @param {T} item */
    add(item) {
      items.push(item);
      if (items.length > capacity * 1.1) {
        dropped += items.length - capacity;
        items = items.slice(-capacity);
      }
    },
    clear() {
      items = [];
      dropped = 0;
    },
  };
}

/**
 * The log as a JSON document. Values that JSON cannot represent are written as strings, so that nothing is lost silently.
 * @param {{ messages: readonly any[], ignored: readonly any[], about: object }} log
 */
export function exportLog({ messages, ignored, about }) {
  const withTime = (/** @type {any} */ entry) => ({ ...entry, time: new Date(entry.at).toISOString() });
  return JSON.stringify({ ...about, messages: messages.map(withTime), ignored: ignored.map(withTime) }, safely(), 2);
}

/** A replacer for one `JSON.stringify` call: cycles and values without a JSON form become strings. */
function safely() {
  /** @type {any[]} */
  const above = [];
  return /** @this {any} */ function replace(/** @type {string} */ _key, /** @type {any} */ value) {
    if (typeof value === 'bigint') return `${value}n`;
    if (value === undefined) return '[undefined]';
    if (typeof value === 'number' && !Number.isFinite(value)) return `[${value}]`;
    if (typeof value !== 'object' || value === null) return value;
    while (above.length > 0 && above.at(-1) !== this) above.pop();
    if (above.includes(value)) return '[circular]';
    above.push(value);
    if (value instanceof Map || value instanceof Set) return [...value];
    return value;
  };
}
