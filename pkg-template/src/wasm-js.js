// The module as JavaScript (compat.mjs), for the entry `compat`. Minified, because what wasm2js makes is nothing to read.
export { instantiate } from 'juzi:compat';
