// From wasm-pack's output in target/wasm to the package in pkg/.
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { toLiteral } from './embed.mjs';
import { slim } from './slim.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const root = dirname(here);
const input = join(root, 'target/wasm');
const work = join(root, 'target/bundle');
const output = join(root, 'pkg');
const shell = join(root, 'src/browser/shell.js');

/** What the embedded module stands for while esbuild works: it would escape what needs no escaping. */
const MARK = '@@juzi-helper-wasm@@';
/** Makes browsers read the script as UTF-8 on a page in GBK too, whose encoding it would have otherwise. */
const BYTE_ORDER_MARK = '\uFEFF';

mkdirSync(work, { recursive: true });
rmSync(output, { recursive: true, force: true });
mkdirSync(output, { recursive: true });

const wasm = prepareModule();
await bundleClassic(wasm);

/** The module with short names, optimised once more without what the renaming left unused. */
function prepareModule() {
  const slimmed = slim(
    readFileSync(join(input, 'juzi_helper_bg.wasm')),
    readFileSync(join(input, 'juzi_helper.js'), 'utf8'),
    'juzi:shell',
  );
  const raw = join(work, 'slim.wasm');
  const optimised = join(work, 'juzi_helper_bg.wasm');
  writeFileSync(raw, slimmed.wasm);
  writeFileSync(join(work, 'glue.js'), slimmed.glue);
  const flags = process.env.WASM_OPT_FLAGS?.split(/\s+/).filter(Boolean);
  if (!flags) throw new Error('WASM_OPT_FLAGS is not set: run ./build.sh, which knows them');
  execFileSync(join(root, 'node_modules/.bin/wasm-opt'), [...flags, raw, '-o', optimised]);
  return readFileSync(optimised);
}

async function bundleClassic(module) {
  const script = await bundle('classic.js', { format: 'iife', target: 'es2020' });
  const literal = JSON.stringify(MARK);
  if (!script.includes(literal)) throw new Error('the bundle has no place for the module');
  writeFileSync(join(output, 'juzi-helper.js'), BYTE_ORDER_MARK + script.replace(literal, () => toLiteral(module)));
}

async function bundle(entry, options) {
  const result = await build({
    entryPoints: [join(here, 'src', entry)],
    bundle: true,
    minify: true,
    charset: 'utf8',
    legalComments: 'none',
    write: false,
    plugins: [{ name: 'juzi', setup: resolveOurs }],
    ...options,
  });
  return result.outputFiles[0].text;
}

/** `juzi:glue`, `juzi:shell`, `juzi:wasm`. */
function resolveOurs({ onResolve, onLoad }) {
  onResolve({ filter: /^juzi:glue$/ }, () => ({ path: join(work, 'glue.js') }));
  onResolve({ filter: /^juzi:shell$/ }, () => ({ path: shell }));
  onResolve({ filter: /^juzi:wasm$/ }, () => ({ path: 'wasm', namespace: 'juzi' }));
  onLoad({ filter: /.*/, namespace: 'juzi' }, () => ({ contents: MARK, loader: 'text' }));
}
