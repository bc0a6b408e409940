// The calls of the page: the queue before the WebAssembly module runs, the map of pending calls, timeouts and callbacks. This works
// before the module exists and after it has trapped. The rules of the protocol are in Rust.
import { JuziError, failure } from './juzi-error.js';
import { define, get, isObject } from './members.js';
import { isFunction, number, own, taken, thrower, thrownMessage } from './values.js';

// Captured when the script loads, before the page can replace them.
const { Date, Map, Promise, Proxy, Set, Uint32Array, clearTimeout, console, crypto, performance, queueMicrotask, setTimeout } = globalThis;
const now = performance ? performance.now.bind(performance) : Date.now;
/**
 * The error of a trap. Without WebAssembly, the module in JavaScript throws an `EvalError` instead (compat.mjs). An element with the id
 * `WebAssembly` may stand in the place of the real one.
 */
const Trap = [globalThis.WebAssembly?.RuntimeError].find(isFunction) ?? EvalError;

// generated: calls (`./build.sh generate` writes this part from src/api.rs)
/** The names of the catalogue, for pages that call before the module runs. */
export const CALLS =
  'getCurExternalContact getCurExternalChat getCurChatInfo getContext sidebarAuth sendChatMessage sendMultiChatMessage openEnterpriseChat previewImage updateBaseInfo config agentConfig checkJsApi ready error on off'.split(
    ' ',
  );
/** Calls whose function is no callback for an answer. A failure is never passed to it. */
export const LISTENING = ['ready', 'error', 'on', 'off'];
/**
 * What is read of the parameters, for calls that wait for the module: `[members, most, item]`, the members of an object, the most items of
 * an array, what is read of an item. 0 is a value of which the kind alone counts. `msgtype` has what is read of the member that it names.
 */
// prettier-ignore
const MESSAGE = [{ msgtype: [{
  text: [{ content: 0 }],
  image: [{ url: 0, title: 0, mediaid: 0 }],
  video: [{ url: 0, title: 0, mediaid: 0 }],
  file: [{ url: 0, title: 0, mediaid: 0 }],
  news: [{ link: 0, title: 0, desc: 0, imgUrl: 0 }],
  miniprogram: [{ appid: 0, title: 0, imgUrl: 0, page: 0, desc: 0, iconUrl: 0, officialAccountId: 0 }],
}] }];
const READ = {
  sendChatMessage: MESSAGE,
  sendMultiChatMessage: [{ messages: [0, 100, MESSAGE] }, 100, MESSAGE],
  openEnterpriseChat: [{ userIds: 0, useridlist: 0, externalUserIds: 0, chatId: 0, groupName: 0 }],
  previewImage: [{ urls: [0, 1000, 0], current: 0 }],
  updateBaseInfo: [{ reqType: 0 }],
  checkJsApi: [{ jsApiList: [0, 1000, 0] }],
  imagePreview: [{ urls: [0, 1000, 0], current: 0 }],
};
// generated: end

/** The functions of the module, once it runs. */
let core;
/** Why every call fails; undefined while calls can be answered. */
let blocked;
/** The call that the module handles, or `NO_CALL` if it does something else; undefined while it is idle. */
let running;
/** The call whose parameters are being taken. */
let reading;
const NO_CALL = { depth: 0 };
/** The tasks that wait until the module runs and is idle. */
let queue = [];
/** The pending calls by reqId. */
const pending = new Map();
/** The calls that have a deadline. */
let timed = new Set();
/** Calls that the next push answers. */
const listening = new Set();
/** Callbacks of `on`. */
const subscribers = new Set();
/** Callbacks of `error`, which are called if the helper cannot run. */
const errorListeners = new Set();

// ---- How a call begins ----

/** How deep getters may make calls within calls. A deeper call counts as an endless recursion. */
const DEEPEST = 1_000;

