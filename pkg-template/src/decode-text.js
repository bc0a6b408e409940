// A module as printable ASCII. A script may be served in any encoding, joined to others, or minified again, and a minifier may escape what
// is not ASCII. scripts/bundle/embed.mjs encodes with the same two tables.

/** Characters that stand for the bytes 0, 1, 2, … The other printable characters up to `{` stand for themselves. */
export const LOW = "#%&'()*+,-/:;<=>?@[]^_`{";

/** The last printable characters are escapes. */
export const FIRST_ESCAPE = '|'.charCodeAt(0);
/** What `|`, `}` and `~` add to the code of the character after them. */
export const ADDED = [0, 190, 95];

/**
 * A loop over a table, because this runs only once, before the engine has compiled it.
 *
 * @param {string} text
 * @returns {Uint8Array}
 */
export const decodeText = (text) => {
  const plain = new Uint8Array(FIRST_ESCAPE).map((_, code) => code);
  [...LOW].forEach((character, byte) => {
    plain[character.charCodeAt(0)] = byte;
  });
  const bytes = new Uint8Array(text.length);
  let length = 0;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code < FIRST_ESCAPE) {
      bytes[length] = plain[code];
    } else {
      at += 1;
      bytes[length] = text.charCodeAt(at) + ADDED[code - FIRST_ESCAPE];
    }
    length += 1;
  }
  return bytes.subarray(0, length);
};
