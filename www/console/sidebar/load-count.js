/** Counts how often the page loads: once when the console loads it, and again when it reloads or redirects itself. No DOM here. */

/** This many loads within this time (milliseconds) are a loop, such as that of a login whose cookie is lost. */
export const LOOP = { loads: 5, ms: 10_000 };

export function createLoadCount() {
  // Before the console has an address, the frame loads an empty document.
  let awaited = true;
  /** The times of the last loads, since the console has loaded the page. @type {number[]} */
  let times = [];
  return {
    /** The console loads the page. Reloads by the user are no loop. */
    byConsole() {
      awaited = true;
      times = [];
    },
    /**
     * The frame has loaded.
     * @param {number} at Milliseconds.
     * @returns {{ again: boolean, looping: boolean }} Whether the page loaded itself, and whether it keeps doing so.
     */
    loaded(at) {
      const again = !awaited;
      awaited = false;
      times = [...times.filter((time) => at - time < LOOP.ms), at];
      return { again, looping: times.length >= LOOP.loads };
    },
  };
}