const makeCall = (name, params, done, bridged) => {
  // All members from the start: adding one later changes the hidden class, which is slow.
  const call = {
    name: typeof name == 'string' ? name : typeof name,
    params,
    done,
    bridged,
    success: undefined,
    fail: undefined,
    signal: undefined,
    timeout: undefined,
    abort: undefined,
    /** The options of the error: its cause. */
    why: undefined,
    resolve: undefined,
    complete: undefined,
    reject: undefined,
    promise: undefined,
    id: undefined,
    deadline: 0,
    depth: 0,
    taken: false,
    ended: false,
    listens: isFunction(done) && LISTENING.includes(name),
  };
  const around = reading ?? running;
  if (around) call.depth = around.depth + 1;
  let thrown;
  if (isObject(params)) {
    // With a callback, SDKs leave success, fail and complete in the params and call them themselves.
    const first = isFunction(done) ? 3 : 0;
    try {
      for (const member of ['success', 'fail', 'complete', 'signal', 'timeout'].slice(first)) call[member] = get(params, member);
    } catch (error) {
      thrown = { error };
    }
  }
  const hasCallback = [done, call.success, call.fail, call.complete].some(isFunction);
  if (!hasCallback && !bridged) {
    call.promise = new Promise((resolve, reject) => {
      call.resolve = resolve;
      call.reject = reject;
    });
    // Pages usually ignore the result of these two: a failure must not be an unhandled rejection.
    if (name === 'config' || name === 'agentConfig') call.promise.catch(() => {});
  }
  if (thrown) fail(call, thrownMessage(thrown.error));
  else watch(call);
  return call;
};

/** Makes the call's own timeout and signal end it. The timeout starts now, even if the call waits for the module. */
const watch = (call) => {
  if (call.timeout != null) {
    const delay = number(call.timeout);
    if (delay >= 1 && delay <= 2147483647) limit(call, delay);
    else return fail(call, 'timeout must be a number of milliseconds from 1 to 2147483647');
  }
  if (call.signal != null) watchSignal(call);
};

/** Makes an AbortSignal end the call. */
const watchSignal = (call) => {
  call.abort = () => {
    try {
      call.why = { __proto__: null, cause: call.signal.reason };
    } catch {
      // The signal is the page's own.
    }
    fail(call, 'aborted');
  };
  try {
    if (call.signal.aborted) call.abort();
    else call.signal.addEventListener('abort', call.abort);
  } catch {
    call.signal = undefined;
    fail(call, 'signal must be an AbortSignal');
  }
};

/** Makes a call. Returns a promise if it has no callback and did not come through `WeixinJSBridge`. */
export const invoke = (name, params, done, bridged = false) => {
  if (isFunction(params) && !isFunction(done)) {
    done = params;
    params = undefined;
  }
  const call = makeCall(name, params, done, bridged);
  if (name === 'error' && call.listens) {
    errorListeners.add(done);
    if (blocked) notify(done);
  }
  if (call.depth > DEEPEST) fail(call, 'too many calls within calls');
  else {
    if (!blocked && (!core || running || queue.length)) takeParams(call);
    enter(dispatch, call);
  }
  // What ends the subscription.
  return name === 'on' && call.listens ? () => void invoke('off', params, done) : call.promise;
};

/**
 * Up to this depth, calls within calls have their parameters taken at once: each takes up some of the stack. Deeper calls take their turn
 * later.
 */
const DEEP = 50;
let taking = 0;
let untaken = [];

/** Takes the parts of the parameters that a waiting call needs. Getters of the page may make calls meanwhile. */
const takeParams = (call) => {
  if (taking == DEEP) return void untaken.push(call);
  const outer = reading;
  reading = call;
  taking++;
  try {
    const read = own(READ, call.name);
    call.taken = read !== undefined;
    if (read) call.params = taken(call.params, read);
  } catch (error) {
    // Reading the length of an array has thrown. The first member that the module reads throws the same.
    call.params = new Proxy({}, { __proto__: null, get: thrower(thrownMessage(error)) });
  }
  reading = outer;
  taking--;
  while (!taking && untaken.length) takeParams(untaken.shift());
};

/** The module checks the call and posts it or ends it. */
const dispatch = (call) => {
  if (call.ended) return;
  const { params } = call;
  call.params = undefined;
  if (core.dispatch(call, params, call.bridged)) afterwards = call.done;
};
/** The function of `ready`. It runs as soon as the module is idle, before `ready` returns. */
let afterwards;

/** The function `juziWx.<name>`. */
export const member = (name) =>
  name == 'invoke' ? (api, params, done) => invoke(api, params, done) : (params, done) => invoke(name, params, done);

