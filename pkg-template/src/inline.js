// The entry `juzi-helper-wasm/inline`: the same with the WebAssembly inside.
import { embedded } from './embedded.js';
import { begin, webAssembly } from './helper.js';

export { JuziError, juziWx, patch } from './helper.js';
export * as oauth from './oauth.js';
export const init = (options) => begin(webAssembly(embedded), options);
