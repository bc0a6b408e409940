// The entry `juzi-helper-wasm/external`: the WebAssembly is a file beside this one. Bundlers recognise `new URL(…, import.meta.url)`.
import { initWith, webAssembly } from './helper.js';

export { JuziError, isInSidebar, juziWx, patch, whenReady } from './helper.js';
export * as oauth from './oauth.js';
export const init = (options) => initWith(webAssembly(() => new URL('./juzi_helper_bg.wasm', import.meta.url)), options);
