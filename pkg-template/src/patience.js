/** Timeout for loading one of our files, in milliseconds. The calls that wait for it have no timeout of their own yet. */
export const PATIENCE = 30_000;

// Captured when the script loads, before the page can replace it.
const { setTimeout } = globalThis;

export const late = () => new Error(`it did not come within ${PATIENCE / 1000} s`);

/** The promise; rejects if it does not settle in that time. */
export const withPatience = (promise) => Promise.race([promise, new Promise((_, reject) => setTimeout(() => reject(late()), PATIENCE))]);
