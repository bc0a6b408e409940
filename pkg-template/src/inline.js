// The entry `juzi-helper-wasm/inline`: the former name of the default entry.
export * from './index.js';
