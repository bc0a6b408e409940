/**
 * The same as `juzi-helper-wasm`, with the WebAssembly inside: for places where a second file is a nuisance.
 *
 * ```ts
 * import { init, juziWx } from 'juzi-helper-wasm/inline';
 * ```
 *
 * @packageDocumentation
 */
export * from './index.js';
