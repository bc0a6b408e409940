// A page pays for what it imports: of the package, a bundler keeps only what `isInSidebar` or `JuziError` needs.
import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { brotliCompressSync } from 'node:zlib';
import { PARTS } from '../../scripts/limits.mjs';
import { HTML, built, inHost } from './pages.mjs';
import { tool, tools } from './workshop.mjs';

/** What a page does with each. */
const PAGES = {
  isInSidebar: `
    import { isInSidebar } from 'juzi-helper-wasm';
    history.replaceState(null, '', location.pathname);
    document.documentElement.dataset.result = isInSidebar();`,
  JuziError: `
    import { JuziError } from 'juzi-helper-wasm';
    const { code, message, name } = new JuziError('sidebarAuth', 'timeout');
    document.documentElement.dataset.result = JSON.stringify({ code, message, name });`,
};
const RESULTS = { isInSidebar: true, JuziError: { code: 'timeout', message: 'sidebarAuth:fail timeout', name: 'JuziError' } };

/** Bundlers, each as a function that bundles a file without minifying it. */
const BUNDLERS = {
  async esbuild(input) {
    const { build } = await tool('esbuild');
    const { outputFiles } = await build({ entryPoints: [input], bundle: true, format: 'esm', write: false });
    return outputFiles[0].text;
  },
  async Rollup(input) {
    const { rollup } = await import(join(tools, 'node_modules/rollup/dist/es/rollup.js'));
    const { nodeResolve } = await tool('@rollup/plugin-node-resolve');
    const bundle = await rollup({ input, plugins: [nodeResolve()] });
    return (await bundle.generate({ format: 'es' })).output[0].code;
  },
};

const minified = async (code) => (await (await tool('esbuild')).transform(code, { minify: true, format: 'esm' })).code;
const bytesOf = async (code) => brotliCompressSync(await minified(code)).length;

for (const [bundler, bundle] of Object.entries(BUNDLERS)) {
  for (const [name, limit] of Object.entries(PARTS)) {
    test(`${bundler}: a page that imports ${name} alone gets at most ${limit} bytes, and it works`, async (t) => {
      const files = {
        'part.js': `export { ${name} } from 'juzi-helper-wasm';`,
        'main.js': PAGES[name],
      };
      const { site } = await built(t, files, async ({ path }) => {
        const bytes = await bytesOf(await bundle(path('part.js')));
        assert.ok(bytes <= limit, `${bytes} bytes after Brotli, ${bytes - limit} too many`);
        mkdirSync(path('dist'));
        writeFileSync(path('dist/index.html'), HTML(`<script type="module">${await bundle(path('main.js'))}</script>`));
      });
      const { result } = await inHost(site.url);
      assert.deepEqual(result, RESULTS[name]);
    });
  }
}
