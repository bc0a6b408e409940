/**
 * The same as `juzi-helper-wasm` without WebAssembly: the module translated to JavaScript, for pages whose policy does not allow
 * WebAssembly. `env.engine` is `js`. It shares its state with the other entries: there is one `juziWx`.
 *
 * ```ts
 * import { init, juziWx } from 'juzi-helper-wasm/compat';
 * ```
 *
 * Where only some browsers refuse WebAssembly, they alone load it:
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
