/**
 * The same as `juzi-helper-wasm`, but without WebAssembly: the module is translated to JavaScript, for pages whose policy does not
 * allow WebAssembly. `env.engine` is `js`. This entry shares its state with the other entries: there is one `juziWx`.
 *
 * ```ts
 * import { init, juziWx } from 'juzi-helper-wasm/compat';
 * ```
 *
 * If only some browsers refuse WebAssembly, only those browsers load it this way:
 *
 * ```ts
 * import { init } from 'juzi-helper-wasm';
 *
 * await init({ fallback: () => import('juzi-helper-wasm/compat') });
 * ```
 *
 * @packageDocumentation
 */
export * from './index.js';
