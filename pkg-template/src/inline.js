// The entry `juzi-helper-wasm/inline`: the WebAssembly is inside this file.
import { embedded } from './embedded.js';
import { initWith, webAssembly } from './helper.js';

export { JuziError, isInSidebar, juziWx, patch, whenReady } from './helper.js';
export * as oauth from './oauth.js';
export const init = (options) => initWith(webAssembly(embedded), options);
