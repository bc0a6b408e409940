// Shared by the package's entries: `juziWx`, whose calls wait for `init`, and `init`. Without a window (server-side rendering, a worker)
// calls fail and `init` rejects.
import { __wbg_set_wasm } from 'juzi:glue';
import { CALLS, LISTENING, block, complain, end, logTo, member, resetCalls, unblock, start as startCalls, useTimers } from 'juzi:calls';
import { define, get } from 'juzi:members';
import { connect, offerEarly, patch as takeOver, resetPage } from 'juzi:page';
import { endRecording, recording } from 'juzi:recording';
import { isFunction, taken, thrownMessage } from 'juzi:values';
import { currentKit } from './kit-link.js';
import { entryOf } from './log-entry.js';
import { OPTIONS, nearest } from './option-names.js';
import { withPatience } from './patience.js';
import { globalOf, hasWindow, isHelper, setOurs } from './sidebar.js';
import { core, imports } from './start.js';

export { imports };

const needsWindow = () => {
  if (!hasWindow()) block('not in sidebar', 'there is no window here: call it in the browser.');
};

/** A call. It waits for `init`; without a window it fails at once. */
const offer =
  (name) =>
  (...args) => {
    // Calls that register a listener do not fail.
    if (LISTENING.includes(name) && !hasWindow()) return name === 'on' ? () => {} : undefined;
    needsWindow();
    return member(name)(...args);
  };

/** A call by its name that always returns a promise: what a wrapper of a page's own is made of. */
export const call = async (api, params, settings) =>
  juziWx.invoke(api, { ...(Array.isArray(params) ? { messages: params } : params), ...settings });

/** Another copy's `juziWx`, if `init` has found one that runs in the page. */
let shared;

export const patch = (wx) => {
  needsWindow();
  return shared ? shared.patch(wx) : takeOver(wx);
};

/** A report before `init`. */
const early = async () => {
  throw new Error('juzi-helper: nothing is recorded: call init({ record: true }) before');
};

/** Runs when the page imports the package; not in a bundle that leaves `juziWx` out. */
const make = () => {
  const calls = Object.fromEntries(['invoke', ...CALLS].map((name) => [name, offer(name)]));
  const made = { ...calls, report: early, saveReport: early, patch, isJuziWx: true, env: undefined };
  setOurs(made);
  return made;
};
export const juziWx = /* @__PURE__ */ make();

/** Resolves `whenReady`. */
let isReady;
/** Resolves with the helper after the first `init` that succeeds. An `init` that fails can be repeated. */
export const whenReady = /* @__PURE__ */ new Promise((resolve) => {
  isReady = resolve;
});

/** Returns the helper, and resolves `whenReady` unless a bundler has left it out. */
const running = () => {
  isReady?.(juziWx);
  return juziWx;
};

/** The options and the promise of `init`; undefined before it and after a failure, when `init` can be called again. */
let started;

/**
 * An engine: its name in `env.engine`, and a function that loads the module and returns its exports. That of `external.js` also checks
 * the option `wasm` (`faultOf`).
 */
export const webAssembly = (own) => ({
  name: 'wasm',
  load: async () => (await WebAssembly.instantiate(own(), imports)).instance.exports,
});
export const javaScript = (instantiate) => ({ name: 'js', load: async () => instantiate(imports) });

/** Passed to an entry's `init` in the place of options, it makes `init` return the engine. */
const ENGINE = {};

/** `init` of an entry with this engine. */
export const initWith = (engine, options) => {
  if (options === ENGINE) return engine;
  if (!hasWindow()) return Promise.reject(new Error('juzi-helper: init() needs a window: call it in the browser'));
  let given;
  let key;
  try {
    given = readOptions(options, engine);
    // How the module is loaded is not an option of the running helper.
    key = JSON.stringify({ __proto__: null, ...given, wasm: undefined });
  } catch (error) {
    if (!started) refuse('invalid options', error);
    return Promise.reject(error);
  }
  if (started) {
    if (key === '{}' || key === started.key) return started.result;
    return Promise.reject(new Error('juzi-helper: init() was called before, with other options'));
  }
  // Set before anything runs: the page's code may call `init` meanwhile, and a start that fails at once resets it.
  let settle;
  const result = new Promise((resolve) => {
    settle = resolve;
  });
  started = { key, result };
  settle(start(given, engine));
  return result;
};

/** For the testing kit: as if nothing had been called yet. */
const reset = () => {
  started = shared = undefined;
  define(juziWx, 'env', { value: undefined, writable: true });
  endRecording();
  define(juziWx, 'report', { value: early, writable: true });
  define(juziWx, 'saveReport', { value: early, writable: true });
  resetPage();
  resetCalls();
};

/** The options that say how the module is loaded. */
const LOADING = ['wasm', 'fallback'];
const NAMES = [...OPTIONS, 'log', ...LOADING];

/** The most entries of `allowedHosts` (src/options.rs). */
const MOST_HOSTS = 1_000;

