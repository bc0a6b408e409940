// The entry `juzi-helper-wasm/global` has types only. The script is for the import, which stays in the page's code.
export {};
