// @ts-check
/**
 * The real timers, so that messages arrive although a test has stopped the clock. They are taken when this module is loaded. Jest's setting
 * `fakeTimers.enableGlobally` has replaced the global ones by then; Node.js gives its own.
 */

/** @param {any} timer Of @sinonjs/fake-timers, which Jest and Vitest use, or of Jest's legacy timers. */
const isFake = (timer) => timer?.clock !== undefined || timer?._isMockFunction === true;

/** @type {{ setTimeout: typeof setTimeout, clearTimeout: typeof clearTimeout }} */
const timers = (isFake(globalThis.setTimeout) && /** @type {any} */ (globalThis).process?.getBuiltinModule?.('node:timers')) || globalThis;

export const { clearTimeout: clearRealTimeout, setTimeout: setRealTimeout } = timers;

/** Whether no real timers could be had. */
export const hasNoTimers = isFake(setRealTimeout);
