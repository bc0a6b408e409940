/** A value with subscribers. The first subscription calls `begin`; when the last one has ended, the function that it returned is called. */
export const observable = (initial, begin) => {
  const listeners = new Set();
  let value = Object.freeze(initial);
  let end;
  const become = (next) => {
    value = next;
    for (const listener of [...listeners]) listener();
  };
  return {
    initial,
    get: () => value,
    set(members) {
      if (Object.keys(members).some((name) => members[name] !== value[name])) become(Object.freeze({ ...value, ...members }));
    },
    reset() {
      if (value !== initial) become(initial);
    },
    subscribe(listener) {
      listeners.add(listener);
      end ??= begin?.();
      return () => {
        listeners.delete(listener);
        // Later: React's StrictMode subscribes again at once.
        queueMicrotask(() => {
          if (listeners.size) return;
          end?.();
          end = undefined;
        });
      };
    },
  };
};
