/** The log's data: a bounded list of rows, and those of them that the filter lets through. No DOM here. */
import { createRows } from './rows.js';
import { contains, forgetTexts, needleOf } from './search.js';

/** @typedef {import('./rows.js').Row} Row */

/**
 * @typedef {object} Filter An empty string matches everything.
 * @property {string} text Part of an API name, of a reqId, or of anything in a message.
 * @property {string} api
 * @property {string} kind
 * @property {string} outcome
 */

/** @type {Readonly<Filter>} */
export const NO_FILTER = Object.freeze({ text: '', api: '', kind: '', outcome: '' });

/** @param {Filter} filter */
export const filters = (filter) => Object.values(filter).some((value) => value.trim() !== '');

/**
 * Whether the filter lets the row through.
 * @param {Row} row @param {Filter} filter @param {string} [needle] What `filter.text` looks for, made once for many rows.
 */
export function passes(row, filter, needle = needleOf(filter.text)) {
  const { api, kind, outcome } = filter;
  return (!api || row.api === api) && (!kind || row.kind === kind) && (!outcome || row.outcome === outcome) && contains(row, needle);
}

/**
 * A list that drops its oldest entries. Dropping in blocks keeps adding cheap.
 * @template T
 * @param {number} capacity
 * @param {(gone: readonly T[]) => void} [onDrop]
 */
export function createRing(capacity, onDrop = () => {}) {
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
        const gone = items.slice(0, -capacity);
        dropped += gone.length;
        items = items.slice(-capacity);
        onDrop(gone);
      }
    },
    clear() {
      items = [];
      dropped = 0;
    },
  };
}

/**
 * The rows, and those that pass the filter. New rows are filtered once, when they come.
 * @param {number} capacity
 */
export function createLogStore(capacity) {
  const rows = createRows();
  const ring = createRing(capacity, (/** @type {readonly Row[]} */ gone) => {
    rows.forget(gone);
    forgetTexts();
    stale = true;
  });
  /** @type {Filter} */
  let filter = { ...NO_FILTER };
  /** @type {Row[]} */
  let shown = [];
  /** Whether `shown` must be made again from all rows. */
  let stale = false;

  /** @param {Row} row */
  function add(row) {
    ring.add(row);
    if (!stale && (!filters(filter) || passes(row, filter))) shown.push(row);
    return row;
  }

  return {
    /** Every row, oldest first. @returns {readonly Row[]} */
    get all() {
      return ring.items;
    },
    get dropped() {
      return ring.dropped;
    },
    get filter() {
      return filter;
    },
    /** The rows that pass the filter. @returns {readonly Row[]} */
    shown() {
      if (stale) shown = filtered(ring.items, filter);
      stale = false;
      return shown;
    },
    /** @param {Filter} next */
    setFilter(next) {
      filter = next;
      stale = true;
    },
    /** @param {import('./rows.js').LogEntry} entry */
    message(entry) {
      const { row, isNew } = rows.ofMessage(entry);
      if (isNew) add(row);
      // An answer may contain what the filter looks for.
      else if (filter.text !== '') stale = true;
      return row;
    },
    /** @param {import('./rows.js').LogEntry} request */
    updated(request) {
      const row = rows.updated(request);
      if (row && filter.outcome !== '') stale = true;
      return row;
    },
    /** @param {import('../types.js').HubRequest} request */
    hub: (request) => add(rows.ofHub(request)),
    /** @param {import('./rows.js').Mark} mark @param {number} [at] */
    mark: (mark, at = Date.now()) => add(rows.ofMark(at, mark)),
    /** Changes the newest row's mark. @param {import('./rows.js').Row} row @param {import('./rows.js').Mark} mark */
    remark(row, mark) {
      row.mark = mark;
      row.version++;
      forgetTexts();
      stale = true;
    },
    /** A new host numbers its messages from 1 again. */
    newSession: rows.clear,
    clear() {
      ring.clear();
      rows.clear();
      shown = [];
      stale = false;
    },
  };
}

/** @typedef {ReturnType<typeof createLogStore>} LogStore */

/** @param {readonly Row[]} rows @param {Filter} filter */
export function filtered(rows, filter) {
  if (!filters(filter)) return [...rows];
  const needle = needleOf(filter.text);
  return rows.filter((row) => passes(row, filter, needle));
}
