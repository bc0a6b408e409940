import { isBrowser } from './is-browser.js';

/**
 * A value with subscribers. Each of them is told the value at once, and after each change. The first subscription calls `begin`, in a
 * browser only; when the last one has ended, the function that it returned is called.
 */
export const observable = (initial, begin) => {
  const subscriptions = new Set();
  let value = Object.freeze(initial);
  let end;
  const become = (next) => {
    value = next;
    for (const subscription of [...subscriptions]) if (subscriptions.has(subscription)) tell(subscription);
  };
  /** What a listener throws is reported as the page's own error: the others are told all the same, and who changes the value goes on. */
  const tell = ({ listener }) => {
    try {
      listener(value);
    } catch (error) {
      queueMicrotask(() => {
        throw error;
      });
    }
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
      // An object for each subscription, because a function may subscribe twice.
      const subscription = { listener };
      subscriptions.add(subscription);
      tell(subscription);
      if (isBrowser()) end ??= begin?.();
      return () => {
        subscriptions.delete(subscription);
        // Later: React's StrictMode subscribes again at once.
        queueMicrotask(() => {
          if (subscriptions.size) return;
          end?.();
          end = undefined;
        });
      };
    },
  };
};
