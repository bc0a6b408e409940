// The entry `juzi-helper-wasm/compat`: the module as JavaScript, for where WebAssembly is refused.
import { initWith, javaScript } from './helper.js';
import { instantiate } from './wasm-js.js';

export { JuziError, call, isInSidebar, juziWx, patch, whenReady } from './helper.js';
export * as oauth from './oauth.js';
export const init = (options) => initWith(javaScript(instantiate), options);
