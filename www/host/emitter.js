// @ts-check
/** The host's events. */

/** @typedef {import('./types.js').HostEvents} HostEvents */

export function createEmitter() {
  /** @type {Map<string, Set<(detail: any) => void>>} */
  const listeners = new Map();

  /**
   * Calls the listeners. If one throws, the others are still called and the page still gets its answer. The error becomes
   * an `error` event, or goes to the browser's console if there is no listener for those.
   * @template {keyof HostEvents} K
   * @param {K} name @param {HostEvents[K]} detail
   */
  function emit(name, detail) {
    const told = [...(listeners.get(name) ?? [])];
    for (const listener of told) {
      try {
        listener(detail);
      } catch (error) {
        if (name === 'error') console.error(error);
        else emit('error', { error, from: 'listener' });
      }
    }
    if (name === 'error' && told.length === 0) console.error(/** @type {HostEvents['error']} */ (detail).error);
  }

  return {
    emit,
    /**
     * Adds a listener for an event of the host.
     * @template {keyof HostEvents} K
     * @param {K} name @param {(detail: HostEvents[K]) => void} listener
     * @returns {() => void} Stops listening.
     */
    on(name, listener) {
      const set = listeners.get(name) ?? new Set();
      listeners.set(name, set.add(listener));
      return () => void set.delete(listener);
    },
    clear: () => listeners.clear(),
  };
}
