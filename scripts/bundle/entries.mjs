// The package around the classic script: the modules of its entries, types, manifest, documents, and a list of hashes.
import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { transform } from 'esbuild';
import { NOTICES, cratesIn, listed, notices } from './licences.mjs';

/** Modules that others import instead of containing them, so that a page and the package have one of each. */
const SHARED = ['helper', 'hooks', 'index', 'juzi-error', 'kit', 'members', 'oauth', 'recorder', 'sidebar', 'wasm-js', 'wasm-text'];
/** Sources that a shared module has inside, for it and for all others. */
const INSIDE = { environment: 'sidebar', platform: 'sidebar' };
/**
 * Imported only when a page asks for it. Where a bundler makes one file, it wraps every module that such a one imports, whoever else
 * imports it: so this has a copy of the few functions that it needs.
 */
const ALONE = 'recorder';
/** As ESM and as CommonJS. */
const MODULES = [
  'members',
  'juzi-error',
  'sidebar',
  'helper',
  'wasm-text',
  'wasm-js',
  'index',
  'compat',
  'global',
  'oauth',
  'react',
  'vue',
  'store',
  'hooks',
  'recorder',
  'kit',
  'dev-off',
  'testing',
  'playwright',
];
/**
 * In some bundlers `require` cannot locate another file, so the CommonJS entries contain the WebAssembly. The panel of `dev` needs a
 * browser, to which bundlers bring it as ESM.
 */
const ESM_ONLY = ['external', 'dev'];
/** As text or as JavaScript, the module, which nobody reads. */
const MACHINE_MADE = /^wasm-/;
/** Their types for `require` refer to those for `import`. */
const LARGE_TYPES = ['index', 'hooks', 'oauth', 'playwright', 'react', 'store', 'testing', 'vue'];
/** Types of globals: one file, to which the types for `import` and for `require` refer. */
const GLOBALS = ['window.d.ts', 'globals.d.ts'];
/** Scripts, which CommonJS imports through a module of its own. */
const CLASSIC = ['juzi-helper', 'juzi-helper.compat'];
const HELPER = { crate: 'juzi-helper-module', features: '' };
/** From the repository's root. */
export const DOCUMENTS = ['LICENSE-MIT', 'LICENSE-APACHE'];

/**
 * @param {{ root: string, template: string, output: string, wasm: Uint8Array,
 *   bundle: (entry: string, options: object) => Promise<import('./script.mjs').Script> }} build
 */
