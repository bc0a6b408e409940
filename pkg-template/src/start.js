// Starts the classic script, with the module as WebAssembly or as JavaScript.
import imports from 'juzi:imports';
import { __wbg_set_wasm, dispatch, env, expire, install, message } from 'juzi:glue';
import { block } from 'juzi:calls';
import { connect, offerAlone } from 'juzi:page';

export { imports };

/** The module's functions, as the page's JavaScript calls them. */
export const core = { dispatch, env, expire, install, message };

/** A step of the script's start. If it throws, all present and future calls fail; `juziWx` is still put into the page, to report this. */
export const attempt = (juziWx, step) => {
  try {
    step();
  } catch (error) {
    block('internal error', error);
    offerAlone(window, juziWx);
  }
};

/** Installs the helper, given a function that returns the exports of the module. */
export const start = (load, options, juziWx, engine) =>
  attempt(juziWx, () => {
    __wbg_set_wasm(load());
    connect(core, window, options, juziWx, engine);
  });

/** A second tag of the helper only makes a call, so that the first one listens again after `document.open()`. */
export const listenAgain = (juziWx) => {
  try {
    juziWx.ready(() => {});
  } catch {
    // The first helper is of another version, or has been changed.
  }
};

/**
 * The member of `window.juziWx` through which `juzi-helper.compat.js` hands over its module. It is named after the build, because
 * another build has other names of imports.
 */
export const HANDOVER = Symbol.for(`juzi-helper ${JUZI_BUILD}`);
