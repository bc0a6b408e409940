/** How long a file of ours is waited for, in milliseconds: the calls that wait for it have no timeout of their own yet. */
export const PATIENCE = 30_000;

// Taken when the script loads, before a page can replace it.
const { setTimeout } = globalThis;

export const late = () => new Error(`it did not come within ${PATIENCE / 1000} s`);

/** The promise, or a failure when it does not settle in that time. */
export const withPatience = (promise) =>
  Promise.race([
    promise,
    new Promise((_, reject) => setTimeout(() => reject(late()), PATIENCE)),
  ]);
