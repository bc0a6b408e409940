// What JavaScript has to do for the Rust core: hold the callbacks of each call, run them, and keep answering where the
// WebAssembly is not there yet, is not allowed, or has failed. No rule of the protocol is in here.

// Taken when the script loads: a page that replaces one of them afterwards changes nothing here.
const { Map, Object, Promise, Set, String, URL, console, crypto, performance, postMessage, queueMicrotask, setTimeout } = globalThis;
const { isArray } = Array;
const { apply, defineProperty } = Reflect;

/** A call that failed, as promises reject with it. */
export class JuziError extends Error {
  constructor(api, res) {
    super(res.err_msg);
    this.api = api;
    this.err_msg = res.err_msg;
    this.res = res;
    // The fixed reasons as an identifier: `not_in_sidebar`, `timeout`, …; `fail` for any other.
    const fixed =
      /:fail (not in sidebar|timeout|function not exist|host unreachable|internal error|webassembly blocked|aborted)/;
    this.code = (fixed.exec(res.err_msg)?.[1] ?? 'fail').replace(/ /g, '_');
  }
}
JuziError.prototype.name = 'JuziError';

// ---- Calls ----

/** The WebAssembly's exports, once it runs. */
let core;
/** What waits for it. */
let queue = [];
/** Why no call can be answered any more. */
let dead;
/** The calls without an answer, by reqId: those with the usual timeout, the long one, and none. In the order of their end. */
const lanes = [new Map(), new Map(), new Map()];
/** The lasting subscriptions to pushes. */
const subscribers = new Set();

const isFunction = (value) => typeof value == 'function';

/** What was thrown, as text; it may be anything, and reading it may throw again. */
const said = (thrown) => {
  try {
    return String(thrown?.message ?? thrown);
  } catch {
    return 'unreadable error';
  }
};

/** An error of the page's own code: to `window.onerror`, and nothing of ours stops for it. */
const rethrow = (error) =>
  queueMicrotask(() => {
    throw error;
  });

/** Ends a call, once. */
export const settle = (entry, ok, res) => {
  if (entry.ended) return;
  entry.ended = true;
  lanes[entry.lane]?.delete(entry.id);
  entry.signal?.removeEventListener('abort', entry.abort);
  for (const callback of [entry.done, ok ? entry.success : entry.fail, entry.complete]) {
    // A microtask each: asynchronous always, and what one of them throws is the page's alone.
    if (isFunction(callback)) queueMicrotask(() => callback(res));
  }
  if (entry.resolve) {
    if (ok) entry.resolve(res);
    else entry.reject(new JuziError(entry.name, res));
  }
};

const fail = (entry, reason) => {
  const err_msg = `${entry.name}:fail ${reason}`;
  settle(entry, false, { err_msg, errMsg: err_msg, errCode: -1 });
};

/** Every call there is and will be fails with this reason. */
const die = (reason, ...why) => {
  if (dead) return;
  dead = reason;
  core = undefined;
  console.error(`juzi-helper: ${reason}`, ...why);
  for (const { entry } of queue) if (entry) fail(entry, reason);
  queue = [];
  for (const lane of lanes) for (const entry of [...lane.values()]) fail(entry, reason);
};

/** Runs the WebAssembly. If it traps, its memory cannot be trusted any more. */
const guard = (run, entry) => {
  try {
    return run();
  } catch (error) {
    if (error instanceof WebAssembly.RuntimeError) die('internal error', error);
    else console.error('juzi-helper:', error);
    if (entry) fail(entry, 'internal error');
  }
};

/** Now, or as soon as the WebAssembly runs. */
const whenReady = (run, entry) => {
  if (core) return guard(run, entry);
  if (!dead) queue.push({ run, entry });
  else if (entry) fail(entry, dead);
};

/** Collects the callbacks of a call. */
const open = (bridged, name, params, done) => {
  const entry = { name: typeof name == 'string' ? name : typeof name, bridged, params, done };
  if (isFunction(params) && !isFunction(done)) {
    entry.done = params;
    entry.params = undefined;
  }
  let thrown;
  // Beside a callback, SDKs leave success, fail and complete in the params and call them on their own.
  if (!isFunction(entry.done) && params && typeof params == 'object') {
    try {
      ({ success: entry.success, fail: entry.fail, complete: entry.complete, signal: entry.signal } = params);
    } catch (error) {
      thrown = { error };
    }
  }
  const heard = [entry.done, entry.success, entry.fail, entry.complete].some(isFunction);
  if (!heard && !bridged) {
    entry.promise = new Promise((resolve, reject) => Object.assign(entry, { resolve, reject }));
  }
  if (thrown) fail(entry, said(thrown.error));
  else if (entry.signal !== undefined) heed(entry);
  return entry;
};

/** Lets an AbortSignal end the call. */
const heed = (entry) => {
  entry.abort = () => fail(entry, 'aborted');
  try {
    if (entry.signal.aborted) entry.abort();
    else entry.signal.addEventListener('abort', entry.abort);
  } catch {
    entry.signal = undefined;
    fail(entry, 'signal must be an AbortSignal');
  }
};

const call = (bridged, name, params, done) => {
  const entry = open(bridged, name, params, done);
  whenReady(() => entry.ended || core.begin(entry.name, entry.params, entry), entry);
  return entry.promise;
};