// ---- Entering the module ----

/** Runs something in the module: now, or as soon as it runs and is idle. */
const enter = (run, call) => {
  // A function that listens waits for another `init`.
  if (blocked && !call?.listens) return call && fail(call, blocked);
  queue.push({ run, call });
  if (core && !running) takeTurns();
};

/** Empties the queue. Getters of the page may add to it meanwhile. */
const takeTurns = () => {
  while (core && queue.length) {
    const { run, call } = queue.shift();
    turn(run, call);
  }
};

/** Enters the module. After a trap its memory is in an unknown state, so it is not entered again. */
const turn = (run, call) => {
  running = call ?? NO_CALL;
  try {
    run(call);
  } catch (error) {
    if (call) fail(call, 'internal error');
    if (error instanceof Trap) block('internal error', error);
    else complain('an error in a call', error);
  } finally {
    running = undefined;
  }
  const callback = afterwards;
  afterwards = undefined;
  if (callback) runNow(callback);
};

/** An exception of the page's function goes to `window.onerror`, not to the caller of `ready`. */
const runNow = (callback) => {
  try {
    callback();
  } catch (error) {
    queueMicrotask(() => {
      throw error;
    });
  }
};

/** The module runs: installs it, then empties the queue. Throws what the installation throws, and the module is not entered again. */
export const start = (exports, install) => {
  core = exports;
  running = NO_CALL;
  try {
    install();
  } catch (error) {
    core = undefined;
    throw error;
  } finally {
    running = undefined;
  }
  takeTurns();
};

/** Runs something other than a call in the module. */
export const schedule = (run) => enter(() => run(core));

/** Asks the module for a value at once, even while it is busy. So this must not run code of the page. */
export const query = (question) => {
  try {
    return core && question(core);
  } catch (error) {
    block('internal error', error);
  }
};

/** Fails all calls, present and future, with this reason. They end before anything is logged: the page may have replaced the console. */
export const block = (reason, ...why) => {
  if (blocked) return;
  blocked = reason;
  core = undefined;
  const waiting = queue;
  queue = waiting.filter(({ call }) => call?.listens);
  for (const { call } of waiting) if (call && !call.listens) fail(call, reason);
  for (const call of [...pending.values(), ...listening]) fail(call, reason);
  errorListeners.forEach(notify);
  complain(reason, ...why);
};

/** Calls a function given to `error`. */
const notify = (listener) => {
  const res = failure('config', blocked);
  queueMicrotask(() => listener(res));
};

/** Writes an error to the console. The page's own console may throw. */
export const complain = (text, ...more) => {
  try {
    console.error(`juzi-helper: ${text}`, ...more);
  } catch {
    // There is no other place to report it.
  }
};

/** The texts that `warn` has written. */
const warned = new Set();
/** Warns in the console, once, that a call does not do what the page takes it for. */
export const warn = (text) => {
  if (warned.has(text)) return;
  warned.add(text);
  try {
    console.warn(`juzi-helper: ${text}`);
  } catch {
    // As above.
  }
};

const toConsole = (what, value) => console.log(`juzi-helper: ${what}`, value);
/** Where `log` writes. */
let sink = toConsole;
/** For the package's option `log`. */
export const logTo = (write = toConsole) => {
  sink = write;
};
/** Who records what is logged and how calls end, and whether nobody else gets it. */
let observer;
let isAlone = false;
/** For the option `record`. The observer does not throw. */
export const observe = (to, alone) => {
  observer = to;
  isAlone = alone;
};
/** For the options `debug` and `record`. */
export const log = (what, value) => {
  try {
    observer?.(what, value);
    if (!isAlone) sink(what, value);
  } catch (error) {
    // The page's own console may throw, but a trap must reach `turn`.
    if (error instanceof Trap) throw error;
  }
};

/** Another `init` begins: new calls wait again. */
export const unblock = () => {
  blocked = undefined;
};

// ---- How a call ends ----

