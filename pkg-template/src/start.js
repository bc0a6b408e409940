// Starts the classic script, with the module as WebAssembly or as JavaScript.
import imports from 'juzi:imports';
import { __wbg_set_wasm, dispatch, env, expire, install, message } from 'juzi:glue';
import { connect } from 'juzi:page';

export { imports };

/** The module's functions, as the page's JavaScript calls them. */
export const core = { dispatch, env, expire, install, message };

/** Installs the helper, given the exports of the module. */
export const start = (exports, options, juziWx, engine) => {
  __wbg_set_wasm(exports);
  connect(core, window, options, juziWx, engine);
};

/**
 * The member of `window.juziWx` through which `juzi-helper.compat.js` hands over its module. It is named after the build, because
 * another build has other names of imports.
 */
export const HANDOVER = Symbol.for(`juzi-helper ${JUZI_BUILD}`);
