// The names of the options (spec section 9), and the nearest one to a misspelled name.

// generated: options (`./build.sh generate` writes this from src/options/catalogue.rs)
export const OPTIONS = ['allowedHosts', 'timeout', 'force', 'bridge', 'debug', 'userAgent', 'record'];
// generated: end

/** Whether the Levenshtein distance of two strings is at most `edits`. */
const isWithin = (edits, one, other) => {
  if (edits < 0 || one === other) return edits >= 0;
  const [oneRest, otherRest] = [one.slice(1), other.slice(1)];
  if (one[0] === other[0]) return isWithin(edits, oneRest, otherRest);
  return [
    [oneRest, otherRest],
    [oneRest, other],
    [one, otherRest],
  ].some((pair) => isWithin(edits - 1, ...pair));
};

/** The option nearest to a name: it differs by case, hyphens, or up to three letters of a long name. Undefined if none is near. */
export const nearest = (name, options = OPTIONS) => {
  const plain = (text) => text.toLowerCase().replace(/[-_]/g, '');
  for (const edits of [0, 1, 2, 3]) {
    const found = options.find((option) => edits <= option.length / 3 && isWithin(edits, plain(name), plain(option)));
    if (found) return found;
  }
};
