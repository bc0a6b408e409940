// What JavaScript has to do for the Rust core: hold the values and callbacks of each call, run the callbacks, and keep
// answering where the WebAssembly is not there yet, is not allowed, or has failed. No rule of the protocol is in here.

// Taken when the script loads: a page that replaces one of them afterwards changes nothing here.
const { Boolean, Error, Map, Object, Promise, Set, String, URL, console, crypto, performance, queueMicrotask, setTimeout } = globalThis;
const { isArray } = Array;
const { apply, defineProperty } = Reflect;
/** What a trap throws. Where there is no WebAssembly, its form in JavaScript throws what nothing else does (compat.mjs). */
const Trap = globalThis.WebAssembly?.RuntimeError ?? EvalError;

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

/** Ends a call, once. */
export const end = (entry, ok, res) => {
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
  end(entry, false, { err_msg, errMsg: err_msg, errCode: -1 });
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
  const base = values.length;
  try {
    return run();
  } catch (error) {
    if (error instanceof Trap) die('internal error', error);
    else console.error('juzi-helper:', error);
    if (entry) fail(entry, 'internal error');
  } finally {
    values.length = base;
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
  const entry = { name: typeof name == 'string' ? name : typeof name, params, done };
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
  whenReady(() => entry.ended || core.begin(put(entry.name), put(entry.params), put(entry)), entry);
  return entry.promise;
};

const invoke = (name, params, done) => call(false, name, params, done);
const patch = (wx) => {
  if (Object(wx) !== wx) throw new TypeError('patch: wx must be an object');
  return whenReady(() => values[core.patch(put(wx))]) ?? wx;
};
/** The function of a name: `juziWx.<name>`. */
export const member = (name) =>
  name == 'invoke' ? invoke : name == 'patch' ? patch : (params, done) => call(false, name, params, done);
/** What SDKs call, which never look at a promise. Their `call` names menus and toolbars, of which this page has none. */
const weixinJSBridge = ({ userAgent }) => ({
  invoke(name, params, done) {
    // WeChat on Android gives the answer of `checkJsApi` as JSON, and SDKs parse it there.
    const asJson = ({ checkResult, ...res }) => done({ ...res, ...(checkResult && { checkResult: JSON.stringify(checkResult) }) });
    call(true, name, params, isFunction(done) && /android/i.test(userAgent) ? asJson : done);
  },
  on: (name, listener) => void call(true, 'on', name, listener),
  call() {},
});

/** The WebAssembly runs: what waited for it goes first, in order. */
export const connect = (exports, page, options, juziWx, engine) => {
  core = exports;
  given = [page, options, juziWx, engine];
  // Not guarded: what the core keeps of the page it keeps for good.
  // Its looking for a jWeixin is nobody's loading of an SDK.
  const provided = bridgeProvided;
  bridgeProvided = false;
  core.install();
  bridgeProvided ||= provided;
  const waiting = queue;
  queue = [];
  for (const { run, entry } of waiting) whenReady(run, entry);
};
/** It will never run, unless it is tried again. */
export const block = die;
/** It is tried again: calls wait for it once more. */
export const revive = () => {
  dead = undefined;
};

// ---- Values ----

/**
 * Every value that the core speaks of, by its number. The first are the names of atoms.rs behind `undefined`; what the core
 * keeps of the page follows; above that is a stack, from which each run of the core (`guard`) takes what it put there.
 */
const values = [undefined];
let numbers;
/** What `install` is about: page, options, juziWx, engine. */
let given;

const put = (value) => values.push(value) - 1;
/** What a number stands for. */
export const value = (number) => values[number];

/** Makes the names (ASCII, a line each) the first values, once; then those of `given`, and returns the place of the first. */
export const learn = (lines) => {
  numbers ??= new Map(String.fromCharCode(...lines).split('\n').map((text) => [text, put(text)]));
  return given.map((value) => put(value))[0];
};
export const number = put;
/** From WebAssembly, a 0 or a 1. */
export const boolean = (value) => put(!!value);
export const nothing = () => put(null);
export const words = (text) => put(values[text].split(/\s+/).filter(Boolean));
export const which = (value) => numbers.get(values[value]) ?? 0;
/** In the order of `Kind` (value.rs). */
export const kind = (number) => {
  const value = values[number];
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
      return value ? 6 : 5;
    case 'number':
      return 7;
    case 'function':
      return 8;
    default:
      return 9;
  }
};
/** The member, or the negative number of what reading it threw, as text. */
export const get = (object, name) => {
  try {
    const value = values[object][values[name]];
    return value === undefined ? 0 : put(value);
  } catch (error) {
    return -put(said(error));
  }
};
export const item = (list, index) => {
  try {
    return put(values[list][index]);
  } catch (error) {
    return -put(said(error));
  }
};
export const record = () => put({});
export const list = () => put([]);
const tryDefine = (object, name, descriptor) => {
  try {
    return defineProperty(object, name, { ...descriptor, enumerable: true, configurable: true });
  } catch {
    // A proxy's trap.
    return false;
  }
};
/** Of an object that the core made, under a name of its own. */
export const set = (object, name, value) => {
  values[object][values[name]] = values[value];
};
/** Defined, not assigned: `__proto__` is a name like any other. False where the object does not take it. */
export const define = (object, name, value) => tryDefine(values[object], values[name], { value: values[value], writable: true });
export const push = (array, value) => {
  values[array].push(values[value]);
};
/** A spread runs no setter. */
export const copy = (object) => put({ ...values[object] });
export const quoted = (number) => {
  const text = values[number];
  return put(`"${text.slice(0, 40)}${text.length > 40 ? '…' : ''}"`);
};
export const after = (text, mark) => {
  const [head, ...rest] = values[text].split(values[mark]);
  return put((rest.length ? rest.join(values[mark]) : head).trim());
};
export const concat = (head, tail) => put(values[head] + values[tail]);
export const same = (a, b) => values[a] === values[b];
const isText = (value) => typeof value == 'string';
export const startsWith = (text, prefix) => isText(values[text]) && values[text].startsWith(values[prefix]);
export const endsWith = (text, suffix) => isText(values[text]) && values[text].endsWith(values[suffix]);
export const mentions = (text, word) => isText(values[text]) && values[text].toLowerCase().includes(values[word]);
export const hasParameter = (query, name) => new URLSearchParams(values[query]).has(values[name]);
export const replace = (text, mark, by) => put(values[text].replace(values[mark], values[by]));
/** An http(s) URL. */
const webURL = (text, base) => {
  try {
    const url = new URL(text, base);
    if (/^https?:$/.test(url.protocol)) return url;
  } catch {
    // Not a URL.
  }
};
/** The origin of an http(s) URL, or undefined; `alone` where it must be nothing else. Browsers take a `*` for a part of a name. */
export const origin = (number, alone) => {
  const text = values[number];
  const { href, origin } = webURL(text) ?? {};
  return put(alone && (href != origin + '/' || text.includes('*')) ? undefined : origin);
};
export const toNumber = (number) => {
  const value = values[number];
  return isText(value) || typeof value == 'number' ? +value : NaN;
};

