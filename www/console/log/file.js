/**
 * Writes the log as a JSON file, and reads such a file: also the report of a page, which is one format (docs/report-format.md). An error
 * names its place in the file. No DOM here.
 */
import { hidingOf } from './codes.js';
import { DEEPEST, FORMAT, LogFileError, REPORT, VERSION } from './schema.js';
import { createLogStore } from './store.js';

/** @typedef {import('./rows.js').Row} Row */
/** @typedef {import('../../host.js').Ignored} Ignored */

/** What this format was called before pages could record. It has nothing that the present one lacks. */
const FORMER = 'juzi-workbench-log';

/** Bytes. The file is read into memory as a whole. */
export const LARGEST_FILE = 256 * 2 ** 20;

/** An unanswered call has functions of the host, which a file cannot hold. @param {Row} row */
const plain = ({ id, at, hub, mark, byUser }) => ({ row: id, at, ...(byUser && { byUser }), ...hub, ...mark });

/** The members of an entry that may contain a code. The others have the console's own values. */
const TEXTS = ['api', 'payload', 'error', 'reqId', 'path', 'query', 'location', 'text'];

/**
 * The log as a JSON document. Values that JSON cannot represent are written as strings, so that nothing is lost silently. Login codes
 * are masked, wherever they are, unless the user wants them.
 * @param {object} log
 * @param {readonly Row[]} log.rows
 * @param {readonly Ignored[]} log.ignored
 * @param {{ page?: string | null } & Record<string, any>} log.about
 * @param {boolean} [log.withCodes]
 * @param {Iterable<string>} [log.codes] Codes that are known from elsewhere, such as rows that are not in the file.
 */
export function exportLog({ rows, ignored, about, withCodes = false, codes = [] }) {
  const hide = withCodes ? (/** @type {any} */ value) => value : hidingOf(rows, codes, [about.page]);
  const written = (/** @type {any} */ entry) => ({
    ...entry,
    ...Object.fromEntries(TEXTS.flatMap((name) => (Object.hasOwn(entry, name) ? [[name, hide(entry[name])]] : []))),
    time: new Date(entry.at).toISOString(),
  });
  const messages = rows.flatMap((row) =>
    row.messages.map((entry) => ({
      row: row.id,
      ...(row.byUser && { byUser: true }),
      ...(row.byHand && { byHand: true }),
      ...entry,
    })),
  );
  // In the order in which they were posted, which differs from that of the rows.
  messages.sort((a, b) => a.at - b.at || a.seq - b.seq);
  const of = (/** @type {'hub' | 'mark'} */ kind) => rows.filter((row) => row.kind === kind).map(plain);
  const document = {
    format: FORMAT,
    version: VERSION,
    ...about,
    ...('page' in about && { page: hide(about.page) }),
    messages: messages.map(written),
    hub: of('hub').map(written),
    marks: of('mark').map(written),
    ignored: ignored.map(written),
  };
  return JSON.stringify(document, safely(), 2);
}

/** The levels around a payload: the document, the list, the entry. */
const OUTSIDE = 3;

/** A replacer for one `JSON.stringify` call: cycles, values nested too deep and values without a JSON form become strings. */
function safely() {
  /** The objects around a value, and what is written in their place. @type {{ given: any, written: any }[]} */
  const above = [];
  return /** @this {any} */ function replace(/** @type {string} */ _key, /** @type {any} */ value) {
    if (typeof value === 'bigint') return `${value}n`;
    if (value === undefined) return '[undefined]';
    if (typeof value === 'number' && !Number.isFinite(value)) return `[${value}]`;
    if (typeof value !== 'object' || value === null) return value;
    while (above.length > 0 && above.at(-1)?.written !== this) above.pop();
    if (above.some(({ given }) => given === value)) return '[circular]';
    if (above.length > DEEPEST + OUTSIDE) return `[nested deeper than ${DEEPEST}]`;
    const written = value instanceof Map || value instanceof Set ? [...value] : value;
    above.push({ given: value, written });
    return written;
  };
}

/**
 * Reads an exported log. All of it is checked before any of it is used.
 * @param {string} text
 * @returns {{ rows: Row[], ignored: Ignored[], about: Record<string, any> }}
 * @throws {LogFileError} with the place.
 */
export function importLog(text) {
  const file = parse(text);
  const { format, version, messages, hub = [], marks = [], ignored = [], ...about } = file;
  if (format !== FORMAT && format !== FORMER) throw new LogFileError('format', 'format', { format: FORMAT });
  if (version !== VERSION) {
    throw new LogFileError('version', 'version', { version: VERSION, found: (JSON.stringify(version) ?? 'undefined').slice(0, 40) });
  }
  const problem = REPORT(file);
  if (problem) throw new LogFileError(problem.at.replace(/^\./, ''), problem.key, problem.values);
  /** @type {{ kind: keyof typeof restore, entry: any }[]} */
  const parts = Object.entries({ message: messages, hub, mark: marks }).flatMap(([kind, entries]) =>
    entries.map((/** @type {any} */ entry) => ({ kind, entry })),
  );
  // The sort is stable, so that an answer stays behind its request.
  parts.sort((a, b) => a.entry.row - b.entry.row);
  const store = createLogStore(Infinity);
  for (const { kind, entry } of parts) restore[kind](store, entry);
  return { rows: [...store.all], ignored, about };
}

/** @type {Record<'message' | 'hub' | 'mark', (store: import('./store.js').LogStore, entry: any) => void>} */
const restore = {
  message(store, { row: _row, byUser, byHand, time: _time, ...entry }) {
    const row = store.message(entry);
    if (byUser) row.byUser = true;
    if (byHand) row.byHand = true;
    if (entry.kind === 'request') store.updated(entry);
  },
  hub: (store, { row: _row, byUser: _byUser, time: _time, ...entry }) => void store.hub(entry),
  mark: (store, { row: _row, byUser: _byUser, time: _time, at, ...entry }) => void store.mark(entry, at),
};

/** @param {string} text @returns {Record<string, any>} */
function parse(text) {
  let value;
  try {
    value = JSON.parse(text);
  } catch (error) {
    const place = placeOf(/** @type {Error} */ (error).message, text);
    throw place ? new LogFileError('', 'notJsonAt', place) : new LogFileError('', 'notJson');
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new LogFileError('', 'whole.object');
  return value;
}

/**
 * Line and column of a JSON error. Engines word it differently; some name only the position.
 * @param {string} message
 * @param {string} text
 */
function placeOf(message, text) {
  const [, line, column] = /line (\d+),? column (\d+)/.exec(message) ?? [];
  if (line) return { line, column };
  const at = /position (\d+)/.exec(message)?.[1] ?? (/end of/i.test(message) ? text.length : undefined);
  if (at === undefined) return undefined;
  const before = text.slice(0, Number(at)).split('\n');
  return { line: before.length, column: before[before.length - 1].length + 1 };
}
