// A module as printable ASCII. A bundle may be served in any encoding, and a minifier may escape what is not ASCII.
// scripts/bundle/embed.mjs encodes with the same two tables.

/** Characters that stand for the bytes 0, 1, 2, … The other printable characters stand for themselves. */
export const LOW = '#%&\'()*+,-/:;<=>?@[]^_`{';

/** What an escape adds to the code of the character after it. */
export const ESCAPES = { '|': 0, '}': 190, '~': 95 };

/**
 * @param {string} text
 * @returns {Uint8Array}
 */
export const decodeText = (text) =>
  Uint8Array.from(text.match(/[|}~]?./g), ([first, second]) => {
    if (second) return ESCAPES[first] + second.charCodeAt(0);
    const low = LOW.indexOf(first);
    return low < 0 ? first.charCodeAt(0) : low;
  });
