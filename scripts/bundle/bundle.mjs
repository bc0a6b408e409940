// From wasm-bindgen's and wasm-opt's output in target/wasm to the package in pkg/.
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { toJavaScript } from './compat.mjs';
import { ENDINGS, toText } from './embed.mjs';
import { emitPackage } from './entries.mjs';
import { importsOf, shortenExports } from './names.mjs';
import { Script } from './script.mjs';
import { stamp } from './stamp.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, '../..');
const template = join(root, 'pkg-template');
const input = join(root, 'target/wasm');
const work = join(root, 'target/bundle');
/** The package is built here and moved into place when it is complete, so that a server of pkg/ serves the previous build meanwhile. */
const output = join(root, 'target/pkg');
const bin = join(root, 'node_modules/.bin');
const flags = process.env.WASM_OPT_FLAGS?.split(/\s+/).filter(Boolean);
if (!flags) throw new Error('WASM_OPT_FLAGS is not set: run ./build.sh, which knows them');

/** Another script may precede it in one file, and may end without a semicolon or in a comment. */
const CLASSIC = { format: 'iife', target: 'es2020', charset: 'ascii', banner: { js: '\n;' } };

mkdirSync(work, { recursive: true });
rmSync(output, { recursive: true, force: true });
mkdirSync(output, { recursive: true });

const wasm = readFileSync(join(input, 'juzi_helper_bg.wasm'));
const names = JSON.parse(readFileSync(join(input, 'names.json'), 'utf8'));
/** The name of the build. The package recognises its module by this stamp when a page passes a module (wasm-source.js). */
const name = createHash('sha256').update(wasm).digest('hex').slice(0, 8);
const stamped = stamp(wasm, name);
/** What start.js, wasm-source.js and load-compat.js need to know about this build. */
const define = { JUZI_BUILD: JSON.stringify(name) };
define.RECORDER_INTEGRITY = JSON.stringify(integrityOf(await bundleScript('classic-recorder.js', 'juzi-helper.recorder.js')));
define.COMPAT_INTEGRITY = JSON.stringify(await bundleCompat());
await bundleScript('classic.js', 'juzi-helper.js');
await emitPackage({ root, template, output, wasm: stamped, bundle });
rmSync(join(root, 'pkg'), { recursive: true, force: true });
renameSync(output, join(root, 'pkg'));

/** Writes the script without WebAssembly, and returns its hash. */
async function bundleCompat() {
  if (process.env.JUZI_COMPAT !== '1') return '';
  const features = flags.filter((flag) => flag.startsWith('--enable-'));
  writeFileSync(join(work, 'compat.js'), toJavaScript(join(input, 'juzi_helper_bg.wasm'), { bin, work, features }));
  return integrityOf(await bundleScript('classic-compat.js', 'juzi-helper.compat.js'));
}

/** Writes a script for pages, and returns its text. The maps are in the GitHub release: they would be a quarter of the npm package. */
async function bundleScript(entry, file) {
  return anywhere(await bundle(entry, CLASSIC)).write(output, file, { namesMap: false });
}

function integrityOf(script) {
  return `sha384-${createHash('sha384').update(script).digest('base64')}`;
}

/** Makes a script safe for pages in any encoding, as a file of its own, joined with others, or inside a page. */
function anywhere(script) {
  // Only the code contains this: the module's text does not.
  const safe = script.replace(/]]>/g, ']] >');
  const [found] = /[^\n -~]/u.exec(safe.text) ?? ENDINGS.filter((ending) => safe.text.toLowerCase().includes(ending));
  if (found) throw new Error(`a script has to be printable ASCII that can be inside a page, but it has ${JSON.stringify(found)}`);
  return safe;
}

/** @returns {Promise<Script>} */
async function bundle(entry, options) {
  const result = await build({
    entryPoints: [join(template, 'src', entry)],
    // esbuild writes paths in comments relative to this.
    absWorkingDir: root,
    bundle: true,
    minify: true,
    charset: 'utf8',
    legalComments: 'none',
    sourcemap: 'external',
    // Not written: the sources' paths in the map are relative to it.
    outfile: join(root, 'pkg/script.js'),
    write: false,
    // wasm-bindgen's glue exports all its enums, and nothing uses them.
    pure: ['Object.freeze'],
    ...options,
    define: { ...define, ...options.define },
    plugins: [...(options.plugins ?? []), { name: 'juzi', setup: resolveOurs }],
  });
  const [map, script] = result.outputFiles;
  return new Script(script.text, JSON.parse(map.text));
}

/**
 * `juzi:glue`, `juzi:imports`, `juzi:calls`, `juzi:environment`, `juzi:page`, `juzi:recorder`,
 * `juzi:recording`, `juzi:values`, `juzi:compat`, `juzi:host`,
 * `juzi:catalogue`, `juzi:dom`, `juzi:wasm`, `juzi:wasm-text`.
 */
function resolveOurs({ onResolve, onLoad }) {
  const glue = join(input, 'juzi_helper_bg.js');
  onResolve({ filter: /^juzi:glue$/ }, () => ({ path: glue }));
  // The sources themselves, not wasm-bindgen's copies, so that all importers share one state.
  onResolve({ filter: /^juzi:(calls|environment|page|recorder|recording|values)$|\/snippets\/.*\.js$/ }, ({ path }) => ({
    path: join(root, 'src/browser', `${basename(path.replace('juzi:', ''), '.js')}.js`),
  }));
  onResolve({ filter: /^juzi:compat$/ }, () => ({ path: join(work, 'compat.js') }));
  onResolve({ filter: /^juzi:host$/ }, () => ({ path: join(root, 'www/host.js') }));
  onResolve({ filter: /^juzi:(catalogue|dom)$/ }, ({ path }) => ({ path: join(root, 'www/lib', `${path.replace('juzi:', '')}.js`) }));
  onResolve({ filter: /^juzi:(wasm|wasm-text|imports)$/ }, ({ path }) => ({ path, namespace: 'juzi' }));
  onLoad({ filter: /wasm$/, namespace: 'juzi' }, () => ({ contents: toText(wasm), loader: 'text' }));
  onLoad({ filter: /wasm-text$/, namespace: 'juzi' }, () => ({ contents: toText(stamped), loader: 'text' }));
  onLoad({ filter: /imports$/, namespace: 'juzi' }, () => ({ contents: importsOf(names, 'juzi:glue'), resolveDir: input }));
  onLoad({ filter: /juzi_helper_bg\.js$/ }, () => ({ contents: shortenExports(names, readFileSync(glue, 'utf8')) }));
}
