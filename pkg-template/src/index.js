// The entry `juzi-helper-wasm`. The WebAssembly is in wasm-text.js: development servers move a package's scripts into their caches,
// and a separate file does not follow.
import { initWith, webAssembly } from './helper.js';
import { wasmBytes } from './wasm-text.js';

export { JuziError } from './juzi-error.js';
export { call, juziWx, patch, whenReady } from './helper.js';
export * as oauth from './oauth.js';
export { isInSidebar } from './sidebar.js';
export const init = (options) => initWith(webAssembly(wasmBytes), options);
