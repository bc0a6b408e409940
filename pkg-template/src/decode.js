// From a string with one character per byte to the bytes: natively where it can be. A loop over all of them would take longer
// than everything else that happens before the first call, because at that time nothing has been compiled yet.

/**
 * @param {string} text characters up to U+00FF
 * @returns {Uint8Array}
 */
export const decode = (text) => {
  const bytes = new TextEncoder().encode(text);
  let { length } = bytes;
  // What is above 127, which is little of a module, has become two bytes: C2 and the byte itself, or C3 and the byte less 64.
  for (const lead of [0xc2, 0xc3]) {
    for (let at = -1; (at = bytes.indexOf(lead, at + 1)) >= 0; length--) {
      bytes.copyWithin(at, at + 1);
      bytes[at] += (lead & 1) << 6;
    }
  }
  return bytes.subarray(0, length);
};
