// A module as printable ASCII. A bundle may be served in any encoding, and a minifier may escape what is not ASCII.
// scripts/bundle/embed.mjs encodes with the same two tables.

/** Characters that stand for the bytes 0, 1, 2, … The other printable characters stand for themselves. */
export const LOW = '#%&\'()*+,-/:;<=>?@[]^_`{';

/** What an escape adds to the code of the character after it. */
export const ESCAPES = { __proto__: null, '|': 0, '}': 190, '~': 95 };

/**
 * @param {string} text
 * @returns {Uint8Array}
 */
export const decodeText = (text) => {
  const bytes = new Uint8Array(text.length);
  let length = 0;
  for (let at = 0; at < text.length; at += 1) {
    const low = LOW.indexOf(text[at]);
    const added = ESCAPES[text[at]];
    if (added !== undefined) at += 1;
    bytes[length] = low < 0 ? text.charCodeAt(at) + (added ?? 0) : low;
    length += 1;
  }
  return bytes.subarray(0, length);
};
