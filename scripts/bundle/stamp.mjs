// The name of a build, inside its module: the name of an empty custom section, which engines ignore.

/**
 * @param {Uint8Array} wasm
 * @param {string} name fewer than 126 characters of ASCII
 * @returns {Uint8Array} the module with that section
 */
export const stamp = (wasm, name) => Buffer.concat([wasm, Buffer.of(0, name.length + 1, name.length), Buffer.from(name)]);
