/** Counts how often the page loads: once when the console loads it, and again when it reloads or redirects itself. No DOM here. */

/** This many loads within this time (milliseconds) are a loop, such as that of a login whose cookie is lost. */
export const LOOP = { loads: 5, ms: 10_000 };

export function createLoadCount() {
  // Before the console has an address, the frame loads an empty document.
  let awaited = true;
  /** The times of the last loads, since the console has loaded the page. @type {number[]} */
  let times = [];
  /** The document that has called, by its calls; null before its first one. @type {string | null} */
  let caller = null;
  /** Whether a call has told of the load whose event is to come. */
  let isTold = false;
  return {
    /** The console loads the page. Reloads by the user are no loop. */
    byConsole() {
      awaited = true;
      times = [];
      caller = null;
    },
    /**
     * The page has called. Its calls come before the load event, and the helper gives those of one document one prefix.
     * @param {string | number | null} reqId
     * @returns {boolean} Whether the page has loaded itself since its last call.
     */
    called(reqId) {
      const document = /^juzi-\d+-/.exec(String(reqId))?.[0];
      if (!document || document === caller) return false;
      const again = caller !== null;
      caller = document;
      isTold = again;
      return again;
    },
    /**
     * The frame has loaded.
     * @param {number} at Milliseconds.
     * @returns {{ again: boolean, looping: boolean }} Whether the page loaded itself, and whether it keeps doing so.
     */
    loaded(at) {
      const again = !awaited && !isTold;
      awaited = false;
      isTold = false;
      times = [...times.filter((time) => at - time < LOOP.ms), at];
      return { again, looping: times.length >= LOOP.loads };
    },
  };
}
