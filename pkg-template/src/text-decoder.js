// The TextDecoder of wasm-bindgen's JavaScript (bundle.mjs injects it). Most strings from the module are ASCII names of a few
// characters. For them the platform's decoder takes longer than the rest of a call does, and its first construction takes longer than
// the rest of the start. So it is constructed for the first other string.

// Captured when the script loads, before the page can replace them.
const { TextDecoder: PlatformDecoder } = globalThis;
const { fromCharCode } = String;

/** The longest string that is decoded here, in bytes. */
const SHORT = 32;

/** The characters of ASCII bytes; undefined for others. */
const ascii = (bytes) => {
  let text = '';
  for (let at = 0; at < bytes.length; at++) {
    if (bytes[at] > 127) return undefined;
    text += fromCharCode(bytes[at]);
  }
  return text;
};

export class TextDecoder {
  decode(bytes = []) {
    const text = bytes.length > SHORT ? undefined : ascii(bytes);
    if (text !== undefined) return text;
    this.platform ??= new PlatformDecoder('utf-8', { ignoreBOM: true });
    return this.platform.decode(bytes);
  }
}
