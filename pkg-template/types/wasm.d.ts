/**
 * The URL of the WebAssembly, for `init({ wasm })`. Import it as your bundler imports URLs: in Vite with `?url`.
 *
 * ```ts
 * import wasm from 'juzi-helper-wasm/wasm?url';
 * ```
 *
 * @packageDocumentation
 */
declare const url: string;
export default url;
