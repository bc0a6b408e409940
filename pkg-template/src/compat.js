// The entry `juzi-helper-wasm/compat`: the module as JavaScript, for where WebAssembly is refused.
import { initWith, javaScript } from './helper.js';
import { instantiate } from './wasm-js.js';

export { JuziError } from './juzi-error.js';
export { call, juziWx, patch, whenReady } from './helper.js';
export * as oauth from './oauth.js';
export { isInSidebar } from './sidebar.js';
export const init = (options) => initWith(javaScript(instantiate), options);
