/** Looks for a text in the rows of the log. */

/** @typedef {import('./rows.js').Row} Row */

/** The text of each row that was searched, until the search ends. @type {Map<number, { version: number, text: string, row: Row }>} */
const texts = new Map();

/** Forgets the texts of the rows. The next search makes them again. */
export const forgetTexts = () => texts.clear();

/** What to look for, in any case; empty finds everything. @param {string} text */
export function needleOf(text) {
  const needle = text.trim().toLowerCase();
  if (needle === '') forgetTexts();
  return needle;
}

/** Whether the row contains the text: in its API, its reqId, or anything in its messages. @param {Row} row @param {string} needle */
export const contains = (row, needle) => needle === '' || textOf(row).includes(needle);

/** @param {Row} row */
function textOf(row) {
  const known = texts.get(row.id);
  if (known?.row === row && known.version === row.version) return known.text;
  const content = row.hub ?? row.mark?.text ?? row.messages.map(contentOf);
  const text = `${row.api} ${row.reqId ?? ''} ${textOfValue(content)}`.toLowerCase();
  texts.set(row.id, { version: row.version, text, row });
  return text;
}

/** A message without what the row has already: the API and the reqId. @param {import('../../host.js').LogEntry} entry */
const contentOf = ({ kind, payload }) => (kind === 'garbage' ? payload : kind === 'request' ? payload.data.params : payload.data);

/** JSON is by far the fastest, but not every message has a JSON form. @param {unknown} value */
function textOfValue(value) {
  try {
    // Quotes inside a text are searched as they are.
    const text = JSON.stringify(value) ?? '';
    return text.includes('\\"') ? text.replaceAll('\\"', '"') : text;
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
