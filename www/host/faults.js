// @ts-check
/** The faults that the host can simulate. */
import { isObject, isText, PUSH_API, REQUEST_TYPE } from './protocol.js';

/** @typedef {import('./types.js').Faults} Faults */

/** No fault at all. @type {Readonly<Faults>} */
export const NO_FAULTS = Object.freeze({
  latencyMs: 0,
  jitterMs: 0,
  drop: 0,
  duplicate: 0,
  reorder: false,
  staleMs: 0,
  oldConsole: false,
  garbage: 0,
  errors: Object.freeze({}),
  apis: Object.freeze({}),
  seed: 0,
});

/** How long a reordered answer waits for another to overtake it, in milliseconds. */
export const REORDER_WAIT = 1000;

const MAX_DELAY = 600_000;

/** @param {unknown} value @param {number} max */
const within = (value, max) => (Number.isFinite(Number(value)) ? Math.min(Math.max(Number(value), 0), max) : 0);

/** The faults of one API, without those that are off. @param {unknown} faults @returns {Partial<import('./types.js').ApiFaults>} */
function normalizeApiFaults(faults) {
  const given = isObject(faults) ? faults : {};
  const latencyMs = within(given.latencyMs, MAX_DELAY);
  const drop = within(given.drop, 1);
  return {
    ...(latencyMs > 0 && { latencyMs }),
    ...(drop > 0 && { drop }),
    ...(given.hold === true && { hold: true }),
    ...(given.silent === true && { silent: true }),
  };
}

/**
 * Faults with every member present and within bounds; an invalid value becomes no fault.
 * @param {Partial<Faults> | null | undefined} faults
 * @returns {Faults}
 */
export function normalizeFaults(faults) {
  const given = isObject(faults) ? faults : {};
  const errors = isObject(given.errors) ? Object.entries(given.errors).filter(([, text]) => isText(text)) : [];
  const apis = isObject(given.apis) ? Object.entries(given.apis) : [];
  return {
    latencyMs: within(given.latencyMs, MAX_DELAY),
    jitterMs: within(given.jitterMs, MAX_DELAY),
    drop: within(given.drop, 1),
    duplicate: within(given.duplicate, 1),
    reorder: given.reorder === true,
    staleMs: within(given.staleMs, MAX_DELAY),
    oldConsole: given.oldConsole === true,
    garbage: within(given.garbage, 1),
    errors: Object.fromEntries(errors),
    apis: Object.fromEntries(
      apis.map(([api, some]) => /** @type {const} */ ([api, normalizeApiFaults(some)])).filter(([, some]) => Object.keys(some).length > 0),
    ),
    seed: Math.floor(within(given.seed, 2 ** 31)),
  };
}

/** Whether any fault is on. @param {Faults} faults */
export const hasFaults = (faults) =>
  Object.keys(faults.errors).length > 0 ||
  Object.keys(faults.apis).length > 0 ||
  [
    faults.latencyMs,
    faults.jitterMs,
    faults.drop,
    faults.duplicate,
    faults.reorder,
    faults.staleMs,
    faults.oldConsole,
    faults.garbage,
  ].some(Boolean);

/**
 * Messages that no page should accept as an answer: malformed in different ways, or not asked for. None has the reqId of a pending
 * call, so a page that ignores them still gets its answer.
 * @type {readonly ((api: string) => any)[]}
 */
export const GARBAGE = Object.freeze([
  () => null,
  () => 'garbage',
  () => 42,
  () => true,
  () => [1, 2, 3],
  () => ({}),
  (api) => ({ reqId: 'nobody-asked', api, data: { externalUserId: 'forged' } }),
  (api) => ({ api, data: {} }),
  () => ({ reqId: {}, api: [], data: 'not an object' }),
  () => ({ api: PUSH_API, data: 'not an object' }),
  () => ({ type: REQUEST_TYPE, data: { api: 'getCurChatInfo', reqId: 'an-echo', params: {} } }),
  () => ({ source: 'react-devtools-bridge', payload: { event: 'noise' } }),
]);
