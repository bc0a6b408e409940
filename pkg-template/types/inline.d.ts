/**
 * The same as `juzi-helper-wasm`.
 *
 * ```ts
 * import { init, juziWx } from 'juzi-helper-wasm/inline';
 * ```
 *
 * @packageDocumentation
 */
export * from './index.js';
