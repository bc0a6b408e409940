// The calls of the page, from the moment it makes them to their end: the queue while the WebAssembly is not there yet, the map
// of those that wait for an answer, their timers and callbacks. It must work before the module exists and after it has trapped,
// and knows no rule of the protocol.
import { define, get, isFunction, own, thrownText } from './values.js';

// Taken when the script loads: a page that replaces one of them afterwards changes nothing here.
const { Date, Error, Map, Promise, Set, clearTimeout, console, performance, queueMicrotask, setTimeout } = globalThis;
const now = performance ? performance.now.bind(performance) : Date.now;
/**
 * What a trap throws. Where there is no WebAssembly, its form in JavaScript throws what nothing else does (compat.mjs). An element
 * with the id `WebAssembly` is none.
 */
const Trap = [globalThis.WebAssembly?.RuntimeError].find(isFunction) ?? EvalError;

/** The names of the catalogue (api.rs), which pages may call before the module runs. A test compares the two. */
export const CALLS =
  'getCurExternalContact getCurExternalChat getCurChatInfo getContext sidebarAuth sendChatMessage sendMultiChatMessage openEnterpriseChat previewImage updateBaseInfo config agentConfig checkJsApi ready error on off'.split(
    ' ',
  );

/** The fixed reasons (error.rs has those that the module finds; a test compares them): `JuziError.code` is one of them. */
const FIXED =
  /:fail (not in sidebar|timeout|function not exist|host unreachable|internal error|webassembly blocked|invalid options|aborted)/;

/** A call that failed, as promises reject with it. */
export class JuziError extends Error {
  constructor(api, res) {
    super(res.err_msg);
    const code = (FIXED.exec(res.err_msg)?.[1] ?? 'fail').replace(/ /g, '_');
    // Defined: an assignment would reach what a script has put on every object.
    for (const [name, value] of [['api', api], ['err_msg', res.err_msg], ['res', res], ['code', code]]) {
      define(this, name, { value, writable: true });
    }
  }
}
JuziError.prototype.name = 'JuziError';

/** The WebAssembly's exports, once it runs. */
let core;
/** Why no call can be answered any more. */
let dead;
/** The call that the module works on, or `NO_CALL` while it does something else. It is never entered twice. */
let running;
const NO_CALL = { depth: 0 };
/** What waits for the module: until it is there, or until what it is doing now is done. */
let queue = [];
/** The posted calls without an answer, by reqId. */
const pending = new Map();
/** The same, by their timeout in milliseconds: within one lane they end in the order in which they began. */
const lanes = { __proto__: null };
/** The calls that wait for the next push. */
const listening = new Set();
/** The lasting subscriptions to pushes. */
const subscribers = new Set();
/** What was given to `error`: told when the helper cannot run. */
const errorListeners = new Set();
/** Calls that take a function which is no callback for an answer: a failure never reaches it. */
export const LISTENING = ['ready', 'error', 'on', 'off'];

// ---- How a call begins ----

/** Calls that getters make within calls, one in another: more are a page's mistake that would go on for ever. */
const DEEPEST = 1_000;

