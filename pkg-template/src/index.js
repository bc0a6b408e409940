// The entry `juzi-helper-wasm`: the WebAssembly is a file beside this one, which bundlers find by this very expression.
import { begin, webAssembly } from './helper.js';

export { JuziError, juziWx, patch } from './helper.js';
export * as oauth from './oauth.js';
export const init = (options) => begin(webAssembly(() => new URL('./juzi_helper_bg.wasm', import.meta.url)), options);
