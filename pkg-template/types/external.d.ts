/**
 * The same as `juzi-helper-wasm`, with the WebAssembly in a file of its own, `juzi_helper_bg.wasm`. The bundle is 10 KB smaller, and
 * the page makes one more request.
 *
 * webpack, Rspack, Parcel, Turbopack and builds of Vite copy the file beside the bundle. The development servers of Vite 6 and 7 do
 * not. With them, or to keep the file elsewhere, pass its URL:
 *
 * ```ts
 * import { init } from 'juzi-helper-wasm/external';
 * import wasm from 'juzi-helper-wasm/wasm?url';
 *
 * await init({ wasm });
 * ```
 *
 * @packageDocumentation
 */
export * from './index.js';
