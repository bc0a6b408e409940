// The entry `juzi-helper-wasm/compat`: the same with the module as JavaScript, for where WebAssembly is refused.
import { instantiate } from 'juzi:compat';
import { begin, javaScript } from './helper.js';

export { JuziError, juziWx, patch } from './helper.js';
export * as oauth from './oauth.js';
export const init = (options) => begin(javaScript(instantiate), options);
