// The entry `juzi-helper-wasm/external`: the WebAssembly is a file beside this one. Bundlers recognise `new URL(…, import.meta.url)`.
import { imports, initWith } from './helper.js';
import { compile, faultOf } from './wasm-source.js';

export { JuziError } from './juzi-error.js';
export { call, juziWx, patch, whenReady } from './helper.js';
export * as oauth from './oauth.js';
export { isInSidebar } from './sidebar.js';

const beside = () => new URL('./juzi_helper_bg.wasm', import.meta.url);
const engine = {
  name: 'wasm',
  faultOf,
  load: async (wasm) => (await WebAssembly.instantiate(await compile(wasm ?? beside()), imports)).exports,
};
export const init = (options) => initWith(engine, options);
