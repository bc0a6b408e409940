// How the classic script starts, with its WebAssembly or with the same in JavaScript.
import { assigned, begin, env, finish, imports, install, message, patch, tick } from 'juzi:glue';
import { connect } from 'juzi:shell';

export { imports };

// Named one by one: wasm-bindgen's own ways to start, which fetch, stay out of the script.
const core = { assigned, begin, env, install, message, patch, tick };

/** The core's instance is there: puts the helper in the page. */
export const start = (exports, options, juziWx, engine) => {
  finish({ exports });
  connect(core, window, options, juziWx, engine);
};

/**
 * Where `window.juziWx` waits for its core, it takes it here from `juzi-helper.compat.js`. Named after the build: imports have
 * other names in another one.
 */
export const HANDOVER = Symbol.for(`juzi-helper ${JUZI_BUILD}`);
