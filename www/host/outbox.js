// @ts-check
/** Posts messages to the page, with the faults, and logs each. */
import { GARBAGE } from './faults.js';
import { isObject, isText, PUSH_API } from './protocol.js';

/** @typedef {import('./types.js').LogEntry} LogEntry */
/** @typedef {import('./types.js').Outcome} Outcome */

/** @param {unknown} error */
const messageOf = (error) => (error instanceof Error ? error.message : String(error));

/** What kind of message an owner posts by hand. @param {any} payload @returns {Pick<LogEntry, 'kind' | 'api' | 'reqId'>} */
function describe(payload) {
  const api = isObject(payload) && isText(payload.api) ? payload.api : '';
  const reqId = isObject(payload) && (isText(payload.reqId) || typeof payload.reqId === 'number') ? payload.reqId : null;
  if (reqId !== null && api) return { kind: 'answer', api, reqId };
  return api === PUSH_API ? { kind: 'push', api, reqId: null } : { kind: 'garbage', api: '', reqId: null };
}

/**
 * @param {object} desk
 * @param {import('./state.js').State} desk.state
 * @param {ReturnType<typeof import('./emitter.js').createEmitter>['emit']} desk.emit
 */
export function createOutbox({ state, emit }) {
  let garbageTurn = 0;

  /**
   * Posts one message, unless a fault has dropped it, and logs it.
   * @param {Pick<LogEntry, 'kind' | 'api' | 'reqId' | 'outcome' | 'duration' | 'answers'>} about
   * @param {any} payload @param {string} origin The origin of the receiving page.
   */
  function post(about, payload, origin) {
    /** @type {LogEntry} */
    const entry = { seq: ++state.seq, at: Date.now(), direction: 'out', origin, payload, ...about };
    if (about.outcome !== 'dropped') {
      try {
        const target = state.page();
        if (!target) throw new Error('the page is gone');
        // An opaque origin (a sandboxed frame) cannot be a target origin; only '*' reaches it.
        target.postMessage(payload, origin === 'null' || origin === '' ? '*' : origin);
      } catch (error) {
        entry.outcome = 'unsent';
        entry.error = messageOf(error);
      }
    }
    emit('message', entry);
    return entry.outcome;
  }

  /** @param {string} api @param {string} origin */
  function postGarbage(api, origin) {
    const payload = GARBAGE[garbageTurn++ % GARBAGE.length](api);
    post({ kind: 'garbage', api: '', reqId: null, outcome: 'sent', duration: null }, payload, origin);
  }

  /**
   * Posts an answer with the current faults, and returns its outcome.
   * @param {LogEntry} request @param {any} data @param {'ok' | 'fail'} outcome @param {() => number} dice
   * @returns {Outcome}
   */
  function postAnswer({ api, reqId, origin, duration, seq }, data, outcome, dice) {
    const { faults } = state;
    const chance = (/** @type {number} */ probability) => probability > 0 && dice() < probability;
    if (chance(faults.garbage)) postGarbage(api, origin);
    const about = { kind: /** @type {const} */ ('answer'), api, reqId, duration, answers: seq };
    const message = { reqId, api, data };
    if (chance(Math.max(faults.drop, Object.hasOwn(faults.apis, api) ? (faults.apis[api].drop ?? 0) : 0))) {
      post({ ...about, outcome: 'dropped' }, message, origin);
      return 'dropped';
    }
    const sent = post({ ...about, outcome }, message, origin);
    if (chance(faults.duplicate)) post({ ...about, outcome: 'duplicate' }, message, origin);
    return sent === 'unsent' ? 'unsent' : outcome;
  }

  /**
   * Posts the owner's own message unchanged: a repeated answer, another answer, or a push.
   * @param {any} payload @param {string} origin
   */
  function postByHand(payload, origin) {
    return post({ ...describe(payload), outcome: 'sent', duration: null }, payload, origin) === 'sent';
  }

  return { post, postGarbage, postAnswer, postByHand };
}
