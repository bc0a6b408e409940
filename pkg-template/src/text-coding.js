// Jest's windows have no TextEncoder and TextDecoder, by which strings go to the module and come from it. Bundled into the package
// in their place (entries.mjs): browsers have them.

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
