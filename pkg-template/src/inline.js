// The entry `juzi-helper-wasm/inline`: the WebAssembly is inside this file.
import wasm from 'juzi:wasm';
import { decode } from './decode.js';
import { initWith, webAssembly } from './helper.js';

// Jest's jsdom has no TextEncoder.
const embedded = () => (globalThis.TextEncoder ? decode(wasm) : Uint8Array.from(wasm, (character) => character.charCodeAt(0)));

export { JuziError, juziWx, patch } from './helper.js';
export * as oauth from './oauth.js';
export const init = (options) => initWith(webAssembly(embedded), options);
