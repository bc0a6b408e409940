// What JavaScript has to do for the Rust core: hold the values and callbacks of each call, run the callbacks, and keep
// answering where the WebAssembly is not there yet, is not allowed, or has failed. No rule of the protocol is in here.

// Taken when the script loads: a page that replaces one of them afterwards changes nothing here.
const { Boolean, Error, Map, Object, Promise, Set, String, URL, console, crypto, performance, queueMicrotask, setTimeout } = globalThis;
const { isArray } = Array;
const { apply, defineProperty, getOwnPropertyDescriptor, getPrototypeOf } = Reflect;
/** A method as a function, whose first argument is its `this`. */
const method = (function_) => Function.prototype.call.bind(function_);
const objectPrototype = Object.prototype;
const hasOwn = method(objectPrototype.hasOwnProperty);
const isFunction = (value) => typeof value == 'function';
const isText = (value) => typeof value == 'string';
/**
 * What a trap throws. Where there is no WebAssembly, its form in JavaScript throws what nothing else does (compat.mjs). An element
 * with the id `WebAssembly` is none.
 */
const Trap = [globalThis.WebAssembly?.RuntimeError].find(isFunction) ?? EvalError;

// ---- What markup cannot fake ----
// `<img name=currentScript>` hides the document's own member of that name, `<a id=juziWx>` looks like a global. Getters and methods
// of prototypes are out of reach for markup.

/** A getter of the platform's as a function; of nothing where the platform has none. */
export const getter = (type, name) => {
  const get = type && getOwnPropertyDescriptor(type.prototype, name)?.get;
  return (object) => get && apply(get, object, []);
};
/** The same for a method. */
export const methodOf = (type, name) => type && method(type.prototype[name]);
const { Document, Event, EventTarget, HTMLCollection, Node } = globalThis;
const nodeType = getter(Node, 'nodeType');
const collectionLength = getter(HTMLCollection, 'length');
const baseURI = getter(Node, 'baseURI');
const referrerOf = getter(Document, 'referrer');
const dispatchEvent = methodOf(EventTarget, 'dispatchEvent');
const windowOf = getOwnPropertyDescriptor(globalThis, 'window')?.get;

/** Whether the platform takes it for one of its objects: the getter of another kind throws. */
const passes = (read, value) => {
  try {
    return read(value) !== undefined;
  } catch {
    return false;
  }
};
const isWindow = (value) => apply(windowOf, value, []) === value || undefined;
/** Elements, collections of them and windows of frames: what a name in the markup stands for. */
const isFromMarkup = (value) =>
  Object(value) === value &&
  (passes(nodeType, value) || passes(collectionLength, value) || (windowOf && passes(isWindow, value)) === true);
/** A global variable that a script has made; nothing where reading it throws. */
export const globalOf = (page, name) => {
  try {
    const found = hasOwn(page, name) ? page[name] : undefined;
    return isFromMarkup(found) ? undefined : found;
  } catch {
    // Nothing, then.
  }
};
/** Whether this is the `juziWx` of a helper. */
export const isHelper = (value) => {
  try {
    return value?.isJuziWx === true;
  } catch {
    return false;
  }
};

// ---- What Object.prototype cannot add ----

/** Whether an object, or a prototype of it other than `Object.prototype`, has the member. */
const hasBelow = (object, name) => {
  for (let at = object; at && at !== objectPrototype; at = getPrototypeOf(at)) if (hasOwn(at, name)) return true;
  return false;
};
/** A member of a page's object. One that every object has, because a script has put it on `Object.prototype`, is not the page's. */
export const memberOf = (object, name) =>
  hasOwn(objectPrototype, name) && Object(object) === object && !hasBelow(object, name) ? undefined : object[name];
