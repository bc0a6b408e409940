// The entry `juzi-helper-wasm/inline`: the same with the WebAssembly inside.
import wasm from 'juzi:wasm';
import { decode } from './decode.js';
import { begin, webAssembly } from './helper.js';

// Jest's jsdom has no TextEncoder.
const embedded = () => (globalThis.TextEncoder ? decode(wasm) : Uint8Array.from(wasm, (character) => character.charCodeAt(0)));

export { JuziError, juziWx, patch } from './helper.js';
export * as oauth from './oauth.js';
export const init = (options) => begin(webAssembly(embedded), options);
