// TextEncoder and TextDecoder for Jest's windows, which lack them. Strings pass between the module and JavaScript through them.
// entries.mjs bundles this into the package; the script uses the browser's own.

export const TextEncoder =
  globalThis.TextEncoder ??
  class {
    encode(text) {
      const wellFormed = text.replace(/[\ud800-\udfff]/gu, '\ufffd');
      return Uint8Array.from(unescape(encodeURIComponent(wellFormed)), (character) => character.charCodeAt(0));
    }
  };

export const TextDecoder =
  globalThis.TextDecoder ??
  class {
    decode(bytes = []) {
      return decodeURIComponent(escape(Array.from(bytes, (byte) => String.fromCharCode(byte)).join('')));
    }
  };
