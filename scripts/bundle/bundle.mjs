// From wasm-bindgen's and wasm-opt's output in target/wasm to the package in pkg/.
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { toJavaScript } from './compat.mjs';
import { toLiteral } from './embed.mjs';
import { emitPackage } from './entries.mjs';
import { importsOf, shortenExports } from './names.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, '../..');
const template = join(root, 'pkg-template');
const input = join(root, 'target/wasm');
const work = join(root, 'target/bundle');
/** Made aside, and put in place when it is complete: whoever serves pkg/ meanwhile serves the one before. */
const output = join(root, 'target/pkg');
const bin = join(root, 'node_modules/.bin');
const flags = process.env.WASM_OPT_FLAGS?.split(/\s+/).filter(Boolean);
if (!flags) throw new Error('WASM_OPT_FLAGS is not set: run ./build.sh, which knows them');

/** What the embedded module stands for while esbuild works: it would escape what needs no escaping. */
const MARK = '@@juzi-helper-wasm@@';
/** Makes browsers read the script as UTF-8 on a page in GBK too, whose encoding it would have otherwise. */
const BYTE_ORDER_MARK = '\uFEFF';

mkdirSync(work, { recursive: true });
rmSync(output, { recursive: true, force: true });
mkdirSync(output, { recursive: true });

const wasm = readFileSync(join(input, 'juzi_helper_bg.wasm'));
const names = JSON.parse(readFileSync(join(input, 'names.json'), 'utf8'));
/** What start.js and load-compat.js want to know of this build. */
const define = { JUZI_BUILD: JSON.stringify(createHash('sha256').update(wasm).digest('hex').slice(0, 8)) };
define.COMPAT_INTEGRITY = JSON.stringify(await bundleCompat());
await bundleClassic();
await emitPackage({ root, template, output, wasm, bundle, embed });
rmSync(join(root, 'pkg'), { recursive: true, force: true });
renameSync(output, join(root, 'pkg'));

/** Writes the script without WebAssembly, and returns its hash. */
async function bundleCompat() {
  if (process.env.JUZI_COMPAT !== '1') return '';
  const features = flags.filter((flag) => flag.startsWith('--enable-'));
  writeFileSync(join(work, 'compat.js'), toJavaScript(join(input, 'juzi_helper_bg.wasm'), { bin, work, features }));
  const script = BYTE_ORDER_MARK + (await bundle('classic-compat.js', { format: 'iife', target: 'es2020' }));
  writeFileSync(join(output, 'juzi-helper.compat.js'), script);
  return `sha384-${createHash('sha384').update(script).digest('base64')}`;
}

async function bundleClassic() {
  const script = await bundle('classic.js', { format: 'iife', target: 'es2020' });
  writeFileSync(join(output, 'juzi-helper.js'), BYTE_ORDER_MARK + embed(oneByte(script), wasm));
}

/** One character above U+00FF, and the engine keeps the whole script with two bytes for each: they are escaped. */
function oneByte(script) {
  return script.replace(/[^\0-\xFF]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** The script with the module in it. */
function embed(script, module) {
  const literal = JSON.stringify(MARK);
  if (!script.includes(literal)) throw new Error('the bundle has no place for the module');
  return script.replace(literal, () => toLiteral(module));
}

async function bundle(entry, options) {
  const result = await build({
    entryPoints: [join(template, 'src', entry)],
    // Paths in comments are relative to it.
    absWorkingDir: root,
    bundle: true,
    minify: true,
    charset: 'utf8',
    legalComments: 'none',
    write: false,
    // wasm-bindgen's enums, of which the glue shows all and nothing uses one.
    pure: ['Object.freeze'],
    ...options,
    define: { ...define, ...options.define },
    plugins: [...(options.plugins ?? []), { name: 'juzi', setup: resolveOurs }],
  });
  return result.outputFiles[0].text;
}

/** `juzi:glue`, `juzi:imports`, `juzi:calls`, `juzi:page`, `juzi:values`, `juzi:compat`, `juzi:host`, `juzi:catalogue`, `juzi:wasm`. */
function resolveOurs({ onResolve, onLoad }) {
  const glue = join(input, 'juzi_helper_bg.js');
  onResolve({ filter: /^juzi:glue$/ }, () => ({ path: glue }));
  // The sources themselves, not wasm-bindgen's copies: there is one state, whoever imports them.
  onResolve({ filter: /^juzi:(calls|page|values)$|\/snippets\/.*\.js$/ }, ({ path }) => ({
    path: join(root, 'src/browser', `${basename(path.replace('juzi:', ''), '.js')}.js`),
  }));
  onResolve({ filter: /^juzi:compat$/ }, () => ({ path: join(work, 'compat.js') }));
  onResolve({ filter: /^juzi:host$/ }, () => ({ path: join(root, 'www/host.js') }));
  onResolve({ filter: /^juzi:catalogue$/ }, () => ({ path: join(root, 'www/lib/catalogue.js') }));
  onResolve({ filter: /^juzi:(wasm|imports)$/ }, ({ path }) => ({ path, namespace: 'juzi' }));
  onLoad({ filter: /wasm$/, namespace: 'juzi' }, () => ({ contents: MARK, loader: 'text' }));
  onLoad({ filter: /imports$/, namespace: 'juzi' }, () => ({ contents: importsOf(names, glue), resolveDir: input }));
  onLoad({ filter: /juzi_helper_bg\.js$/ }, () => ({ contents: shortenExports(names, readFileSync(glue, 'utf8')) }));
}
