/**
 * The same as `juzi-helper-wasm`, with the WebAssembly included, for setups where a second file is inconvenient.
 *
 * ```ts
 * import { init, juziWx } from 'juzi-helper-wasm/inline';
 * ```
 *
 * @packageDocumentation
 */
export * from './index.js';
