// The hub itself: the crate juzi-hub as a WebAssembly module, which takes a text of JSON and answers with one (hub/wasm).

/**
 * @param {BufferSource} wasm
 * @returns {() => (given: { op: string }) => any} Makes a new hub, which has forgotten everything.
 */
export function hubsOf(wasm) {
  const module = new WebAssembly.Module(wasm);
  return () => {
    const { memory, text, call, address } = /** @type {any} */ (new WebAssembly.Instance(module).exports);
    return (given) => {
      const bytes = new TextEncoder().encode(JSON.stringify(given));
      // Each call may move the memory.
      const place = text(bytes.length);
      new Uint8Array(memory.buffer, place, bytes.length).set(bytes);
      const length = call();
      return JSON.parse(new TextDecoder().decode(new Uint8Array(memory.buffer, address(), length)));
    };
  };
}
