// @ts-check
/** Simulates a frame where there is none. */
import { randomCode } from './random-code.js';
import { setRealTimeout as soon } from './real-timers.js';

/**
 * Jest's jsdom has no `structuredClone`. This is a replacement for the values in the protocol's messages.
 *
 * @type {(value: any) => any}
 */
const copy =
  globalThis.structuredClone ??
  ((value) => {
    if (typeof value === 'function' || typeof value === 'symbol')
      throw new DOMException(`${String(value)} could not be cloned.`, 'DataCloneError');
    if (Array.isArray(value)) return value.map(copy);
    if (Object(value) !== value) return value;
    return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, copy(member)]));
  });

/**
 * Simulates that a page is framed, in environments such as jsdom, whose messages have neither a source nor an origin. It
 * replaces the page's `window.parent`; messages that the page posts there reach the host. Call it before the page's own
 * code is loaded.
 *
 * ```js
 * const framed = frameWindow(window);
 * const host = createHost({ ...framed, contact: { externalUserId: 'wmA' } });
 * // … load the page's code, then:
 * host.destroy();
 * framed.restore();
 * ```
 *
 * @param {Window & typeof globalThis} pageWindow
 * @param {{ hostOrigin?: string | (() => string), pageOrigin?: string }} [origins] A function is called for each message. The page
 *   can read the origin given as a string at once, as in Chromium (`location.ancestorOrigins`).
 * @returns {{ window: Window, target: Window, restore: () => void }} `window` and `target` are options of `createHost`.
 */
export function frameWindow(pageWindow, { hostOrigin, pageOrigin = pageWindow.location.origin } = {}) {
  const names = /** @type {const} */ (['parent', 'postMessage']);
  const before = names.map((name) => Object.getOwnPropertyDescriptor(pageWindow, name));
  const own = pageWindow.postMessage;
  const mark = `framed by ${randomCode()} `;
  /** Messages that are on their way to the page, by token. @type {Map<string, any>} */
  const inTransit = new Map();
  let count = 0;
  const ownOrigin = () => (typeof hostOrigin === 'function' ? hostOrigin() : hostOrigin) ?? 'https://console.example';

  /**
   * A copy of the message, as browsers deliver it, or null if `address` is not the receiver's `origin`.
   * @param {any} message
   * @param {any} address
   * @param {string} origin
   */
  const deliver = (message, address, origin) => {
    const wanted = typeof address === 'string' ? address : address?.targetOrigin;
    const data = copy(message);
    return wanted === '*' || wanted === origin ? { data } : null;
  };

  const parent = Object.assign(new EventTarget(), {
    postMessage(/** @type {any} */ message, /** @type {any} */ address) {
      const delivered = deliver(message, address, ownOrigin());
      if (!delivered) return;
      soon(() => parent.dispatchEvent(Object.assign(new Event('message'), delivered, { origin: pageOrigin, source: target })), 0);
    },
  });

  // Pages accept only trusted events, so a synthetic event would not work. Instead the page's window posts a token to
  // itself. The first listener, `unwrap`, makes the token's event look like the one that the page expects.
  const target = {
    postMessage(/** @type {any} */ message, /** @type {any} */ address) {
      const delivered = deliver(message, address, pageOrigin);
      if (!delivered) return;
      const token = `${mark}${++count}`;
      inTransit.set(token, delivered.data);
      withRealTimers(() => Reflect.apply(own, pageWindow, [token, '*']));
    },
  };
  /** The properties that a token's event returns instead of its own. @type {WeakMap<Event, any>} */
  const replacements = new WeakMap();
  const unwrap = (/** @type {MessageEvent} */ event) => {
    const { data: token } = event;
    if (!inTransit.has(token)) return;
    const values = { data: inTransit.get(token), origin: ownOrigin(), source: parent };
    inTransit.delete(token);
    replacements.set(event, values);
    // happy-dom: the members are the event's own, and no event is trusted.
    if (Object.hasOwn(event, 'data')) Object.assign(event, values);
    if (!event.isTrusted) Object.defineProperty(event, 'isTrusted', { value: true });
  };
  // Replaces the prototype's getters, not the event's properties, because careful pages use the platform's own getters.
  const { prototype } = pageWindow.MessageEvent ?? MessageEvent;
  const getters = /** @type {const} */ (['data', 'origin', 'source']).map((name) => {
    const found = Object.getOwnPropertyDescriptor(prototype, name);
    Object.defineProperty(prototype, name, {
      configurable: true,
      enumerable: true,
      get() {
        if (replacements.has(this)) return replacements.get(this)[name];
        return found?.get && Reflect.apply(found.get, this, []);
      },
    });
    return () => (found ? Object.defineProperty(prototype, name, found) : delete (/** @type {any} */ (prototype)[name]));
  });
  pageWindow.addEventListener('message', unwrap, true);

  Object.defineProperty(pageWindow, 'parent', { configurable: true, value: parent });
  if (typeof hostOrigin === 'string') tellAncestor(pageWindow, [hostOrigin]);
  // A page may call its own window's `postMessage` with its parent as `this`. The helper does so, because another script may
  // have replaced the parent's. A browser then posts to the parent, but jsdom's function always posts to its own window.
  Object.defineProperty(pageWindow, 'postMessage', {
    configurable: true,
    writable: true,
    value: /** @this {any} */ function postMessage(/** @type {any[]} */ ...given) {
      return this === parent ? parent.postMessage(given[0], given[1]) : Reflect.apply(own, pageWindow, given);
    },
  });
  return {
    window: /** @type {Window} */ (/** @type {unknown} */ (parent)),
    target: /** @type {Window} */ (/** @type {unknown} */ (target)),
    restore() {
      pageWindow.removeEventListener('message', unwrap, true);
      for (const putBack of getters) putBack();
      if (typeof hostOrigin === 'string') tellAncestor(pageWindow, undefined);
      names.forEach((name, i) => {
        const descriptor = before[i];
        if (descriptor) Object.defineProperty(pageWindow, name, descriptor);
        else Reflect.deleteProperty(pageWindow, name);
      });
    },
  };
}

/** jsdom delivers messages with the global timer, which may be a fake one. @param {() => void} post */
function withRealTimers(post) {
  const { setTimeout } = globalThis;
  if (setTimeout === soon) {
    post();
    return;
  }
  globalThis.setTimeout = soon;
  try {
    post();
  } finally {
    globalThis.setTimeout = setTimeout;
  }
}

/** Sets `location.ancestorOrigins`, which simulated windows lack. @param {Window} pageWindow @param {string[] | undefined} value */
function tellAncestor(pageWindow, value) {
  try {
    Object.defineProperty(pageWindow.location, 'ancestorOrigins', { configurable: true, value });
  } catch {
    // A browser has its own, which cannot be replaced.
  }
}