/** The given options. Each is read once, in a fixed order. */
const readOptions = (options, { faultOf }) => {
  options ??= {};
  if (Object(options) !== options || typeof options == 'function') throw new TypeError('juzi-helper: init(): options must be an object');
  for (const name of Object.keys(options)) {
    if (NAMES.includes(name)) continue;
    const meant = nearest(name, NAMES);
    const hint = meant ? `did you mean "${meant}"?` : `the options are ${NAMES.join(', ')}`;
    throw new TypeError(`juzi-helper: init(): unknown option "${name}"; ${hint}`);
  }
  const given = { __proto__: null };
  for (const name of NAMES) {
    const option = get(options, name);
    // Taken now: the page may change its array before the engine runs.
    if (option !== undefined) given[name] = name == 'allowedHosts' ? taken(option, [0, MOST_HOSTS]) : option;
  }
  // Fail closed: `null` must not mean "any host".
  if (given.allowedHosts === null) throw new TypeError('juzi-helper: init(): allowedHosts must be an array of origins, but it is null');
  const fault = given.wasm !== undefined && faultOf?.(given.wasm);
  if (fault) throw new TypeError(`juzi-helper: ${fault}`);
  return given;
};

/** `init` has failed: fails the calls that wait. After that `init` can be called again. */
const refuse = (reason, ...why) => {
  started = undefined;
  unblock();
  block(reason, ...why);
};

const start = async (given, engine) => {
  let options = given;
  try {
    const kit = currentKit();
    if (kit) options = kit.attach({ options, useTimers, reset });
    const other = globalOf(window, 'juziWx');
    if (other !== juziWx && isHelper(other) && (await runs(other))) {
      const unused = Object.keys(options).some((name) => !LOADING.includes(name));
      if (unused) console.warn('juzi-helper: another copy of juzi-helper was first in this page; the options of this init() are not used');
      share(other);
      return running();
    }
    unblock();
    endRecording();
    options = recording(withLog(options), juziWx, loadRecorder(options));
    offerEarly(window, options, juziWx);
  } catch (error) {
    throw failed(error);
  }
  const { name } = await run(engine, options);
  try {
    connect(core, window, options, juziWx, name);
  } catch (error) {
    throw failed(error);
  }
  return running();
};

/** Something has thrown while starting. The calls that wait end, and `init` can be called again. */
const failed = (error) => {
  refuse('internal error', error);
  return error;
};

/** Loads the recorder, which a page without the option does not load. The report has the options as they were given. */
const loadRecorder = (options) => async () => {
  const { create } = await import('./recorder.js');
  return (page) => create({ ...page, options });
};

/** The options; with `log`, entries go to that function instead of the console. */
const withLog = (options) => {
  const { log } = options;
  logTo();
  if (!isFunction(log)) {
    if (log != null) complain('log must be a function');
    return options;
  }
  // Later, so that the page's code runs neither within the module nor before a message has been posted.
  logTo((what, value) => queueMicrotask(() => log(entryOf(what, value))));
  return { __proto__: null, ...options, debug: true };
};

/** Whether another copy of the helper runs. If so, it answers `checkJsApi`, in the sidebar and elsewhere. */
const runs = (other) =>
  // The original helper lacks this call and would never answer it.
  typeof other.checkJsApi != 'function' ||
  new Promise((resolve) => {
    other.invoke('checkJsApi', { jsApiList: [] }, ({ err_msg }) =>
      resolve(!/:fail (internal error|webassembly blocked|invalid options)$/.test(err_msg)),
    );
  });

/** Runs the engine, or else the fallback, and returns it. If neither runs, the calls that wait fail. */
const run = async (engine, { wasm, fallback }) => {
  try {
    return await ready(engine, wasm);
  } catch (error) {
    const reserve = fallback && (await runReserve(fallback));
    if (reserve) return reserve;
    const refused = isRefused();
    const why = refused
      ? "the page's Content-Security-Policy needs 'wasm-unsafe-eval' in script-src, if it has one; juzi-helper-wasm/compat needs no WebAssembly."
      : `the WebAssembly could not be loaded: ${thrownMessage(error)}`;
    refuse(refused ? 'webassembly blocked' : 'internal error', why, error);
    throw new Error(`juzi-helper: ${why}`, { __proto__: null, cause: error?.cause ?? error });
  }
};

/** Loads the engine's module and returns the engine. */
const ready = async (engine, wasm) => {
  __wbg_set_wasm(await withPatience(engine.load(wasm)));
  return engine;
};

const runReserve = async (fallback) => {
  try {
    return await ready((await withPatience(fallback())).init(ENGINE));
  } catch (error) {
    console.error('juzi-helper: fallback must be a function that imports juzi-helper-wasm/compat, and failed:', error);
  }
};

/** Whether WebAssembly is refused, by a policy or by iOS' Lockdown Mode. Tested with the smallest module. */
const isRefused = () => {
  try {
    return !new WebAssembly.Module(Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0));
  } catch {
    return true;
  }
};

/** Passes all calls to another copy that runs in the page. */
const share = (other) => {
  shared = other;
  define(juziWx, 'env', { get: () => other.env });
  for (const name of ['report', 'saveReport']) define(juziWx, name, { value: async () => other[name](), writable: true });
  const dispatch = (call, params) => {
    // For a call that has waited, the parameters are the copy made at the call. The other copy also needs its signal and timeout.
    if (call.taken && Object(params) === params) {
      for (const name of ['signal', 'timeout']) define(params, name, { value: call[name] });
    }
    const answered = (res) => end(call, /:ok$/.test(res.err_msg), res);
    other.invoke(call.name, params, (LISTENING.includes(call.name) && call.done) || answered);
  };
  startCalls({ dispatch }, () => {});
};
