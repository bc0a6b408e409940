/** Looks for a text in the rows of the log. */

/** @typedef {import('./rows.js').Row} Row */

/** The text of each row that was searched, until the search ends. @type {WeakMap<Row, { version: number, text: string }>} */
let texts = new WeakMap();

/** What to look for, in any case; empty finds everything. @param {string} text */
export function needleOf(text) {
  const needle = text.trim().toLowerCase();
  if (needle === '') texts = new WeakMap();
  return needle;
}

/** Whether the row contains the text: in its API, its reqId, or anything in its messages. @param {Row} row @param {string} needle */
export const contains = (row, needle) => needle === '' || textOf(row).includes(needle);

/** @param {Row} row */
function textOf(row) {
  const known = texts.get(row);
  if (known?.version === row.version) return known.text;
  const text = textOfValue([row.api, row.reqId, row.messages.map(({ payload }) => payload), row.hub, row.mark?.text]).toLowerCase();
  texts.set(row, { version: row.version, text });
  return text;
}

/** JSON is by far the fastest, but not every message has it. @param {any[]} value */
function textOfValue(value) {
  try {
    // Quotes inside a text are searched as they are.
    return JSON.stringify(value).replaceAll('\\"', '"');
  } catch {
    return [...leaves(value, 12)].join('\n');
  }
}

/** The names and plain values inside. @param {unknown} value @param {number} depth Stops at cycles. @returns {Generator<string>} */
function* leaves(value, depth) {
  if (typeof value !== 'object' || value === null) yield String(value);
  else if (depth === 0) return;
  else if (Array.isArray(value) || value instanceof Set) for (const one of value) yield* leaves(one, depth - 1);
  else {
    for (const [name, member] of value instanceof Map ? value : Object.entries(value)) {
      yield String(name);
      yield* leaves(member, depth - 1);
    }
  }
}
