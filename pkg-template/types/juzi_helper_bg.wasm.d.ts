/**
 * The file that `juzi-helper-wasm/wasm` stands for.
 *
 * @packageDocumentation
 */
export { default } from './wasm.js';
