// What the package's entries share: the calls, which wait for init, and init itself. Importing this does nothing; where there
// is no window (a server that renders the page, a worker), calls fail and init rejects.
import { __wbg_set_wasm } from 'juzi:glue';
import { CALLS, JuziError, block, end, member, revive, start as startCalls } from 'juzi:calls';
import { connect, isInstalled, offerEarly, patch as takeOver } from 'juzi:page';
import { PATIENCE } from './patience.js';
import { core, imports } from './start.js';

export { JuziError };

const hasWindow = () => typeof window == 'object' && typeof document == 'object';

const needsWindow = () => {
  if (!hasWindow()) block('not in sidebar', 'there is no window here: call it in the browser.');
};

/** A call: waits for init, but not where there will never be one. */
const call = (name) => (...args) => {
  needsWindow();
  return member(name)(...args);
};

/** The helper that the script tag has installed, once `init` has found it. */
let shared;

export const patch = (wx) => {
  needsWindow();
  return shared ? shared.patch(wx) : takeOver(wx);
};

const make = () => {
  const calls = Object.fromEntries(['invoke', ...CALLS].map((name) => [name, call(name)]));
  return { ...calls, patch, isJuziWx: true, env: undefined };
};
export const juziWx = /* @__PURE__ */ make();

/** The init that runs or has run: what it was called with, and its promise. Nothing after one that failed, which can be repeated. */
let started;

const late = () => new Error(`it did not come within ${PATIENCE / 1000} s`);

/** Fetches a file, and gives it up when it does not come. What is in memory already is not waited for. */
const fetched = (source) => {
  if (!(source instanceof URL)) return source;
  const stop = new AbortController();
  setTimeout(() => stop.abort(late()), PATIENCE);
  return fetch(source, { signal: stop.signal });
};

/** An instance of the module, from its bytes or from what a server answers. */
const instantiate = async (source) => {
  const response = await source;
  if (!(globalThis.Response && response instanceof Response)) return (await WebAssembly.instantiate(response, imports)).instance;
  if (WebAssembly.instantiateStreaming && response.headers.get('Content-Type') === 'application/wasm') {
    return (await WebAssembly.instantiateStreaming(response, imports)).instance;
  }
  if (!response.ok) throw new Error(`${response.url}: ${response.status}`);
  return (await WebAssembly.instantiate(await response.arrayBuffer(), imports)).instance;
};

/** An engine: a way to run the core, and what `env.engine` calls it. */
export const webAssembly = (source) => ({
  name: 'wasm',
  run: async () => __wbg_set_wasm((await instantiate(fetched(source()))).exports),
});
export const javaScript = (factory) => ({ name: 'js', run: async () => __wbg_set_wasm(factory(imports)) });

/** In the place of options, it asks an entry's `init` for nothing but its engine. */
const ENGINE = {};

/** `init` of the entry with this engine. */
export const begin = (engine, options) => {
  if (options === ENGINE) return engine;
  if (!hasWindow()) return Promise.reject(new Error('juzi-helper: init() needs a window: call it in the browser'));
  const key = JSON.stringify(options, Object.keys(options ?? {}).sort());
  if (started) {
    if (options === undefined || key === started.key) return started.result;
    return Promise.reject(new Error('juzi-helper: init() was called before, with other options'));
  }
  started = { key, result: start(options ?? {}, engine) };
  return started.result;
};

const start = async (options, engine) => {
  const other = window.juziWx;
  if (isInstalled(window) && other !== juziWx) {
    const unused = Object.keys(options).some((name) => name !== 'fallback');
    if (unused) console.warn('juzi-helper: the script tag was first; the options of init() are not used');
    share(other);
    return juziWx;
  }
  revive();
  offerEarly(window, options, juziWx);
  connect(core, window, options, juziWx, (await run(engine, options.fallback)).name);
  return juziWx;
};

/** Runs the engine, or the one in reserve, and returns which. Where none can run, what waits fails. */
const run = async (engine, fallback) => {
  try {
    await engine.run();
    return engine;
  } catch (error) {
    const reserve = fallback && (await runReserve(fallback));
    if (reserve) return reserve;
    started = undefined;
    const refused = isRefused();
    const why = refused
      ? "the page's Content-Security-Policy needs 'wasm-unsafe-eval' in script-src, if it has one; juzi-helper-wasm/compat needs no WebAssembly."
      : 'the WebAssembly could not be loaded; juzi-helper-wasm/inline needs no second file.';
    block(refused ? 'webassembly blocked' : 'internal error', why, error);
    throw new Error(`juzi-helper: ${why}`, { cause: error });
  }
};

const runReserve = async (fallback) => {
  try {
    const patience = new Promise((_, reject) => setTimeout(() => reject(late()), PATIENCE));
    const engine = (await Promise.race([fallback(), patience])).init(ENGINE);
    await engine.run();
    return engine;
  } catch (error) {
    console.error("juzi-helper: fallback must be a function that imports juzi-helper-wasm/compat, and failed:", error);
  }
};

/** Whether there is no WebAssembly here at all: by the policy, or in iOS' Lockdown Mode. Asked of the smallest module there is. */
const isRefused = () => {
  try {
    return !new WebAssembly.Module(Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0));
  } catch {
    return true;
  }
};

/** Calls that take a function which is no callback for an answer. */
const LISTENING = ['ready', 'error', 'on', 'off'];

/** The script tag has installed the helper already: its instance answers, and there is one listener in the page. */
const share = (other) => {
  shared = other;
  Object.defineProperty(juziWx, 'env', { get: () => other.env, enumerable: true, configurable: true });
  const begin = (call, name, params) => {
    const answered = (res) => end(call, /:ok$/.test(res.err_msg), res);
    other.invoke(name, params, (LISTENING.includes(name) && call.done) || answered);
  };
  startCalls({ begin }, () => {});
};