/** Defines a member; false where the object does not take it. The descriptor has no prototype: `get` there would break it. */
export const tryDefine = (object, name, descriptor) => {
  try {
    return defineProperty(object, name, { __proto__: null, enumerable: true, configurable: true, ...descriptor });
  } catch {
    // A proxy's trap.
    return false;
  }
};
/** An assignment would run a setter of that name on `Object.prototype`. */
const setOwn = (to, name, given) => {
  if (name in objectPrototype) tryDefine(to, name, { value: given, writable: true });
  else to[name] = given;
};
/** What a host has sent, without a member `__proto__`: who merges it would change a prototype. */
const copyOf = (object) => {
  const copy = { ...object };
  delete copy.__proto__;
  return copy;
};
/** An object as it is written with braces, of any window, or one without a prototype. */
const isPlain = (value) => {
  const prototype = getPrototypeOf(value);
  return prototype === null || getPrototypeOf(prototype) === null;
};

/** Writes an error to the console, which a page may have replaced: what that throws is lost. */
export const complainOf = (...what) => {
  try {
    console.error(...what);
  } catch {
    // Nothing is left to tell.
  }
};

/** A call that failed, as promises reject with it. */
export class JuziError extends Error {
  constructor(api, res) {
    super(res.err_msg);
    // The fixed reasons as an identifier: `not_in_sidebar`, `timeout`, …; `fail` for any other.
    const fixed =
      /:fail (not in sidebar|timeout|function not exist|host unreachable|internal error|webassembly blocked|invalid options|aborted)/;
    const code = (fixed.exec(res.err_msg)?.[1] ?? 'fail').replace(/ /g, '_');
    const members = { api, err_msg: res.err_msg, res, code };
    for (const name of Object.keys(members)) setOwn(this, name, members[name]);
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
/** What was given to `error`: told when the helper cannot run. */
const errorListeners = new Set();
/** Calls that take a function which is no callback for an answer: a failure never reaches it. */
export const LISTENING = ['ready', 'error', 'on', 'off'];

/** What was thrown, as text; it may be anything, and reading it may throw again. */
const said = (thrown) => {
  try {
    return String(thrown?.message ?? thrown);
  } catch {
    return 'unreadable error';
  }
};

/** Ends a call, once. Nothing that the page has made runs before the call's own promise or callbacks have their answer. */
export const end = (entry, ok, res) => {
  if (entry.ended) return;
  entry.ended = true;
  lanes[entry.lane]?.delete(entry.id);
  answer(entry, ok, res);
  try {
    entry.signal?.removeEventListener('abort', entry.abort);
  } catch {
    // A signal of the page's own making.
  }
};

const answer = (entry, ok, res) => {
  if (entry.promise) {
    if (ok) entry.resolve(res);
    else entry.reject(new JuziError(entry.name, res));
    return;
  }
  if (entry.listens && !ok) return;
  for (const callback of [entry.done, ok ? entry.success : entry.fail, entry.complete]) {
    // A microtask each: asynchronous always, and what one of them throws is the page's alone.
    if (isFunction(callback)) queueMicrotask(() => callback(res));
  }
};

const failure = (name, reason) => {
  const err_msg = `${name}:fail ${reason}`;
  return { err_msg, errMsg: err_msg, errCode: -1 };
};
const fail = (entry, reason) => end(entry, false, failure(entry.name, reason));
/** Tells what was given to `error` that the helper cannot run. */
const tellError = (listener) => queueMicrotask(() => listener(failure('config', dead)));

/** Every call there is and will be fails with this reason; listeners wait for an `init` that is repeated. */
const die = (reason, ...why) => {
  if (dead) return;
  dead = reason;
  core = undefined;
  const waiting = queue;
  queue = waiting.filter(({ entry }) => entry?.listens);
  for (const { entry } of waiting) if (entry && !entry.listens) fail(entry, reason);
  for (const lane of lanes) for (const entry of [...lane.values()]) fail(entry, reason);
  errorListeners.forEach(tellError);
  complainOf(`juzi-helper: ${reason}`, ...why);
};

/** Runs the WebAssembly, with what it is about. If it traps, its memory cannot be trusted any more. */
const guard = (run, given, entry) => {
  const base = values.length;
  try {
    return run(given, entry);
  } catch (error) {
    if (entry) fail(entry, 'internal error');
    if (error instanceof Trap) die('internal error', error);
    else complainOf('juzi-helper:', error);
  } finally {
    while (values.length > base) values.pop();
  }
};

/** Whether the WebAssembly runs through. */
const completes = (run) => {
  let done = false;
  guard(() => {
    run();
    done = true;
  });
  return done;
};

/** Now, or as soon as the WebAssembly runs. */
const whenReady = (run, given, entry) => {
  if (core) return guard(run, given, entry);
  if (!dead || entry?.listens) queue.push({ run, given, entry });
  else if (entry) fail(entry, dead);
};

/** Collects the callbacks of a call. */
const open = (bridged, name, params, done) => {
  // All that an entry will ever have: what gets a member later is laid out anew.
  const entry = {
    name: isText(name) ? name : typeof name,
    done,
    success: undefined,
    fail: undefined,
    complete: undefined,
    signal: undefined,
    abort: undefined,
    resolve: undefined,
    reject: undefined,
    promise: undefined,
    lane: undefined,
    id: undefined,
    deadline: 0,
    ended: false,
    listens: isFunction(done) && LISTENING.includes(name),
  };
  let thrown;
  // Beside a callback, SDKs leave success, fail and complete in the params and call them on their own.
  if (!isFunction(done) && params && typeof params == 'object') {
    try {
      for (const member of ['success', 'fail', 'complete', 'signal']) entry[member] = memberOf(params, member);
    } catch (error) {
      thrown = { error };
    }
  }
  const heard = isFunction(done) || isFunction(entry.success) || isFunction(entry.fail) || isFunction(entry.complete);
  if (!heard && !bridged) {
    entry.promise = new Promise((resolve, reject) => {
      entry.resolve = resolve;
      entry.reject = reject;
    });
    // Pages call these and look no further: a failure is no unhandled rejection.
    if (name === 'config' || name === 'agentConfig') entry.promise.catch(() => {});
  }
  if (thrown) fail(entry, said(thrown.error));
  else if (entry.signal != null) heed(entry);
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

const begin = (params, entry) => entry.ended || core.begin(putOrName(entry.name), put(params), put(entry));
const call = (bridged, name, params, done) => {
  if (isFunction(params) && !isFunction(done)) {
    done = params;
    params = undefined;
  }
  const entry = open(bridged, name, params, done);
  if (name === 'error' && entry.listens) {
    errorListeners.add(done);
    if (dead) tellError(done);
  }
  whenReady(begin, params, entry);
  return entry.promise;
};

const invoke = (name, params, done) => call(false, name, params, done);
const patch = (wx) => {
  if (Object(wx) !== wx) throw new TypeError('patch: wx must be an object');
  return whenReady((wx) => value(core.patch(put(wx))), wx) ?? wx;
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
  about = [page, options, juziWx, engine];
  // Not guarded: what the core keeps of the page it keeps for good.
  // Its looking for a jWeixin is nobody's loading of an SDK.
  const provided = bridgeProvided;
  bridgeProvided = false;
  core.install();
  bridgeProvided ||= provided;
  const waiting = queue;
  queue = [];
  for (const { run, given, entry } of waiting) whenReady(run, given, entry);
};
/** It will never run, unless it is tried again. */
export const block = die;
/** It is tried again: calls wait for it once more. */
export const revive = () => {
  dead = undefined;
};

// ---- Values ----

/**
 * Every value that the core speaks of. The first are the names of atoms.rs behind `undefined`; what the core keeps of the page
 * follows; above that is a stack, from which each run of the core (`guard`) takes what it put there.
 *
 * A value's number is its place in here, shifted, and its kind: so the core need not ask for either.
 */
const values = [undefined];
/** The names, and each one's number. */
let names;
/** What `install` is about: page, options, juziWx, engine. */
let about;

/** In the order of `Kind` (value.rs). */
const kind = (value) => {
  // Most of them are.
  if (isText(value)) return value ? 2 : 1;
  if (value == null) return 0;
  switch (typeof value) {
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
const put = (value) => ((values.push(value) - 1) << 4) | kind(value);
/** A name has its own number wherever it comes from. */
const putOrName = (value) => (isText(value) && names?.get(value)) || put(value);
/** What a number stands for. */
export const value = (number) => values[number >> 4];

/** Makes the names (ASCII, a line each) the first values, once. */
export const learn = (lines) => {
  if (names) return;
  names = new Map();
  // None is empty: they are of kind 2.
  for (const text of apply(String.fromCharCode, String, lines).split('\n')) names.set(text, ((values.push(text) - 1) << 4) | 2);
  // Behind the names: see `constant` in js.rs.
  values.push(0, -1, undefined);
};
export const given = (index) => put(about[index]);
export const number = put;
/** From WebAssembly, a 0 or a 1. */
export const boolean = (value) => put(!!value);
export const nothing = () => put(null);
export const words = (text) => put(value(text).split(/\s+/).filter(Boolean));
/** The number of the name that a value is, or 0. */
export const which = (number) => names.get(value(number)) ?? 0;
/** The member, or the negative number of what reading it threw, as text. */
export const get = (object, name) => {
  try {
    return putOrName(memberOf(value(object), value(name)));
  } catch (error) {
    return -put(said(error));
  }
};
/** The member, or nothing where reading it throws. */
export const peek = (object, name) => {
  try {
    return putOrName(value(object)[value(name)]);
  } catch {
    return 0;
  }
};
export const item = (list, index) => {
  try {
    return put(value(list)[index]);
  } catch (error) {
    return -put(said(error));
  }
};
/**
 * Reads members into a new object, by up to seven places of names, a byte each, the first in the lowest. Returns their kinds, the
 * first in the lowest four bits, or the negative number of what was thrown.
 */
export const read = (object, first, more) => {
  const from = value(object);
  // A getter of the page's may make a call, and that call reads too.
  const read = { __proto__: null };
  let kinds = 0;
  try {
    for (let index = 0, name = first; name; name = ++index == 4 ? more : name >>> 8) {
      const key = values[name & 255];
      const member = memberOf(from, key);
      kinds |= kind(member) << (4 * index);
      if (member != null) read[key] = member;
    }
  } catch (error) {
    return -put(said(error));
  }
  values[names.size + 3] = read;
  return kinds;
};
export const list = () => put([]);
/** Of an object that the core made, or of a new one, under names of its own: up to three, as in `read`. */
export const set = (object, names, a, b, c) => {
  const to = object ? value(object) : {};
  // Written out, so that each of the three is compiled for the few names that it meets.
  if (names) setOwn(to, values[names & 255], value(a));
  if (names >> 8) setOwn(to, values[(names >> 8) & 255], value(b));
  if (names >> 16) setOwn(to, values[names >> 16], value(c));
  return object || put(to);
};
/** Defined, not assigned: `__proto__` is a name like any other. False where the object does not take it. */
export const define = (object, name, given) => tryDefine(value(object), value(name), { value: value(given), writable: true });
export const push = (array, item) => {
  value(array).push(value(item));
};
/** A copy of a plain object; nothing of anything else. A spread runs no setter. */
export const copy = (object) => put(isPlain(value(object)) ? copyOf(value(object)) : undefined);
/** The first 40 characters. A surrogate pair is one of them, and never cut. */
export const quoted = (number) => {
  const characters = [...value(number).slice(0, 82)];
  return put(`"${characters.slice(0, 40).join('')}${characters.length > 40 ? '…' : ''}"`);
};
export const after = (text, mark) => {
  const [head, ...rest] = value(text).split(value(mark));
  return put((rest.length ? rest.join(value(mark)) : head).trim());
};
export const concat = (head, tail) => put(value(head) + value(tail));
export const same = (a, b) => value(a) === value(b);
export const startsWith = (text, prefix) => isText(value(text)) && value(text).startsWith(value(prefix));
export const endsWith = (text, suffix) => isText(value(text)) && value(text).endsWith(value(suffix));
export const mentions = (text, word) => isText(value(text)) && value(text).toLowerCase().includes(value(word));
export const hasParameter = (query, name) => new URLSearchParams(value(query)).has(value(name));
export const replace = (text, mark, by) => put(value(text).replace(value(mark), value(by)));
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
  const text = value(number);
  const { href, origin } = webURL(text) ?? {};
  return put(alone && (href != origin + '/' || text.includes('*')) ? undefined : origin);
};
export const toNumber = (number) => {
  const given = value(number);
  // Decimal: `Number` reads `0x10` and an empty text too.
  const decimal = isText(given) && /^\s*[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?\s*$/i.test(given);
  return decimal || typeof given == 'number' ? +given : NaN;
};

// ---- For the core: calls ----

export const settle = (entry, ok, res) => end(value(entry), ok, value(res));
/** Every reqId of this page: another script's calls in it must not have the same. */
const prefix = () => `juzi-${crypto.getRandomValues(new Uint32Array(2)).join('')}-`;
let ids;
let count = 0;
/** Holds a call for its answer, under the reqId that is returned. */
export const hold = (lane, number, delay) => {
  const entry = value(number);
  entry.lane = lane;
  entry.id = (ids ??= prefix()) + ++count;
  entry.deadline = now() + delay;
  lanes[lane].set(entry.id, entry);
  return put(entry.id);
};
const putEntry = (entry) => (entry ? put(entry) : 0);
export const held = (id) => putEntry(lanes[0].get(value(id)) ?? lanes[1].get(value(id)));
export const first = (lane) => putEntry(lanes[lane].values().next().value);
export const deadline = (entry) => value(entry).deadline;
/** A push: to the calls that wait for it, each once, and to the lasting subscriptions. Each gets a `res` of its own. */
export const publish = (number) => {
  const res = value(number);
  for (const entry of [...lanes[2].values()]) end(entry, true, { ...res });
  for (const callback of subscribers) {
    const own = { ...res };
    queueMicrotask(() => callback(own));
  }
};
export const subscribe = (callback) => {
  subscribers.add(value(callback));
};
export const unsubscribe = (callback) => {
  subscribers.delete(value(callback));
};
/** Runs a function of the page's at once; what it throws is its own. */
export const run = (callback) => {
  try {
    value(callback)();
  } catch (error) {
    queueMicrotask(() => {
      throw error;
    });
  }
};
const clock = performance ? performance.now.bind(performance) : Date.now;
// Not the bound function itself: for that, V8 compiles a wrapper when the module is instantiated, which takes half a millisecond.
export const now = () => clock();
export const wake = (delay) => {
  setTimeout(() => {
    // Whatever has stopped it, the other calls have an end too.
    if (core && !completes(() => core.tick()) && core) wake(delay);
  }, delay);
};
/** How the host is posted to: its own function, taken before a page of its origin can replace it. */
let post;
/** False where it could not be posted. */
export const send = (target, message, origin) => {
  try {
    post(value(target), value(message), value(origin));
    return true;
  } catch {
    return false;
  }
};

// ---- For the core: the page ----

/** Makes a place hold another value for good, of which the core does not know the kind. */
export const assign = (place, given) => {
  values[place >> 4] = value(given);
};
/** What is said to come from the host's window or origin is known by the number that the core knows it by. */
export const hear = (page, parent, host) => {
  const parentWindow = value(page).parent;
  post = method(parentWindow.postMessage);
  // The platform's own getters: a script that replaces them afterwards would tell us who speaks.
  const reader = (name) => method(value(page).MessageEvent.prototype.__lookupGetter__(name));
  const [data, origin, source] = ['data', 'origin', 'source'].map(reader);
  const known = (place, given) => (given === value(place) ? place : put(given));
  const receive = (event) => core.message(put(data(event)), known(host, origin(event)), known(parent, source(event)));
  // What a script has made has no sender, whatever it claims, and need not have these members at all.
  const receiveForged = () => core.message(0, 0, 0);
  value(page).addEventListener('message', (event) => {
    if (!core || completes(() => (event.isTrusted ? receive : receiveForged)(event))) return;
    if (event.isTrusted && source(event) === parentWindow) failUnread(data(event));
  });
};
/** An answer that stopped the core while it was read is a failure at once. */
const failUnread = (message) => {
  const id = message && hasOwn(message, 'reqId') ? message.reqId : undefined;
  const entry = lanes[0].get(id) ?? lanes[1].get(id);
  if (entry) fail(entry, 'internal error');
};
export const log = (what, about) => {
  try {
    console.log(`juzi-helper: ${value(what)}`, value(about));
  } catch (error) {
    // A page's console may throw what it likes, but for what stops the core.
    if (error instanceof Trap) throw error;
  }
};
export const complain = (text) => complainOf(`juzi-helper: ${value(text)}`);
/** The absolute http(s) URL, or undefined. */
export const resolve = (url) => put(webURL(value(url), baseURI(document))?.href);
/** Where the page was opened from. What stands in for a document, as in a test, is no element's name. */
export const referrer = (page) => {
  const { document } = value(page);
  return put(passes(nodeType, document) ? referrerOf(document) : document.referrer);
};
/** Gives an object our functions from one name to another, by their numbers. False where it does not take one of them. */
export const offer = (object, first, last) => {
  let taken = true;
  for (let number = first; number <= last; number += 16) {
    const name = value(number);
    taken = tryDefine(value(object), name, { value: member(name), writable: true }) && taken;
  }
  return taken;
};
/** An object that inherits from another. */
export const heir = (object) => put(Object.create(value(object)));
/** A global variable that a script has made. */
export const global = (page, name) => put(globalOf(value(page), value(name)));
/** A member of the object's own: what the host has sent has no other. */
export const own = (object, name) => (hasOwn(value(object), value(name)) ? peek(object, name) : 0);
/**
 * Takes over what is assigned to a global that is not there yet; before the core runs, `fill` gives it what waits for that. Until
 * then a script that goes through the window's members does not come upon it.
 */
export const expect = (page, name, fill) => {
  let current;
  const get = () => {
    if (current === undefined) lookedFor(page.navigator, name);
    return current;
  };
  const set = (assigned) => {
    current = assigned;
    tryDefine(page, name, { get, set });
    if (Object(assigned) !== assigned) return;
    if (core) current = guard(() => value(core.assigned(put(assigned)))) ?? assigned;
    else fill?.(assigned);
  };
  tryDefine(page, name, { get, set, enumerable: false });
};
export const watch = (page, name) => expect(value(page), value(name));
export const defineEnv = (object, name) => {
  tryDefine(value(object), value(name), { get: () => core && guard(() => value(core.env())) });
};
/** Whether WeChat's bridge in this page is ours. */
let bridgeProvided = false;
/** The bridge of an init that failed: it is there still for one that is repeated. */
let ownBridge;
/** Puts WeChat's bridge in the page and says so; a listener that throws reaches `window.onerror` by itself. */
export const provide = (page) => {
  if (ownBridge && globalOf(page, 'WeixinJSBridge') === ownBridge) return;
  const bridge = weixinJSBridge(page.navigator);
  // By it another copy of the helper knows that the bridge may be replaced, where this copy cannot run.
  tryDefine(bridge, 'isJuziWx', { value: true, enumerable: false });
  if (tryDefine(page, 'WeixinJSBridge', { value: bridge, writable: true })) {
    bridgeProvided = true;
    ownBridge = bridge;
    dispatchEvent(document, new Event('WeixinJSBridgeReady'));
  }
};
export const provideBridge = (page) => provide(value(page));
/** The running classic script; null while a module runs, or no script at all. */
export const runningScript = getter(Document, 'currentScript');
/** Takes the disguise of the user agent back. */
let withdraw;
/** A script looks for a global that is not there. An SDK looks for `jWeixin` alone; who reads `wx` too goes through all of them. */
const lookedFor = (navigator, name) => {
  if (name != 'jWeixin') withdraw?.();
  else if (bridgeProvided) introduce(navigator);
};
/**
 * Lets one of WeChat's SDKs know that it has a bridge. Whether it ever talks to one in `config` and calls the page's `ready`
 * callbacks it decides when it is loaded, by the user agent; and what a bundle has made of it nobody can reach afterwards.
 * An SDK looks whether there is a `jWeixin` and then reads the user agent, once. So the next reading by the same script, and no other
 * and none after that script, names WeChat beside the browser.
 */
const introduce = (navigator) => {
  if (hasOwn(navigator, 'userAgent')) return;
  const { userAgent } = navigator;
  const script = runningScript(document);
  const get = () => {
    withdraw();
    return runningScript(document) === script ? `${userAgent} MicroMessenger` : userAgent;
  };
  // Another script may have put a property of its own in its place.
  withdraw = () => getOwnPropertyDescriptor(navigator, 'userAgent')?.get === get && delete navigator.userAgent;
  if (tryDefine(navigator, 'userAgent', { get })) queueMicrotask(withdraw);
};
