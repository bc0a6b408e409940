// @ts-check
/** Decides when an answer is sent: at once, or as the faults require. */
import { REORDER_WAIT } from './faults.js';

/**
 * @param {() => import('./types.js').Faults} faults The current ones.
 * @param {() => number} random 0 to 1.
 */
export function createSchedule(faults, random) {
  /** @type {Set<ReturnType<typeof setTimeout>>} */
  const timers = new Set();
  /** Answers that wait for another to overtake them. @type {(() => void)[]} */
  const parked = [];

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
    const { reorder } = faults();
    if (!reorder || parked.length > 0) {
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
    /** @param {number} probability */
    chance: (probability) => probability > 0 && random() < probability,
    /** @param {() => void} send Called once, unless `clear` comes first. */
    run(send) {
      const { latencyMs, jitterMs } = faults();
      const delay = latencyMs + jitterMs * random();
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
