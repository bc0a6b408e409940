// wasm-opt has shortened the names of the module's imports and exports to one letter, and printed the mapping (names.json). This applies
// the mapping to the JavaScript. wasm-bindgen's names contain a path and a hash, which are not needed at run time.

/**
 * @param {{ imports: [string, string, string][] }} names the module that wasm-bindgen imports from, its name, the short one
 * @param {string} glue what wasm-bindgen's JavaScript is imported as; it is in the source map, and so not a path of this machine
 * @returns {string} a JavaScript module: its default export is the object to instantiate the WebAssembly with
 */
export function importsOf({ imports }, glue) {
  const from = (module) => JSON.stringify(/_bg\.js$/.test(module) ? glue : module);
  const lines = imports.map(([module, name, short]) => `import { ${name} as ${short}_ } from ${from(module)};`);
  return `${lines.join('\n')}\nexport default { a: {\n${imports.map(([, , short]) => `${short}: ${short}_`).join(',\n')} } };`;
}

/** The platform's objects that wasm-bindgen's JavaScript uses, captured when the script loads: a page may replace them afterwards. */
const PLATFORM = 'const { Array, DataView, JSON, URL, Uint8Array } = globalThis;\n';

/**
 * @param {{ exports: [string, string][] }} names the names that wasm-bindgen calls, and the short ones
 * @param {string} glue wasm-bindgen's JavaScript
 * @returns {string} the same, which calls the module by the short names
 */
export function shortenExports({ exports }, glue) {
  const short = new Map(exports);
  const text = glue.replace(/\bwasm\.(\w+)/g, (_, name) => {
    if (!short.has(name)) throw new Error(`the module exports no ${name}: has wasm-bindgen changed its form?`);
    return `wasm.${short.get(name)}`;
  });
  // A memory that has grown leaves a detached buffer behind, but not where it is JavaScript's own (compat.mjs).
  const views = /(cached\w+Memory0)\.(?:byteLength === 0|buffer\.detached === true \|\| \([^)]*\))/g;
  if (text.match(views)?.length !== 2) throw new Error('the glue looks at its memory in a new way: has wasm-bindgen changed its form?');
  return PLATFORM + withoutUnused(text).replace(views, '$1.buffer !== wasm.' + short.get('memory') + '.buffer');
}

/**
 * Code that never runs: strings are always passed with `realloc`, and no page decodes 2 GB, after which Safari's decoder is renewed.
 * Strings are short, so `encode` is enough in place of `encodeInto`, for which wasm-bindgen brings a copy for browsers without it.
 */
const UNUSED = [
  [/\n    if \(realloc === undefined\) \{\n[^}]*\n    \}\n/, ''],
  [/\nif \(!\('encodeInto' in cachedTextEncoder\)\) \{[\s\S]*?\n\}\n/, ''],
  [
    /const ret = cachedTextEncoder\.encodeInto\(arg, view\);\s*offset \+= ret\.written;/,
    'const bytes = cachedTextEncoder.encode(arg);\n        view.set(bytes);\n        offset += bytes.length;',
  ],
  [/    numBytesDecoded \+= [^]*?\n    \}\n/, ''],
  [/^const MAX_SAFARI.*\nlet numBytes.*\n/m, ''],
];

function withoutUnused(glue) {
  const withRealloc = ![...glue.matchAll(/passStringToWasm0\(([^)]*)\)/g)].some(([, given]) => given.split(',').length !== 3);
  if (!withRealloc || UNUSED.some(([part]) => !part.test(glue)))
    throw new Error('the glue passes strings in a new way: has wasm-bindgen changed its form?');
  return UNUSED.reduce((text, [part, ours]) => text.replace(part, ours), glue);
}
