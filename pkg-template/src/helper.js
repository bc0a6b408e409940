// What the package's entries share: the calls, which wait for init, and init itself. Importing this does nothing; where there
// is no window (a server that renders the page, a worker), calls fail and init rejects.
import { __wbg_set_wasm } from 'juzi:glue';
import { CALLS, JuziError, LISTENING, block, end, member, revive, start as startCalls } from 'juzi:calls';
import { connect, globalOf, isHelper, offerEarly, patch as takeOver } from 'juzi:page';
import { define, get } from 'juzi:values';
import { OPTIONS, nearest } from './option-names.js';
import { PATIENCE, late, withPatience } from './patience.js';
import { core, imports } from './start.js';

export { JuziError };

const hasWindow = () => typeof window == 'object' && typeof document == 'object';

const needsWindow = () => {
  if (!hasWindow()) block('not in sidebar', 'there is no window here: call it in the browser.');
};

/** A call: waits for init, but not where there will never be one. */
const call = (name) => (...args) => {
  // What listens is not told of a failure, and nothing will ever be told to it where there is no window.
  if (LISTENING.includes(name) && !hasWindow()) return undefined;
  needsWindow();
  return member(name)(...args);
};

/** Another copy of the helper that runs in the page, once `init` has found it. */
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

/** Fetches a file, and gives it up when it does not come. */
const fetched = async (url) => {
  const stop = new AbortController();
  setTimeout(() => stop.abort(late()), PATIENCE);
  const response = await fetch(url, { __proto__: null, signal: stop.signal });
  if (!response.ok) throw new Error(`${response.url} answered with status ${response.status}`);
  return response;
};

/** Compiles a module that is in memory, or one while it arrives where its server names the right type. */
const instantiate = async (source) => {
  if (!(source instanceof URL)) return WebAssembly.instantiate(source, imports);
  const response = await fetched(source);
  const { instantiateStreaming } = WebAssembly;
  const streams = instantiateStreaming && /^application\/wasm\b/i.test(response.headers.get('content-type'));
  return streams ? instantiateStreaming(response, imports) : WebAssembly.instantiate(await response.arrayBuffer(), imports);
};

/** An engine: what `env.engine` calls it, and a way to the exports of the module. */
export const webAssembly = (source) => ({ name: 'wasm', load: async () => (await instantiate(source())).instance.exports });
export const javaScript = (instantiate) => ({ name: 'js', load: async () => instantiate(imports) });

/** In the place of options, it asks an entry's `init` for nothing but its engine. */
const ENGINE = {};

/** `init` of the entry with this engine. */
export const begin = (engine, options) => {
  if (options === ENGINE) return engine;
  if (!hasWindow()) return Promise.reject(new Error('juzi-helper: init() needs a window: call it in the browser'));
  let given;
  let key;
  try {
    given = readOptions(options);
    key = JSON.stringify(given);
  } catch (error) {
    if (!started) refuse('invalid options', error);
    return Promise.reject(error);
  }
  if (started) {
    if (key === '{}' || key === started.key) return started.result;
    return Promise.reject(new Error('juzi-helper: init() was called before, with other options'));
  }
  started = { key, result: start(given, engine) };
  return started.result;
};

const NAMES = [...OPTIONS, 'fallback'];

/** The options that are given, each read once, in one order. */
const readOptions = (options) => {
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
    if (option !== undefined) given[name] = option;
  }
  // Nobody who names hosts means all of them.
  if (given.allowedHosts === null) throw new TypeError('juzi-helper: init(): allowedHosts must be an array of origins, but it is null');
  return given;
};

/** Ends what waits for an init that has failed; it can be repeated. */
const refuse = (reason, ...why) => {
  started = undefined;
  revive();
  block(reason, ...why);
};

const start = async (options, engine) => {
  const other = globalOf(window, 'juziWx');
  if (other !== juziWx && isHelper(other) && (await runs(other))) {
    const unused = Object.keys(options).some((name) => name !== 'fallback');
    if (unused) console.warn('juzi-helper: another copy of juzi-helper was first in this page; the options of this init() are not used');
    share(other);
    return juziWx;
  }
  revive();
  offerEarly(window, options, juziWx);
  connect(core, window, options, juziWx, (await run(engine, options.fallback)).name);
  return juziWx;
};

/** Whether another copy's helper runs, or ends up running: it answers then, wherever the page is. */
const runs = (other) =>
  // The original helper does not know this call, and would never answer it.
  typeof other.checkJsApi != 'function' ||
  new Promise((resolve) => {
    other.invoke('checkJsApi', { jsApiList: [] }, ({ err_msg }) => resolve(!/:fail (internal error|webassembly blocked|invalid options)$/.test(err_msg)));
  });

/** Runs the engine, or the one in reserve, and returns which. Where none can run, what waits fails. */
const run = async (engine, fallback) => {
  try {
    return await ready(engine);
  } catch (error) {
    const reserve = fallback && (await runReserve(fallback));
    if (reserve) return reserve;
    const refused = isRefused();
    const why = refused
      ? "the page's Content-Security-Policy needs 'wasm-unsafe-eval' in script-src, if it has one; juzi-helper-wasm/compat needs no WebAssembly."
      : 'the WebAssembly could not be loaded; juzi-helper-wasm/inline needs no second file.';
    refuse(refused ? 'webassembly blocked' : 'internal error', why, error);
    throw new Error(`juzi-helper: ${why}`, { __proto__: null, cause: error });
  }
};

/** The engine, when its core can be called. One that comes too late changes nothing. */
const ready = async (engine) => {
  __wbg_set_wasm(await withPatience(engine.load()));
  return engine;
};

const runReserve = async (fallback) => {
  try {
    return await ready((await withPatience(fallback())).init(ENGINE));
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

/** Another copy runs in the page: it answers, and there is one listener in the page. */
const share = (other) => {
  shared = other;
  define(juziWx, 'env', { get: () => other.env });
  const begin = (call, params) => {
    const answered = (res) => end(call, /:ok$/.test(res.err_msg), res);
    other.invoke(call.name, params, (LISTENING.includes(call.name) && call.done) || answered);
  };
  startCalls({ begin }, () => {});
};
