// The names of the options (spec section 9), and the nearest one to a misspelled name.

export const OPTIONS = ['allowedHosts', 'timeout', 'force', 'bridge', 'debug'];

/** Levenshtein distance. */
const distance = (one, other) => {
  let row = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (let at = 1; at <= one.length; at++) {
    const next = [at];
    for (let to = 1; to <= other.length; to++) {
      const same = one[at - 1] === other[to - 1];
      next[to] = Math.min(row[to] + 1, next[to - 1] + 1, row[to - 1] + (same ? 0 : 1));
    }
    row = next;
  }
  return row[other.length];
};

/** The option nearest to a name: it differs by case, hyphens, or up to three letters of a long name. Undefined if none is near. */
export const nearest = (name, options = OPTIONS) => {
  const plain = (text) => text.toLowerCase().replace(/[-_]/g, '').slice(0, 40);
  let best;
  let least = Infinity;
  for (const option of options) {
    const apart = distance(plain(name), plain(option));
    if (apart <= Math.min(3, option.length / 3) && apart < least) [best, least] = [option, apart];
  }
  return best;
};
