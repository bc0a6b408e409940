/** The log as a file: written as JSON, and read again with the place of whatever is wrong in it. No DOM here. */
import { createLogStore } from './store.js';

/** @typedef {import('./rows.js').Row} Row */
/** @typedef {import('../../host.js').Ignored} Ignored */

const FORMAT = 'juzi-workbench-log';
const VERSION = 1;

/** An error in a log file. */
export class LogFileError extends Error {
  /** @param {string} where Line and column, or the field; empty if it is the whole file. @param {string} what */
  constructor(where, what) {
    super(where ? `${where}: ${what}` : what);
    this.where = where;
    this.what = what;
  }
}

/** A call, not yet answered, has functions of the host that a file cannot hold. @param {Row} row */
const plain = ({ id, at, hub, mark, byUser }) => ({ row: id, at, ...(byUser && { byUser }), ...hub, ...mark });

/**
 * The log as a JSON document. Values that JSON cannot represent are written as strings, so that nothing is lost silently.
 * @param {{ rows: readonly Row[], ignored: readonly Ignored[], about: object }} log
 */
export function exportLog({ rows, ignored, about }) {
  const withTime = (/** @type {any} */ entry) => ({ ...entry, time: new Date(entry.at).toISOString() });
  const messages = rows.flatMap((row) => row.messages.map((entry) => ({ row: row.id, ...(row.byUser && { byUser: true }), ...entry })));
  // In the order in which they were posted, which is not that of the rows.
  messages.sort((a, b) => a.at - b.at || a.seq - b.seq);
  const of = (/** @type {'hub' | 'mark'} */ kind) => rows.filter((row) => row.kind === kind).map(plain);
  const document = {
    format: FORMAT,
    version: VERSION,
    ...about,
    messages: messages.map(withTime),
    hub: of('hub').map(withTime),
    marks: of('mark').map(withTime),
    ignored: ignored.map(withTime),
  };
  return JSON.stringify(document, safely(), 2);
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

/**
 * Reads an exported log.
 * @param {string} text
 * @returns {{ rows: Row[], ignored: Ignored[], about: Record<string, any> }}
 * @throws {LogFileError} with the place.
 */
export function importLog(text) {
  const { format, version, messages, hub = [], marks = [], ignored = [], ...about } = parse(text);
  if (format !== FORMAT) throw new LogFileError('format', `must be "${FORMAT}": this is not a log that the workbench exported`);
  if (version !== VERSION) throw new LogFileError('version', `must be ${VERSION}, not ${JSON.stringify(version)}`);
  const parts = [
    ...list('messages', messages, MESSAGE).map((entry) => ({ kind: /** @type {const} */ ('message'), entry })),
    ...list('hub', hub, HUB).map((entry) => ({ kind: /** @type {const} */ ('hub'), entry })),
    ...list('marks', marks, MARK).map((entry) => ({ kind: /** @type {const} */ ('mark'), entry })),
  ];
  // The sort is stable, so that an answer stays behind its request.
  parts.sort((a, b) => a.entry.row - b.entry.row);
  const store = createLogStore(Infinity);
  for (const { kind, entry } of parts) {
    if (kind === 'hub') store.hub(entry);
    else if (kind === 'mark') store.mark(entry, entry.at);
    else restoreMessage(store, entry);
  }
  return { rows: [...store.all], ignored: list('ignored', ignored, IGNORED), about };
}

/** @param {import('./store.js').LogStore} store @param {any} entry */
function restoreMessage(store, { row: _row, byUser, time: _time, ...entry }) {
  const row = store.message(entry);
  if (byUser) row.byUser = true;
  if (entry.kind === 'request') store.updated(entry);
}

/** @param {string} text @returns {Record<string, any>} */
function parse(text) {
  let value;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new LogFileError(placeOf(/** @type {Error} */ (error).message, text), 'this is not JSON');
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new LogFileError('', 'must be a JSON object');
  return value;
}

/**
 * Line and column of a JSON error. Engines word it differently; some name only the position.
 * @param {string} message
 * @param {string} text
 */
function placeOf(message, text) {
  const [, line, column] = /line (\d+),? column (\d+)/.exec(message) ?? [];
  if (line) return `line ${line}, column ${column}`;
  const at = /position (\d+)/.exec(message)?.[1] ?? (/end of/i.test(message) ? text.length : undefined);
  if (at === undefined) return '';
  const before = text.slice(0, Number(at)).split('\n');
  return `line ${before.length}, column ${before[before.length - 1].length + 1}`;
}

/** @typedef {Record<string, (value: any) => string | false>} Shape What is wrong with each member. */

/** @type {Record<string, (value: any) => string | false>} */
const is = {
  number: (value) => typeof value !== 'number' && 'must be a number',
  text: (value) => typeof value !== 'string' && 'must be a string',
  id: (value) => value !== null && !['string', 'number'].includes(typeof value) && 'must be a string, a number or null',
  maybeNumber: (value) => value !== null && typeof value !== 'number' && 'must be a number or null',
  maybeSeq: (value) => value !== undefined && typeof value !== 'number' && 'must be a number',
  object: (value) => (typeof value !== 'object' || value === null) && 'must be an object',
};
const oneOf =
  (/** @type {string[]} */ ...values) =>
  (/** @type {any} */ value) =>
    !values.includes(value) && `must be one of ${values.join(', ')}`;

/** What the panel reads of a payload. @param {any} entry */
function payloadProblem({ kind, payload }) {
  if (kind === 'garbage') return false;
  if (typeof payload !== 'object' || payload === null) return 'must be an object';
  return kind === 'request' && is.object(payload.data) && 'data must be an object';
}

/** @type {Shape} */
const MESSAGE = {
  row: is.number,
  seq: is.number,
  at: is.number,
  kind: oneOf('request', 'answer', 'push', 'garbage'),
  direction: oneOf('in', 'out'),
  api: is.text,
  reqId: is.id,
  outcome: is.text,
  duration: is.maybeNumber,
  answers: is.maybeSeq,
};
/** @type {Shape} */
const HUB = { row: is.number, at: is.number, method: is.text, path: is.text, status: is.number, durationMs: is.number, query: is.object };
/** @type {Shape} */
const MARK = { row: is.number, at: is.number, mark: oneOf('load', 'switch', 'console'), text: is.text };
/** @type {Shape} */
const IGNORED = { seq: is.number, at: is.number, reason: is.text };

/** @param {string} name @param {any} value @param {Shape} shape @returns {any[]} */
function list(name, value, shape) {
  if (!Array.isArray(value)) throw new LogFileError(name, 'must be a list');
  value.forEach((entry, i) => {
    if (is.object(entry)) throw new LogFileError(`${name}[${i}]`, 'must be an object');
    for (const [member, wrong] of Object.entries(shape)) {
      const reason = wrong(entry[member]);
      if (reason) throw new LogFileError(`${name}[${i}].${member}`, reason);
    }
    const reason = shape === MESSAGE && payloadProblem(entry);
    if (reason) throw new LogFileError(`${name}[${i}].payload`, reason);
  });
  return value;
}
