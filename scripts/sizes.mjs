// Prints what a visitor downloads: raw, gzip -9 and Brotli 11 bytes. With --check, fails above a limit.
import { existsSync, readFileSync } from 'node:fs';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { transformSync } from 'esbuild';

/** Modules that a page's bundler minifies. The helper is not in them. */
const MINIFIED = ['pkg/react.js', 'pkg/vue.js'];
const FILES = ['pkg/juzi-helper.js', 'pkg/juzi-helper.compat.js', 'target/wasm/juzi_helper_bg.wasm', ...MINIFIED];

// Bytes after Brotli. A trick that keeps the script below must fit in a screen (docs/notes-on-size.md).
const LIMITS = { 'pkg/juzi-helper.js': 16_500, 'pkg/juzi-helper.compat.js': 19_500, 'pkg/react.js': 2_000, 'pkg/vue.js': 2_000 };

function brotli(data) {
  return brotliCompressSync(data, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: 11,
      [constants.BROTLI_PARAM_LGWIN]: 24,
      [constants.BROTLI_PARAM_SIZE_HINT]: data.length,
    },
  });
}

function measure(file) {
  const written = readFileSync(file);
  const data = MINIFIED.includes(file) ? Buffer.from(transformSync(written.toString(), { minify: true, format: 'esm' }).code) : written;
  return { file, raw: data.length, gzip: gzipSync(data, { level: 9 }).length, brotli: brotli(data).length };
}

function table(rows) {
  const cells = (row) => row.map((cell, i) => (i === 0 ? cell.padEnd(34) : cell.padStart(11))).join('');
  const bytes = (n) => n.toLocaleString('en-US');
  return [
    cells(['bytes', 'raw', 'gzip -9', 'Brotli 11']),
    ...rows.map((row) => cells([row.file, bytes(row.raw), bytes(row.gzip), bytes(row.brotli)])),
  ].join('\n');
}

const rows = FILES.filter((file) => existsSync(file)).map(measure);
console.log(table(rows));

if (process.argv.includes('--check')) {
  for (const [file, limit] of Object.entries(LIMITS)) {
    const size = rows.find((row) => row.file === file)?.brotli;
    if (size === undefined) {
      console.error(`${file} has not been built`);
      process.exitCode = 1;
    } else if (size > limit) {
      console.error(`${file} is ${size} bytes after Brotli, ${size - limit} above the limit of ${limit}`);
      process.exitCode = 1;
    } else {
      console.log(`${file}: ${limit - size} bytes below the limit of ${limit}`);
    }
  }
}