const makeCall = (name, params, done, bridged) => {
  // All the members that a call will ever have: an object that gets one later is laid out anew.
  const call = {
    name: typeof name == 'string' ? name : typeof name,
    params,
    done,
    bridged,
    success: undefined,
    fail: undefined,
    complete: undefined,
    signal: undefined,
    abort: undefined,
    resolve: undefined,
    reject: undefined,
    promise: undefined,
    id: undefined,
    lane: undefined,
    deadline: 0,
    depth: running ? running.depth + 1 : 0,
    ended: false,
    listens: isFunction(done) && LISTENING.includes(name),
  };
  let thrown;
  // Beside a callback, SDKs leave success, fail and complete in the params and call them on their own.
  if (!isFunction(done) && params && typeof params == 'object') {
    try {
      for (const member of ['success', 'fail', 'complete', 'signal']) call[member] = get(params, member);
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
    // Pages call these and look no further: a failure is no unhandled rejection.
    if (name === 'config' || name === 'agentConfig') call.promise.catch(() => {});
  }
  if (thrown) fail(call, thrownText(thrown.error));
  else if (call.signal != null) watchSignal(call);
  return call;
};

/** Lets an AbortSignal end the call. */
const watchSignal = (call) => {
  call.abort = () => fail(call, 'aborted');
  try {
    if (call.signal.aborted) call.abort();
    else call.signal.addEventListener('abort', call.abort);
  } catch {
    call.signal = undefined;
    fail(call, 'signal must be an AbortSignal');
  }
};

/** A call of the page's; a promise where it has no callback of any kind and came by no bridge of an SDK. */
export const invoke = (name, params, done, bridged = false) => {
  if (isFunction(params) && !isFunction(done)) {
    done = params;
    params = undefined;
  }
  const call = makeCall(name, params, done, bridged);
  if (name === 'error' && call.listens) {
    errorListeners.add(done);
    if (dead) tellError(done);
  }
  if (call.depth > DEEPEST) fail(call, 'too many calls within calls');
  else enter(begin, call);
  return call.promise;
};

/** The module checks the call and posts or ends it. What the page's function does is none of its business. */
const begin = (call) => {
  if (call.ended) return;
  const { params } = call;
  call.params = undefined;
  if (core.begin(call, params, call.bridged)) afterwards = call.done;
};
/** A function of the page's that runs as soon as the module is done, and before the call returns. */
let afterwards;

/** The function of a name: `juziWx.<name>`. */
export const member = (name) =>
  name == 'invoke' ? (api, params, done) => invoke(api, params, done) : (params, done) => invoke(name, params, done);

// ---- The module's turns ----

/** Runs in the module, now or as soon as it can. */
const enter = (run, call) => {
  // What listens is told no failure, and waits for an `init` that works.
  if (dead && !call?.listens) return call && fail(call, dead);
  queue.push({ run, call });
  if (core && !running) takeTurns();
};

/** One after the other, also those that come up meanwhile: the page's getters and listeners may call. */
const takeTurns = () => {
  while (core && queue.length) {
    const { run, call } = queue.shift();
    turn(run, call);
  }
};

/** Runs in the module. If it traps, its memory cannot be trusted any more. */
const turn = (run, call) => {
  running = call ?? NO_CALL;
  try {
    run(call);
  } catch (error) {
    if (call) fail(call, 'internal error');
    if (error instanceof Trap) block('internal error', error);
    else writeError('juzi-helper:', error);
  } finally {
    running = undefined;
  }
  const callback = afterwards;
  afterwards = undefined;
  if (callback) runNow(callback);
};

/** What the page's function throws is its own: the call that it was given to does not throw. */
const runNow = (callback) => {
  try {
    callback();
  } catch (error) {
    queueMicrotask(() => {
      throw error;
    });
  }
};

/** The module runs: it installs itself, and what waited for it goes next, in order. */
export const start = (exports, install) => {
  core = exports;
  turn(install);
  takeTurns();
};

/** Something other than a call that the module is told. */
export const tell = (run) => enter(() => run(core));

/** What the module answers at once. It runs no code of the page's for that, so it may be in the middle of something else. */
export const ask = (question) => {
  try {
    return core && question(core);
  } catch (error) {
    block('internal error', error);
  }
};

/** Every call there is and will be fails with this reason. They end before anything is logged, which a page can replace. */
export const block = (reason, ...why) => {
  if (dead) return;
  dead = reason;
  core = undefined;
  const waiting = queue;
  queue = waiting.filter(({ call }) => call?.listens);
  for (const { call } of waiting) if (call && !call.listens) fail(call, reason);
  for (const call of [...pending.values(), ...listening]) fail(call, reason);
  errorListeners.forEach(tellError);
  writeError(`juzi-helper: ${reason}`, ...why);
};

/** Tells what was given to `error` that the helper cannot run. */
const tellError = (listener) => {
  const res = failure('config', dead);
  queueMicrotask(() => listener(res));
};

/** Writes to the console, which a page may have replaced: what that throws is lost. */
export const writeError = (...what) => {
  try {
    console.error(...what);
  } catch {
    // Nobody is left to tell.
  }
};

/** A malformed option, for whoever writes the page. */
export const complain = (text) => writeError(`juzi-helper: ${text}`);

/** For the option `debug`. */
export const log = (what, value) => {
  try {
    console.log(`juzi-helper: ${what}`, value);
  } catch (error) {
    // A page's console may throw what it likes. But a trap stops the module.
    if (error instanceof Trap) throw error;
  }
};

/** It is tried again: calls wait for it once more. */
export const revive = () => {
  dead = undefined;
};

// ---- How a call ends ----

/** Ends a call, once. Nothing that the page has made runs before the call's own promise or callbacks have their answer. */
export const end = (call, ok, res) => {
  if (call.ended) return;
  call.ended = true;
  pending.delete(call.id);
  call.lane?.delete(call);
  listening.delete(call);
  answer(call, ok, res);
  try {
    call.signal?.removeEventListener('abort', call.abort);
  } catch {
    // A signal of the page's own making.
  }
};

const answer = (call, ok, res) => {
  if (call.promise) {
    if (ok) call.resolve(res);
    else call.reject(new JuziError(call.name, res));
    return;
  }
  if (call.listens && !ok) return;
  for (const callback of [call.done, ok ? call.success : call.fail, call.complete]) {
    // A microtask each: asynchronous always, and what one of them throws is the page's alone.
    if (isFunction(callback)) queueMicrotask(() => callback(res));
  }
};

const failure = (name, reason) => {
  const err_msg = `${name}:fail ${reason}`;
  return { err_msg, errMsg: err_msg, errCode: -1 };
};
const fail = (call, reason) => end(call, false, failure(call.name, reason));

/** An answer that stopped the module while it was read is a failure at once. */
export const failUnread = (message) => {
  const call = pending.get(own(message, 'reqId'));
  if (call) fail(call, 'internal error');
};

// ---- For the module: calls that wait ----

/** Keeps a posted call until its answer, or for so many milliseconds. */
export const hold = (call, id, delay) => {
  call.id = id;
  call.deadline = now() + delay;
  call.lane = lanes[delay] ??= new Set();
  call.lane.add(call);
  pending.set(id, call);
  wakeAt(call.deadline);
};
export const held = (id) => pending.get(id);

/** The one timer, and when it goes off. */
let timer;
let alarm = Infinity;
const wakeAt = (deadline) => {
  if (deadline >= alarm) return;
  clearTimeout(timer);
  alarm = deadline;
  timer = setTimeout(expire, deadline - now());
};

/** Ends the calls whose time is over, and sleeps until the next one's is. */
const expire = () => {
  alarm = Infinity;
  const time = now();
  let next = Infinity;
  for (const delay in lanes) {
    for (const call of lanes[delay]) {
      if (call.deadline > time) {
        if (call.deadline < next) next = call.deadline;
        break;
      }
      enter((late) => core.expire(late), call);
    }
  }
  if (next < Infinity) wakeAt(next);
};

/** Keeps a call until the next push. */
export const listen = (call) => void listening.add(call);
export const subscribe = (callback) => void subscribers.add(callback);
export const unsubscribe = (callback) => void subscribers.delete(callback);
/** A push: to the calls that wait for it, each once, and to the lasting subscriptions. Each gets a `res` of its own. */
export const publish = (res) => {
  for (const call of [...listening]) end(call, true, { ...res });
  for (const callback of subscribers) {
    const copy = { ...res };
    queueMicrotask(() => callback(copy));
  }
};