// ---- For the core: calls ----

export const settle = (entry, ok, res) => end(values[entry], ok, values[res]);
/** Every reqId of this page: another script's calls in it must not have the same. */
const prefix = () => `juzi-${crypto.getRandomValues(new Uint32Array(2)).join('')}-`;
let ids;
let count = 0;
export const nextId = () => put((ids ??= prefix()) + ++count);
export const hold = (lane, id, entry, row, deadline) => {
  lanes[lane].set(values[id], Object.assign(values[entry], { lane, id: values[id], row, deadline }));
};
const putEntry = (entry) => (entry ? put(entry) : 0);
export const held = (id) => putEntry(lanes[0].get(values[id]) ?? lanes[1].get(values[id]));
export const first = (lane) => putEntry(lanes[lane].values().next().value);
export const row = (entry) => values[entry].row;
export const deadline = (entry) => values[entry].deadline;
/** A push: to the calls that wait for it, each once, and to the lasting subscriptions. Each gets a `res` of its own. */
export const publish = (number) => {
  const res = values[number];
  for (const entry of [...lanes[2].values()]) end(entry, true, { ...res });
  for (const callback of subscribers) {
    const own = { ...res };
    queueMicrotask(() => callback(own));
  }
};
export const subscribe = (callback) => {
  subscribers.add(values[callback]);
};
export const unsubscribe = (callback) => {
  subscribers.delete(values[callback]);
};
/** Runs a function of the page's at once; what it throws is its own. */
export const run = (callback) => {
  try {
    values[callback]();
  } catch (error) {
    queueMicrotask(() => {
      throw error;
    });
  }
};
export const now = performance ? performance.now.bind(performance) : Date.now;
export const wake = (delay) => {
  setTimeout(() => core && guard(() => core.tick()), delay);
};
/** False where it could not be posted. */
export const send = (target, message, origin) => {
  try {
    // A window of another origin has a postMessage that no page can replace.
    values[target].postMessage(values[message], values[origin]);
    return true;
  } catch {
    return false;
  }
};

