// The hub itself: the crate juzi-hub as a WebAssembly module, which takes a text of JSON and answers with one (hub/wasm). It has
// URLs parsed here (hub/src/url).

const utf8 = new TextDecoder('utf-8', { ignoreBOM: true });

/**
 * @param {BufferSource} wasm
 * @returns {() => (given: { op: string }) => any} Makes a new hub, which has forgotten everything.
 */
export function hubsOf(wasm) {
  const module = new WebAssembly.Module(wasm);
  return () => {
    const textAt = (place, length) => utf8.decode(new Uint8Array(memory.buffer, place, length));
    function parse_url(text, length, base, baseLength, room, roomLength) {
      let url;
      try {
        url = new URL(textAt(text, length), baseLength > 0 ? textAt(base, baseLength) : undefined);
      } catch {
        return 0;
      }
      const bytes = new TextEncoder().encode(url.href);
      if (bytes.length <= roomLength) new Uint8Array(memory.buffer, room, roomLength).set(bytes);
      return bytes.length;
    }
    const { exports } = new WebAssembly.Instance(module, { juzi_hub: { parse_url } });
    const { memory, text, call, address } = /** @type {any} */ (exports);
    return (given) => {
      const bytes = new TextEncoder().encode(JSON.stringify(given));
      // Each call may move the memory.
      const place = text(bytes.length);
      new Uint8Array(memory.buffer, place, bytes.length).set(bytes);
      const length = call();
      return JSON.parse(textAt(address(), length));
    };
  };
}