export async function emitPackage({ root, template, output, wasm, bundle }) {
  const write = (file, text) => writeFileSync(join(output, file), text);
  /** TextEncoder and TextDecoder: the module's strings need them, and not every window has them. */
  const inject = [join(template, 'src/text-coding.js')];
  for (const name of [...MODULES, ...ESM_ONLY]) await emitModule(name, 'js', esm);
  for (const name of MODULES) await emitModule(name, 'cjs', commonjs);
  for (const name of CLASSIC)
    write(
      `${name}.cjs`,
      `// Where there is a page, and only there: older versions of Node.js cannot require a script.\nif (globalThis.window) require('./${name}.js');\n`,
    );
  writeFileSync(join(output, 'juzi_helper_bg.wasm'), wasm);
  const version = versionOf(readFileSync(join(root, 'Cargo.toml'), 'utf8'));
  const crates = cratesIn(root, HELPER);
  write(NOTICES, notices(crates));
  writeFileSync(join(root, 'target/pkg.bundled.json'), listed({ cargo: crates }));
  for (const file of readdirSync(join(template, 'types')).sort()) emitTypes(file);
  for (const file of readdirSync(template).filter((name) => /^README.*\.md$/.test(name)))
    copyFileSync(join(template, file), join(output, file));
  for (const file of DOCUMENTS) copyFileSync(join(root, file), join(output, file));
  write('package.json', manifestOf(template, version));
  write('integrity.json', integrity(version));

  async function emitModule(name, extension, options) {
    // A build with the prebuilt standard library has no module as JavaScript.
    if (/^(compat|wasm-js)$/.test(name) && !existsSync(join(output, 'juzi-helper.compat.js'))) return;
    const script = await bundle(`${name}.js`, { ...options(name), ...(name === 'helper' && { inject }) });
    const { text } = ownMembersOnly(script);
    write(`${name}.${extension}`, MACHINE_MADE.test(name) ? text : await withoutComments(text));
  }

  /** Types for `import`, and the same for `require`, which TypeScript wants in files of their own. */
  function emitTypes(file) {
    const text = readFileSync(join(template, 'types', file), 'utf8');
    write(file, text);
    if (GLOBALS.includes(file)) return;
    const name = file.replace(/\.d\.ts$/, '');
    const required = LARGE_TYPES.includes(name)
      ? sameTypes(name, text)
      : text.replace(/((?:from|import) ?\(?)'\.\/(\w+)\.js'/g, "$1'./$2.cjs'");
    write(`${name}.d.cts`, required);
  }

  /** What a page needs to pin a file (`<script integrity>`), and what it weighs. */
  function integrity(version) {
    const files = {};
    for (const file of readdirSync(output).sort()) {
      if (!/\.(js|wasm)$/.test(file)) continue;
      const data = readFileSync(join(output, file));
      files[file] = {
        integrity: `sha384-${createHash('sha384').update(data).digest('base64')}`,
        bytes: data.length,
        gzip: gzipSync(data, { level: 9 }).length,
        brotli: brotliCompressSync(data).length,
      };
    }
    return `${JSON.stringify({ version, files }, null, 2)}\n`;
  }
}

/**
 * Types for `require` that refer to those for `import`. TypeScript treats a copy of a generic type as another type, and `window.juziWx`
 * could not be passed on. Of the other large ones the package has each once.
 */
function sameTypes(file, text) {
  const from = `'./${file}.js' with { 'resolution-mode': 'import' }`;
  const values = [...text.matchAll(/^export (function|const|class) (\w+)/gm)].map(
    ([, kind, name]) =>
      `export declare const ${name}: typeof module.${name};\n${kind === 'class' ? `export type ${name} = module.${name};\n` : ''}`,
  );
  const others = file === 'index' ? `export * as oauth from './oauth.cjs';\n` : '';
  const module = values.length > 0 ? `import type * as module from ${from};\n` : '';
  return `${module}export type * from ${from};\n${others}${values.join('')}`;
}

/** esbuild leaves some comments of the sources. Those with a file's name stay. */
async function withoutComments(text) {
  const stripped = text.replace(/^[ \t]*(?:\/\*\*[^]*?\*\/|\/\/ (?!\S+\.js$).*)\n/gm, '');
  const bare = async (one) => (await transform(one, { ...TARGET, charset: 'utf8', minifyWhitespace: true })).code;
  if ((await bare(stripped)) !== (await bare(text))) throw new Error('more than comments would be taken out of a module');
  return stripped;
}

/**
 * esbuild's helpers for exports walk inherited members, and describe properties with objects that inherit. Members that a script adds
 * to `Object.prototype` would become exports, or stop the import.
 */
function ownMembersOnly(script) {
  return script
    .replace(/for ?\(var (\w+) in (\w+)\)/g, 'for (var $1 of Object.keys($2))')
    .replace(
      /\b(\w+) ?= ?Object\.defineProperty([,;])/g,
      '$1 = (object, name, descriptor) => Object.defineProperty(object, name, { __proto__: null, ...descriptor })$2',
    );
}

/** webpack 4 cannot parse newer syntax. It has no `import.meta`, which the entry `external` needs. */
const TARGET = { target: 'es2019', supported: { 'dynamic-import': true, 'import-meta': true } };
const readable = { minify: false, ...TARGET, platform: 'neutral', external: ['node:*', 'react', 'vue', 'juzi-helper-wasm'] };

/** The output of wasm2js is not readable anyway. */
const minify = (name) => name === 'wasm-js';
const esm = (name) => ({ ...readable, minify: minify(name), format: 'esm', plugins: [keepOutside(name, 'js')] });
const commonjs = (name) => ({
  ...readable,
  minify: minify(name),
  format: 'cjs',
  plugins: [keepOutside(name, 'cjs')],
  define: { 'import.meta.url': '__moduleUrl' },
  banner: name === 'playwright' ? { js: "const __moduleUrl = require('node:url').pathToFileURL(__filename);" } : {},
});

function keepOutside(name, extension) {
  return {
    name: 'shared',
    setup({ onResolve }) {
      onResolve({ filter: /^(\.\/[\w-]+\.js|.*\/snippets\/.*\.js|juzi:[\w-]+)$/ }, ({ path }) => {
        const source = /[\w-]+(?=(\.js)?$)/.exec(path)[0];
        const shared = INSIDE[source] ?? source;
        return name === ALONE || shared === name || !SHARED.includes(shared)
          ? undefined
          : { path: `./${shared}.${extension}`, external: true };
      });
    },
  };
}

/** The manifest of a template, with the version. */
export const manifestOf = (template, version) =>
  readFileSync(join(template, 'package.json'), 'utf8').replace('"0.0.0"', JSON.stringify(version));

export function versionOf(cargo) {
  const version = /^version = "([^"]+)"$/m.exec(cargo)?.[1];
  if (!version) throw new Error('Cargo.toml names no version');
  return version;
}
