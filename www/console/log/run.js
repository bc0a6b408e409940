/** What a copied test repeats: the last run of the page, its steps, and what the page did after each. No DOM here. */
import { NO_FAULTS } from '../../host.js';
import { hidingOf } from './codes.js';
import { Source } from './literal.js';

/** @typedef {import('./rows.js').Row} Row */
/** @typedef {Partial<import('../../host.js').Faults>} Faults */

/**
 * What a test needs besides the rows.
 * @typedef {object} Recorded
 * @property {readonly Row[]} rows
 * @property {string | null} url The page.
 * @property {import('../../host.js').Mode} mode
 * @property {readonly import('../../host.js').Chat[]} chats
 * @property {Faults} faults Those that are on, for a run whose start the log has lost.
 * @property {Iterable<string>} [codes] Login codes known from elsewhere. No code gets into a test.
 */

/**
 * One event of a run: a step of the user, a call, the end of a call that a step overtook, a text that the page showed, or a load of the
 * page by itself.
 * @typedef {{ is: 'step' | 'call' | 'end' | 'shows' | 'load', row: Row, late?: boolean }} RunEvent `late`: a step came before the answer.
 */

/** Outcomes that a run repeats. A call that was dropped, forgotten or answered by hand may end differently next time. */
const REPEATABLE = ['ok', 'fail', 'silent'];

/** Whether a test can expect the call to end as it did, without ending it by hand. @param {Row} row */
export const isOver = ({ outcome, byHand }) => REPEATABLE.includes(outcome) && !byHand;

/** @param {Row} row */
export const paramsOf = (row) => row.messages[0].payload.data?.params;

/** @param {Row} row */
const isStep = ({ mark }) => (mark?.mark === 'switch' && mark.by === 'owner') || ['act', 'faults', 'hand'].includes(mark?.mark ?? '');

/** The rows since the console last loaded the page. Loads by a switch or by the page itself do not count. @param {readonly Row[]} rows */
export function lastRun(rows) {
  const start = rows.findLastIndex(({ mark }, i) => mark?.mark === 'load' && mark.by !== 'page' && rows[i - 1]?.mark?.mark !== 'switch');
  return rows.slice(Math.max(0, start));
}

/** The faults that differ from none, as values: a fault of one API is an object. @param {Faults} faults @returns {Faults} */
export const faultsOn = (faults) => Object.fromEntries(Object.entries(faults).filter(([name, value]) => !isOff(name, value)));

/** @param {string} name @param {any} value */
const isOff = (name, value) => JSON.stringify(value) === JSON.stringify(NO_FAULTS[/** @type {'drop'} */ (name)]);

/**
 * What changes the faults `before` to `after`; both have only those that are on.
 * @param {Faults} before @param {Faults} after @returns {Faults}
 */
function faultChange(before, after) {
  const gone = Object.keys(before).filter((name) => !Object.hasOwn(after, name));
  const changed = Object.entries(after).filter(
    ([name, value]) => JSON.stringify(value) !== JSON.stringify(before[/** @type {'drop'} */ (name)]),
  );
  return Object.fromEntries([...gone.map((name) => [name, NO_FAULTS[/** @type {'drop'} */ (name)]]), ...changed]);
}

/** The events of a run, in order. @param {readonly Row[]} rows @returns {RunEvent[]} */
export function eventsOf(rows) {
  /** @type {RunEvent[]} */
  const events = [];
  const steps = rows.filter(isStep).map(({ at }) => at);
  /** The calls that are ended by hand, until they are. */
  const held = new Set(rows.flatMap(({ mark }) => mark?.hand?.call ?? []));
  /** Calls that a step overtook. @type {Row[]} */
  let waiting = [];
  /** The number of the next step. */
  let next = 0;
  /** Adds the ends that have come by a time. @param {number} at */
  const endBy = (at) => {
    const hasEnded = (/** @type {Row} */ row) => endOf(row) <= at && !held.has(seqOf(row));
    events.push(...waiting.filter(hasEnded).map((row) => ({ is: /** @type {const} */ ('end'), row })));
    waiting = waiting.filter((row) => !hasEnded(row));
  };
  for (const row of rows) {
    const mark = row.mark?.mark;
    if (isStep(row) || mark === 'shows') endBy(row.at);
    if (isStep(row)) {
      next++;
      events.push({ is: 'step', row });
      if (row.mark?.hand) held.delete(row.mark.hand.call);
    } else if (mark === 'shows') events.push({ is: 'shows', row });
    else if (mark === 'load' && row.mark?.by === 'page') events.push({ is: 'load', row });
    else if (row.kind === 'call') {
      const late = held.has(seqOf(row)) || (isOver(row) && next < steps.length && endOf(row) > steps[next]);
      events.push({ is: 'call', row, late });
      if (late) waiting.push(row);
    }
  }
  endBy(Infinity);
  return events;
}

/** The number of a call's request. @param {Row} row */
export const seqOf = ({ messages }) => messages[0].seq;

/** When a call was answered, in whole milliseconds: a step that came after it has no smaller time. @param {Row} row */
const endOf = ({ at, duration }) => at + Math.floor(duration ?? 0);

/**
 * The host's options: the conversations that take part, and what differs from the kit's defaults.
 * @param {Recorded} recorded @param {boolean} withUrl
 */
export function optionsOf({ rows, url, mode, chats, faults }, withUrl) {
  const all = rows.some(({ api }) => api === 'openEnterpriseChat');
  const ids = rows.flatMap(({ mark }) => mark?.id ?? []);
  const current = ids[0] ?? chats[0]?.id;
  const used = chats.filter(({ id }) => all || id === current || ids.includes(id));
  return {
    ...(withUrl && { url: url ?? '' }),
    ...(mode !== 'postMessage' && { mode }),
    chats: used,
    ...(used.length > 0 && { current }),
    ...(Object.keys(faults).length > 0 && { faults }),
  };
}

/**
 * The run to copy, its texts without the login codes, and functions that hide the codes in more values. `matching` puts a matcher in
 * place of a text with a code, and `plain` nothing.
 * @param {Recorded} recorded
 */
export function runOf(recorded) {
  const { rows, codes, url, chats } = recorded;
  const hide = hidingOf(rows, codes, [url]);
  const matching = hidingOf(rows, codes, [url], () => new Source('expect.any(String)'));
  const plain = hidingOf(rows, codes, [url], () => undefined);
  const last = lastRun(rows);
  const [start] = last;
  const faults = start?.mark?.mark === 'load' ? (start.mark.faults ?? {}) : recorded.faults;
  return { run: { ...recorded, rows: last, url: hide(url), chats: hide(chats), faults: hide(faults) }, hide, matching, plain };
}

/** The rows' marks of faults, each with what it changes. @param {readonly Row[]} rows @param {Faults} before @returns {Map<Row, Faults>} */
export function faultChanges(rows, before) {
  const changes = new Map();
  for (const row of rows) {
    if (row.mark?.mark !== 'faults') continue;
    const after = row.mark.faults ?? {};
    changes.set(row, faultChange(before, after));
    before = after;
  }
  return changes;
}

/** @param {...string} all */
export const lines = (...all) => `${all.join('\n')}\n`;
