/**
 * The rows of the log. A call and its answers are one row; a push, a message outside the protocol, a request to the hub and a mark
 * are one each. No DOM here.
 */

/** @typedef {import('../../host.js').LogEntry} LogEntry */
/** @typedef {import('../types.js').HubRequest} HubRequest */

/**
 * How a test finds an element: by its role and its name, by its text, or by a selector. `nth` counts from 0 where it is not the only one.
 * @typedef {{ role?: string, name?: string, text?: string, css?: string, nth?: number }} Place
 */

/**
 * What the user did in the page. The names are Playwright's.
 * @typedef {{ does: 'click' | 'fill' | 'check' | 'uncheck' | 'selectOption' | 'press', place: Place, value?: string }} Act
 */

/**
 * How the user ended a call by hand. `call` is the `seq` of its request.
 * @typedef {{ call: number, does: 'answer' | 'fail' | 'ignore' | 'proceed', data?: any, reason?: string }} Hand
 */

/** What the page showed: an element, and its text if its place does not say it. @typedef {{ place: Place, text?: string }} Shown */

/**
 * What happened around the messages: the page was loaded, the conversation was switched, the console was reloaded, the faults were
 * changed, the user did something in the page, the page showed something, the user ended a call by hand. In a page's report: what the
 * helper has detected, and the page's errors.
 * @typedef {'load' | 'switch' | 'console' | 'faults' | 'act' | 'shows' | 'hand'} ConsoleMark
 * @typedef {ConsoleMark | 'detected' | 'host' | 'failed' | 'error' | 'rejection'} MarkName
 * @typedef {object} Mark
 * @property {MarkName} mark
 * @property {string} text
 * @property {'page' | 'owner'} [by]
 * @property {string} [id] The conversation.
 * @property {string} [stack] Of an error.
 * @property {Partial<import('../../host.js').Faults>} [faults] Those that are on from then.
 * @property {Act} [act]
 * @property {Shown} [shown]
 * @property {Hand} [hand]
 */

/**
 * @typedef {object} Row
 * @property {number} id Counts up, over all logs of this window.
 * @property {number} at
 * @property {'call' | 'answer' | 'push' | 'garbage' | 'hub' | 'mark'} kind `answer`: posted by hand for a call that the log has lost.
 * @property {string} api Of a request to the hub: its path.
 * @property {string | number | null} reqId
 * @property {string} outcome
 * @property {number | null} duration
 * @property {LogEntry[]} messages Of a call: the request, then its answers.
 * @property {HubRequest} [hub]
 * @property {Mark} [mark]
 * @property {import('../../host.js').Call} [call] While it waits for an answer.
 * @property {boolean} [byUser] The user was active in the page when the call came, so a click may have caused it.
 * @property {boolean} [byHand] The user answered it in the console.
 * @property {number} version Changes when the row must be drawn again.
 */

/** @param {HubRequest} hub */
export const hubOutcome = ({ status, errcode }) => (status >= 400 || (errcode !== null && errcode !== 0) ? 'fail' : 'ok');

/** The newest row's id. An opened file's rows and the live ones are shown by one list, which knows them by their ids. */
let id = 0;

/** Makes rows of what happens, and finds the row of an answer. */
export function createRows() {
  /** The rows of calls by the `seq` of their request. @type {Map<number, Row>} */
  const calls = new Map();

  /** @param {Pick<Row, 'at' | 'kind'> & Partial<Row>} some @returns {Row} */
  const row = (some) => ({ api: '', reqId: null, outcome: '', duration: null, messages: [], version: 0, ...some, id: ++id });

  return {
    /**
     * The row of a message, and whether the row is new.
     * @param {LogEntry} entry @returns {{ row: Row, isNew: boolean }}
     */
    ofMessage(entry) {
      const { at, api, reqId, outcome, duration } = entry;
      const asked = entry.answers === undefined ? undefined : calls.get(entry.answers);
      if (asked) {
        asked.messages.push(entry);
        asked.version++;
        return { row: asked, isNew: false };
      }
      const kind = entry.kind === 'request' ? 'call' : entry.kind;
      const made = row({ at, kind, api, reqId, outcome, duration, messages: [entry] });
      if (kind === 'call') calls.set(entry.seq, made);
      return { row: made, isNew: true };
    },
    /** The row of a call whose outcome is now known. @param {LogEntry} request */
    updated(request) {
      const found = calls.get(request.seq);
      if (!found) return undefined;
      found.outcome = request.outcome;
      found.duration = request.duration;
      found.version++;
      delete found.call;
      return found;
    },
    /** @param {HubRequest} hub */
    ofHub: (hub) =>
      row({
        at: hub.at,
        kind: 'hub',
        api: hub.path,
        reqId: hub.code?.masked ?? null,
        outcome: hubOutcome(hub),
        duration: hub.durationMs,
        hub,
      }),
    /** @param {number} at @param {Mark} mark */
    ofMark: (at, mark) => row({ at, kind: 'mark', mark }),
    /** Forgets calls that the log has dropped. @param {readonly Row[]} gone */
    forget(gone) {
      for (const { messages } of gone) calls.delete(messages[0]?.seq);
    },
    clear: () => calls.clear(),
  };
}
