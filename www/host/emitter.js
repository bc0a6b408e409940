// @ts-check
/** Events for the owner. */

/** @typedef {import('./types.js').HostEvents} HostEvents */

export function createEmitter() {
  /** @type {Map<string, Set<(detail: any) => void>>} */
  const listeners = new Map();

  /**
   * Tells the listeners. One that throws keeps neither the others from hearing nor the page from its answer: its error
   * is an `error` event, and goes to the browser's console where nobody listens to those.
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
        else emit('error', { error });
      }
    }
    if (name === 'error' && told.length === 0) console.error(/** @type {HostEvents['error']} */ (detail).error);
  }

  return {
    emit,
    /**
     * Listens to an event of the host.
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
