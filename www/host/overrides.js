// @ts-check
/** The owner's own answers, which come before the console's. */

/** @typedef {import('./types.js').Handler} Handler */

/** A handler returns this to answer later, through `call.answer` or `call.fail`. */
export const HOLD = Symbol('hold');

/** A handler returns this to leave the call without an answer. */
export const SILENT = Symbol('silent');

export function createOverrides() {
  /** The handler for an API, and how many more calls it applies to. @type {Map<string, { handler: Handler, left: number }>} */
  const overrides = new Map();

  /** @param {string} api @param {Handler} handler @param {{ times?: number }} [limit] */
  function override(api, handler, { times = Infinity } = {}) {
    overrides.set(api, { handler, left: times });
  }

  return {
    /** The owner's handler for an API. @param {string} api */
    find: (api) => overrides.get(api)?.handler,
    /** Counts down the calls that the owner's handler still applies to. @param {string} api */
    useUp(api) {
      const found = overrides.get(api);
      if (found && --found.left <= 0) overrides.delete(api);
    },
    controls: {
      /**
       * Answers an API with this data, or with the result of a function.
       * @param {string} api @param {object | Handler} data @param {{ times?: number }} [limit]
       */
      answer: (api, data, limit) => override(api, typeof data === 'function' ? /** @type {Handler} */ (data) : () => data, limit),

      /** Fails an API. @param {string} api @param {string} [reason] @param {{ times?: number }} [limit] */
      fail: (api, reason = '', limit) =>
        override(
          api,
          () => {
            throw new Error(reason);
          },
          limit,
        ),

      /** Leaves an API's calls pending until `call.answer` or `call.fail`. @param {string} api @param {{ times?: number }} [limit] */
      hold: (api, limit) => override(api, () => HOLD, limit),

      /** Never answers an API. @param {string} api @param {{ times?: number }} [limit] */
      silence: (api, limit) => override(api, () => SILENT, limit),

      /** Restores the console's own answers, for one API or for all. @param {string} [api] */
      restore(api) {
        if (api === undefined) overrides.clear();
        else overrides.delete(api);
      },
    },
  };
}
