// The plugin's options, checked: a misspelt one would otherwise do nothing.

const RULES = {
  page: { is: (value) => typeof value === 'string' && value !== '', expected: 'a path of the dev server, or an absolute address' },
  scenario: {
    is: (value) => typeof value === 'string' && value !== '',
    expected: "the path of a .json or .toml file, from Vite's root on",
  },
  codeTtl: { is: (value) => Number.isFinite(value) && value > 0, expected: 'a number of seconds above 0' },
  overlay: { is: (value) => typeof value === 'boolean', expected: 'true or false' },
};

/** @param {unknown} options @returns {{ page: string, scenario?: string, codeTtl: number, overlay: boolean }} */
export function checkOptions(options = {}) {
  if (typeof options !== 'object' || options === null) throw new TypeError('juzi(): the options must be an object');
  for (const [name, value] of Object.entries(options)) {
    const rule = Object.hasOwn(RULES, name) ? RULES[name] : undefined;
    if (!rule) throw new TypeError(`juzi(): there is no option ${JSON.stringify(name)}; the options are ${Object.keys(RULES).join(', ')}`);
    if (value !== undefined && !rule.is(value)) throw new TypeError(`juzi(): \`${name}\` must be ${rule.expected}`);
  }
  const { page = '', scenario, codeTtl = 300, overlay = true } = /** @type {any} */ (options);
  return { page, scenario, codeTtl, overlay };
}
