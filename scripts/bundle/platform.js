// What wasm-bindgen's glue takes of the platform, as it is when the script loads: a page that replaces one of these
// afterwards changes nothing. esbuild puts it in the place of the globals (its option `inject`).
export const { Array, DataView, Error, JSON, Number, URL, URLSearchParams, Uint8Array, console } = globalThis;