// ---- For the core: the page ----

/** Makes `values[place]` another value for good. */
export const assign = (place, value) => {
  values[place] = values[value];
};
export const hear = (page) => {
  // The platform's own getters: a script that replaces them afterwards would tell us who speaks.
  const reader = (name) => values[page].MessageEvent.prototype.__lookupGetter__(name);
  const [data, origin, source] = ['data', 'origin', 'source'].map(reader);
  values[page].addEventListener('message', (event) => {
    const { isTrusted } = event;
    // What a script has made need not have them.
    const read = (getter) => (isTrusted ? apply(getter, event, []) : undefined);
    if (core) guard(() => core.message(put({ isTrusted, data: read(data), origin: read(origin), source: read(source) })));
  });
};
export const log = (what, value) => console.log(`juzi-helper: ${values[what]}`, values[value]);
export const complain = (text) => console.error(`juzi-helper: ${values[text]}`);
/** The absolute http(s) URL, or undefined. */
export const resolve = (url) => put(webURL(values[url], document.baseURI)?.href);
export const method = (name) => put(member(values[name]));
/** An object that inherits from another. */
export const heir = (object) => put(Object.create(values[object]));
/** A member of the object's own; nothing where reading it throws. An element with that id is no member of the window's own. */
export const own = (object, name) => {
  try {
    if (Object.prototype.hasOwnProperty.call(values[object], values[name])) return put(values[object][values[name]]);
  } catch {
    // A getter of the page's: left alone.
  }
  return 0;
};
/** Takes over what is assigned to a global that is not there yet; before the core runs, `fill` gives it what waits for that. */
export const expect = (page, name, fill) => {
  let value;
  tryDefine(page, name, {
    get() {
      if (bridgeProvided && value === undefined && name == 'jWeixin') introduce(page.navigator);
      return value;
    },
    set(assigned) {
      value = assigned;
      if (Object(assigned) !== assigned) return;
      if (core) value = guard(() => values[core.assigned(put(assigned))]) ?? assigned;
      else fill?.(assigned);
    },
  });
};
export const watch = (page, name) => expect(values[page], values[name]);
export const defineEnv = (object, name) => {
  tryDefine(values[object], values[name], { get: () => core && guard(() => values[core.env()]) });
};
/** Whether WeChat's bridge in this page is ours. */
let bridgeProvided = false;
/** Puts WeChat's bridge in the page and says so; a listener that throws reaches `window.onerror` by itself. */
export const provide = (page) => {
  if (tryDefine(page, 'WeixinJSBridge', { value: weixinJSBridge(page.navigator), writable: true })) {
    bridgeProvided = true;
    document.dispatchEvent(new Event('WeixinJSBridgeReady'));
  }
};
export const provideBridge = (page) => provide(values[page]);
/**
 * Lets one of WeChat's SDKs know that it has a bridge. Whether it ever talks to one in `config` and calls the page's `ready`
 * callbacks it decides when it is loaded, by the user agent; and what a bundle has made of it nobody can reach afterwards.
 * An SDK looks whether there is a `jWeixin` and then reads the user agent, once. So that next reading, and no other and none
 * after the running script, names WeChat beside the browser.
 */
const introduce = (navigator) => {
  if (Object.prototype.hasOwnProperty.call(navigator, 'userAgent')) return;
  const { userAgent } = navigator;
  const withdraw = () => delete navigator.userAgent;
  const get = () => {
    withdraw();
    return `${userAgent} MicroMessenger`;
  };
  if (tryDefine(navigator, 'userAgent', { get })) queueMicrotask(withdraw);
};
