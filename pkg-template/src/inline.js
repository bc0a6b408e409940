// The entry `juzi-helper-wasm/inline`: the same with the WebAssembly inside.
import wasm from 'juzi:wasm';
import { starter } from './helper.js';

const bytes = () => Uint8Array.from(wasm, (character) => character.charCodeAt(0));

export { JuziError, juziWx, patch } from './helper.js';
export * as oauth from './oauth.js';
export const init = /* @__PURE__ */ starter(bytes);
