// What the package's entries share: the calls, which wait for init, and init itself. Importing this does nothing; where there
// is no window (a server that renders the page, a worker), calls fail and init rejects.
import load, * as core from 'juzi:glue';
import { JuziError, block, connect, end, member, value } from 'juzi:shell';
import { placeholder } from './early.js';
import catalogue from '../catalogue.json';

export { JuziError };

const hasWindow = () => typeof window == 'object' && typeof document == 'object';

/** A call: waits for init, but not where there will never be one. */
const call = (name) => (...args) => {
  if (!hasWindow()) block('not in sidebar', 'there is no window here: call it in the browser.');
  return member(name)(...args);
};

export const patch = /* @__PURE__ */ call('patch');

const make = () => {
  const calls = Object.fromEntries(['invoke', ...catalogue].map((name) => [name, call(name)]));
  return { ...calls, patch, isJuziWx: true, env: undefined };
};
export const juziWx = /* @__PURE__ */ make();

/** The result of the first init, and what it was called with. */
let started;

/** `init` of an entry that gets its WebAssembly from `source`. */
export const starter = (source) => (options) => {
  if (!hasWindow()) return Promise.reject(new Error('juzi-helper: init() needs a window: call it in the browser'));
  const key = JSON.stringify(options, Object.keys(options ?? {}).sort());
  if (started) {
    if (options === undefined || key === started.key) return started.result;
    return Promise.reject(new Error('juzi-helper: init() was called before, with other options'));
  }
  started = { key, result: start(options, source) };
  return started.result;
};

const start = async (options = {}, source) => {
  const other = window.juziWx;
  if (other?.isJuziWx && other !== juziWx) {
    if (Object.keys(options).length) console.warn('juzi-helper: the script tag was first; the options of init() are not used');
    share(other);
    return juziWx;
  }
  placeholder(window, options, juziWx);
  try {
    await load({ module_or_path: source() });
  } catch (error) {
    // A browser may have none at all (iOS in Lockdown Mode).
    const refused = !globalThis.WebAssembly || error instanceof WebAssembly.CompileError;
    const why = refused
      ? "the page's Content-Security-Policy needs 'wasm-unsafe-eval' in script-src, if it has one; juzi-helper-wasm/juzi-helper.compat.js, imported before, needs no WebAssembly."
      : 'the WebAssembly could not be loaded; juzi-helper-wasm/inline needs no second file.';
    block(refused ? 'webassembly blocked' : 'internal error', why, error);
    throw new Error(`juzi-helper: ${why}`, { cause: error });
  }
  connect(core, window, options, juziWx, 'wasm');
  return juziWx;
};

/** Calls that take a function which is no callback for an answer. */
const LISTENING = ['ready', 'error', 'on', 'off'];

/** The script tag has installed the helper already: its instance answers, and there is one listener in the page. */
const share = (other) => {
  Object.defineProperty(juziWx, 'env', { get: () => other.env, enumerable: true, configurable: true });
  const begin = (name, params, number) => {
    const entry = value(number);
    const answered = (res) => end(entry, /:ok$/.test(res.err_msg), res);
    const given = LISTENING.includes(entry.name) && entry.done;
    other.invoke(entry.name, entry.params, given || answered);
  };
  const take = (wx) => {
    other.patch(value(wx));
    return wx;
  };
  connect({ install() {}, begin, patch: take }, window, {}, juziWx, '');
};
