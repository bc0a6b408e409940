// @ts-check
/** Decides when an answer is sent, and which faults apply to it. Without faults it is sent at once. */
import { REORDER_WAIT } from './faults.js';

/** Numbers from 0 to 1 that follow from the seed (mulberry32). @param {number} seed @returns {() => number} */
function seeded(seed) {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/**
 * @param {() => import('./types.js').Faults} faults The current ones.
 * @param {() => number} random 0 to 1; used unless the faults have a seed.
 */
export function createSchedule(faults, random) {
  /** @type {Set<ReturnType<typeof setTimeout>>} */
  const timers = new Set();
  /** Answers that wait for another to overtake them. @type {(() => void)[]} */
  const parked = [];
  let turn = 0;

  /** @param {() => void} run @param {number} ms */
  function later(run, ms) {
    const timer = setTimeout(() => {
      timers.delete(timer);
      run();
    }, ms);
    timers.add(timer);
  }

  /** @param {() => void} send */
  function leave(send) {
    if (!faults().reorder || parked.length > 0) {
      send();
      release();
      return;
    }
    parked.push(send);
    later(() => {
      const index = parked.indexOf(send);
      if (index >= 0) parked.splice(index, 1)[0]();
    }, REORDER_WAIT);
  }

  /** Sends the answers that were waiting to be overtaken. */
  function release() {
    for (const send of parked.splice(0)) send();
  }

  return {
    release,
    /**
     * The random numbers of one call. With a seed they depend only on how many calls came before, not on which answer is sent first.
     * @returns {() => number}
     */
    dice() {
      const { seed } = faults();
      turn++;
      return seed === 0 ? random : seeded(Math.imul(seed, 0x9e3779b1) ^ Math.imul(turn, 0x85ebca6b));
    },
    /** Starts the sequence of a seed again. */
    rewind() {
      turn = 0;
    },
    /** @param {string} api @param {() => number} dice @param {() => void} send Called once, unless `clear` comes first. */
    run(api, dice, send) {
      const { latencyMs, jitterMs, apis } = faults();
      const own = Object.hasOwn(apis, api) ? (apis[api].latencyMs ?? 0) : 0;
      const delay = latencyMs + own + jitterMs * dice();
      if (delay > 0) later(() => leave(send), delay);
      else leave(send);
    },
    clear() {
      parked.length = 0;
      for (const timer of timers) clearTimeout(timer);
      timers.clear();
    },
  };
}