/** Ends a call, once. Its promise is settled, or its callbacks are queued, before any other code of the page runs. */
export const end = (call, ok, res) => {
  if (call.ended) return;
  call.ended = true;
  pending.delete(call.id);
  timed.delete(call);
  listening.delete(call);
  answer(call, ok, res);
  observer?.('ended', [call.id, ok, res.err_msg]);
  try {
    call.signal?.removeEventListener('abort', call.abort);
  } catch {
    // The signal is no AbortSignal.
  }
};

const answer = (call, ok, res) => {
  if (call.promise) {
    if (ok) call.resolve(res);
    else call.reject(new JuziError(call.name, res, call.why));
    return;
  }
  if (call.listens && !ok) return;
  for (const callback of [call.done, ok ? call.success : call.fail, call.complete]) {
    // Each callback has a microtask of its own. So it is always asynchronous, and its exception goes to `window.onerror` and stops no other
    // callback.
    if (isFunction(callback)) queueMicrotask(() => callback(res));
  }
};

const fail = (call, reason) => end(call, false, failure(call.name, reason));

/** Fails the call whose answer made the module trap. */
export const failUnreadableAnswer = (message) => {
  const call = pending.get(own(message, 'reqId'));
  if (call) fail(call, 'internal error');
};

// ---- For the module: pending calls and subscriptions ----

/** The start of every reqId of this page, with 64 random bits, so that reqIds of other scripts in the page differ. */
let prefix;
let posted = 0;
/** What throws here ends the start, and every call with it. */
export const choosePrefix = () => {
  prefix = `juzi-${crypto.getRandomValues(new Uint32Array(2)).join('')}-`;
};

/** Keeps a posted call until its answer, for at most `timeout` milliseconds if it has no timeout of its own. Returns its reqId. */
export const addPending = (call, timeout) => {
  const id = prefix + ++posted;
  // A getter of the params may have ended it.
  if (!call.ended) {
    call.id = id;
    pending.set(id, call);
    if (!call.deadline) limit(call, timeout);
  }
  return id;
};
export const pendingCall = (id) => pending.get(id);

/** Ends the call after `timeout` milliseconds. */
let limit = (call, timeout) => {
  call.deadline = now() + timeout;
  timed.add(call);
  wakeAt(call.deadline);
};

/** The only timer, and when it fires. */
let timer;
let firesAt = Infinity;
const wakeAt = (deadline) => {
  if (deadline >= firesAt) return;
  clearTimeout(timer);
  firesAt = deadline;
  timer = setTimeout(expire, deadline - now());
};

/** Ends the calls that have timed out, and sets the timer for the next. */
const expire = () => {
  firesAt = Infinity;
  const time = now();
  for (const call of timed) {
    if (call.deadline > time) wakeAt(call.deadline);
    else timeOut(call);
  }
};
const timeOut = (call) => {
  if (core?.expire) enter(() => core.expire(call), call);
  else fail(call, 'timeout');
};

/** Keeps a call until the next push answers it. */
export const listen = (call) => void listening.add(call);
export const subscribe = (call) => void subscribers.add(call.done);
export const unsubscribe = (call) => void subscribers.delete(call.done);
/** Passes a push to the calls that wait for one and to the subscribers. Each gets its own copy of `res`. */
export const publish = (res) => {
  for (const call of [...listening]) end(call, true, { ...res });
  for (const callback of subscribers) {
    const copy = { ...res };
    queueMicrotask(() => callback(copy));
  }
};

// ---- For the package's testing kit. The scripts lack this. ----

/** Times calls out by the kit's timers, which may be fake. `later(run, ms)` returns a function that cancels. */
export const useTimers = (later) => {
  const cancels = new Map();
  limit = (call, timeout) => {
    call.deadline = Infinity;
    cancels.set(
      call,
      later(() => timeOut(call), timeout),
    );
  };
  timed = {
    delete: (call) => {
      cancels.get(call)?.();
      cancels.delete(call);
    },
  };
};

/** Forgets everything, as if the script had just been loaded. Calls that are pending never end. */
export const resetCalls = () => {
  for (const call of [...pending.values(), ...queue.map(({ call }) => call)]) timed.delete(call);
  clearTimeout(timer);
  firesAt = Infinity;
  core = blocked = running = reading = afterwards = undefined;
  queue = [];
  untaken = [];
  taking = 0;
  for (const collection of [pending, listening, subscribers, errorListeners]) collection.clear();
};
