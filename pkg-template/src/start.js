// How the classic script starts, with its WebAssembly or with the same in JavaScript.
import imports from 'juzi:imports';
import { __wbg_set_wasm, begin, env, expire, install, message } from 'juzi:glue';
import { connect } from 'juzi:page';

export { imports };

/** The module's functions, as the page's JavaScript calls them. */
export const core = { begin, env, expire, install, message };

/** The core's instance is there: puts the helper in the page. */
export const start = (exports, options, juziWx, engine) => {
  __wbg_set_wasm(exports);
  connect(core, window, options, juziWx, engine);
};

/**
 * Where `window.juziWx` waits for its core, it takes it here from `juzi-helper.compat.js`. Named after the build: imports have
 * other names in another one.
 */
export const HANDOVER = Symbol.for(`juzi-helper ${JUZI_BUILD}`);
