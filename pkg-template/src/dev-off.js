// The entry `juzi-helper-wasm/dev` everywhere but in a development build.
export const host = undefined;
