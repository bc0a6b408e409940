// The entries of the option `log`: what the module writes with `debug`, as objects. A test compares the texts.

const TYPES = {
  __proto__: null,
  'in the sidebar?': ['detected', 'reason'],
  "the host's origin is": ['host', 'origin'],
  'to the host': ['sent', 'message'],
  'from the host': ['received', 'message'],
};

/** The entry for a text and a value. Any other text is `ignored: ` and why. */
export const entryOf = (what, value) => {
  const known = TYPES[what];
  return known ? { type: known[0], [known[1]]: value } : { type: 'ignored', why: what.replace('ignored: ', ''), value };
};