/** `juziWx.<name>`. */
export const method = (name) => (params, done) => call(false, name, params, done);
/** `juziWx.invoke`. */
export const invoke = (name, params, done) => call(false, name, params, done);
/** `WeixinJSBridge.invoke`: what SDKs call, which never look at a promise. */
export const bridgeInvoke = (name, params, done) => call(true, name, params, done);
/** `WeixinJSBridge.call`: names of menus and toolbars, of which this page has none. */
export const bridgeCall = () => {};
/** `juziWx.patch`. */
export const patch = (wx) => {
  if (Object(wx) !== wx) throw new TypeError('patch: wx must be an object');
  return whenReady(() => core.patch(wx)) ?? wx;
};

/** The WebAssembly runs: what waited for it goes first, in order. */
export const connect = (exports) => {
  core = exports;
  const waiting = queue;
  queue = [];
  for (const { run, entry } of waiting) guard(run, entry);
};
/** It will never run. */
export const block = die;

// ---- For the core: calls ----

export const hold = (lane, id, entry, row, deadline) => {
  lanes[lane].set(id, Object.assign(entry, { lane, id, row, deadline }));
};
export const held = (id) => lanes[0].get(id) ?? lanes[1].get(id);
export const first = (lane) => lanes[lane].values().next().value;
/** A push: to the calls that wait for it, each once, and to the lasting subscriptions. Each gets a `res` of its own. */
export const publish = (res) => {
  const waiting = [...lanes[2].values()];
  for (const entry of waiting) settle(entry, true, { ...res });
  for (const callback of subscribers) {
    const own = { ...res };
    queueMicrotask(() => callback(own));
  }
};
export const subscribe = (callback) => subscribers.add(callback);
export const unsubscribe = (callback) => subscribers.delete(callback);
/** Runs a function of the page's at once; what it throws is its own. */
export const run = (callback) => {
  try {
    callback();
  } catch (error) {
    rethrow(error);
  }
};

// ---- For the core: the page ----

export const now = performance ? performance.now.bind(performance) : Date.now;
export const wake = (delay) => {
  setTimeout(() => core && guard(() => core.tick()), delay);
};
export const hear = (page) => {
  page.addEventListener('message', (event) => core && guard(() => core.message(event)));
};
/** What every reqId of this page starts with: another script's calls in the same page must not have the same. */
export const randomPrefix = () => `juzi-${crypto.getRandomValues(new Uint32Array(2)).join('')}-`;
/** The origin of the window around the page's, where the browser tells. */
export const ancestor = (page) => page.location.ancestorOrigins?.[0];
export const send = (target, message, origin) => apply(postMessage, target, [message, origin]);
export const log = (...what) => console.log('juzi-helper:', ...what);
export const complain = (text) => console.error(`juzi-helper: ${text}`);
/** A member of the object's own; nothing where reading it throws. An element with that id is no member of the window's own. */
export const ownMember = (object, name) => {
  try {
    if (Object.hasOwn(object, name)) return object[name];
  } catch {
    // A getter of the page's: left alone.
  }
};
/** Takes over what is assigned to a global that is not there yet. */
export const watch = (page, name) => {
  if (Object.hasOwn(page, name) && page[name] !== undefined) return false;
  let value;
  return tryDefine(page, name, {
    get: () => value,
    set(assigned) {
      const taken = Object(assigned) === assigned && core ? guard(() => core.assigned(assigned)) : undefined;
      value = taken ?? assigned;
    },
  });
};
export const defineEnv = (object, name) => tryDefine(object, name, { get: () => core && guard(() => core.env()) });
/** The absolute http(s) URL, or undefined. */
export const resolveUrl = (url) => {
  try {
    const { protocol, href } = new URL(url, document.baseURI);
    if (protocol == 'http:' || protocol == 'https:') return href;
  } catch {
    // Not a URL.
  }
};

// ---- For the core: values ----

let texts;
let numbers;
/** The table of names (atoms.rs), one per line. */
export const learn = (lines) => {
  texts = lines.split('\n');
  numbers = new Map(texts.map((text, number) => [text, number]));
};
export const atom = (number) => texts[number];
export const which = (value) => numbers.get(value) ?? -1;
/** In the order of `Kind` (value.rs). */
export const kind = (value) => {
  if (value == null) return 0;
  switch (typeof value) {
    case 'string':
      return value ? 2 : 1;
    case 'object':
      try {
        return isArray(value) ? 4 : 3;
      } catch {
        // A revoked proxy: reading it will say so.
        return 3;
      }
    case 'boolean':
      return 5;
    case 'number':
      return 6;
    default:
      return 7;
  }
};
export const get = (object, number) => object[texts[number]];
export const length = (list) => list.length >>> 0;
export const item = (list, index) => list[index];
export const record = () => ({});
export const list = () => [];
export const set = (object, number, value) => {
  object[texts[number]] = value;
};
const tryDefine = (object, name, descriptor) => {
  try {
    return defineProperty(object, name, { ...descriptor, enumerable: true, configurable: true });
  } catch {
    // A proxy's trap.
    return false;
  }
};
/** Under a name of the page's choosing: `__proto__` is a name like any other. False where the object does not take it. */
export const define = (object, name, value) => tryDefine(object, name, { value, writable: true });
export const push = (array, value) => {
  array.push(value);
};
/** A spread runs no setter. */
export const copy = (object) => ({ ...object });
export const concat = (head, tail) => head + tail;
export const startsWith = (text, number) => typeof text == 'string' && text.startsWith(texts[number]);
export const endsWith = (text, number) => typeof text == 'string' && text.endsWith(texts[number]);
export const toNumber = (value) => (typeof value == 'number' || typeof value == 'string' ? +value : NaN);
export { said };
