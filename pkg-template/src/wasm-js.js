// The module as JavaScript (compat.mjs), for the entry `compat`. Minified, because the output of wasm2js is not readable anyway.
export { instantiate } from 'juzi:compat';
