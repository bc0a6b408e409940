// Prints what a visitor downloads: raw, gzip -9 and Brotli 11 bytes. With --check, fails above a limit.
import { existsSync, readFileSync } from 'node:fs';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { buildSync } from 'esbuild';
import { HUB_LIMITS, LIMITS, PARTS } from './limits.mjs';

const WASM = 'target/wasm/juzi_helper_bg.wasm';
const HUB = 'pkg-vite/hub.wasm';

/** What a page's bundle gets from an entry of the package, minified by esbuild: the names that the page imports, and the limit. */
const ENTRIES = {
  index: { names: ['init', 'juziWx'], limit: 19_180 },
  external: { names: ['init', 'juziWx'], limit: 9_530 },
  compat: { names: ['init', 'juziWx'], limit: 22_960 },
  // What a page needs; the rest is for its server.
  oauth: { names: ['authorizeUrl', 'newState', 'parseCallback', 'OAuthError'], limit: 1_500 },
  // Without the framework and the helper.
  react: { names: ['*'], limit: 2_600 },
  vue: { names: ['*'], limit: 2_600 },
  store: { names: ['*'], limit: 2_280 },
};
/** The recorder is a file that a page loads only for the option `record`. */
const EXTERNAL = ['react', 'vue', 'juzi-helper-wasm', './recorder.js'];

function brotli(data) {
  return brotliCompressSync(data, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: 11,
      [constants.BROTLI_PARAM_LGWIN]: 24,
      [constants.BROTLI_PARAM_SIZE_HINT]: data.length,
    },
  });
}

const measure = (name, limits, data) => ({
  name,
  limits,
  raw: data.length,
  gzip: gzipSync(data, { level: 9 }).length,
  brotli: brotli(data).length,
});

function bundled(entry, { names, limit }, name = `bundled ${entry === 'index' ? 'default entry' : `./${entry}`}`) {
  const imported = names.includes('*') ? '*' : `{ ${names.join()} }`;
  const contents = `export ${imported} from './pkg/${entry}.js';`;
  const { outputFiles } = buildSync({
    stdin: { contents, resolveDir: '.' },
    bundle: true,
    minify: true,
    format: 'esm',
    external: EXTERNAL,
    write: false,
  });
  return measure(name, { brotli: limit }, Buffer.from(outputFiles[0].contents));
}

function table(rows) {
  const cells = (row) => row.map((cell, i) => (i === 0 ? cell.padEnd(34) : cell.padStart(11))).join('');
  const bytes = (n) => n.toLocaleString('en-US');
  return [
    cells(['bytes', 'raw', 'gzip -9', 'Brotli 11']),
    ...rows.map((row) => cells([row.name, bytes(row.raw), bytes(row.gzip), bytes(row.brotli)])),
  ].join('\n');
}

const rows = [
  ...Object.entries(LIMITS).map(([file, limit]) => existsSync(file) && measure(file, { brotli: limit }, readFileSync(file))),
  existsSync(HUB) && measure(HUB, HUB_LIMITS, readFileSync(HUB)),
  measure(WASM, {}, readFileSync(WASM)),
  ...Object.entries(ENTRIES).map(([entry, bundle]) => existsSync(`pkg/${entry}.js`) && bundled(entry, bundle)),
  ...Object.entries(PARTS).map(
    ([name, limit]) => existsSync('pkg/index.js') && bundled('index', { names: [name], limit }, `${name} alone`),
  ),
].filter(Boolean);
console.log(table(rows));

if (process.argv.includes('--check')) {
  for (const row of rows) {
    for (const [kind, limit] of Object.entries(row.limits)) {
      const size = row[kind];
      if (size > limit) {
        console.error(`${row.name} is ${size} bytes (${kind}), ${size - limit} above the limit of ${limit}`);
        process.exitCode = 1;
      } else {
        console.log(`${row.name}: ${limit - size} bytes below the limit of ${limit} (${kind})`);
      }
    }
  }
  // With the two modules.
  if (rows.length < Object.keys({ ...LIMITS, ...ENTRIES, ...PARTS }).length + 2) {
    console.error(`not everything has been built: ${rows.map(({ name }) => name).join(', ')}`);
    process.exitCode = 1;
  }
}
