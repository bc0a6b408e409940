// The page of supported versions says what the tests run, in both languages.
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { docs, root } from '../lib/places.mjs';

const read = (path) => readFileSync(join(root, path), 'utf8');
const NEW = 'tests/npm/package.json';
const OLD = 'tests/npm/old/package.json';
const NUXT = 'tests/npm/nuxt/package.json';

/** The first numbers of the versions that a manifest of the tests has by these names. */
const installed = (manifest, names, numbers = 1) => {
  const { dependencies, devDependencies } = JSON.parse(read(manifest));
  return names.map((name) => {
    const [version] = /\d+(\.\d+)+$/.exec({ ...dependencies, ...devDependencies }[name] ?? '') ?? [];
    assert.ok(version, `${manifest} has no ${name}`);
    return version.split('.').slice(0, numbers).join('.');
  });
};
const found = (path, pattern) => [...new Set([...read(path).matchAll(pattern)].map(([, version]) => version))].sort();

/** What the second cell of a row must have, by the first, and what the test that the last cell names must contain. */
const ROWS = {
  Node: [
    [
      ...found('pkg-template/package.json', /"engines": \{ "node": ">=(\d+)" \}/g),
      ...found('.github/workflows/check.yml', /node-version: (\S+)/g),
    ],
  ],
  Deno: [installed(NEW, ['deno'])],
  Bun: [installed(NEW, ['bun'])],
  'workerd (Cloudflare)': [found('tests/npm/runtimes.test.mjs', /'(\d{4}-\d\d-\d\d)'/g)],
  'edge-runtime (Vercel)': [installed(NEW, ['edge-runtime'])],
  TypeScript: [
    installed(NEW, ['typescript50', 'typescript54', 'typescript5', 'typescript7'], 2),
    ['typescript50', 'typescript54', "'typescript5'", 'typescript7'],
  ],
  React: [installed(NEW, ['react18', 'react']), ['[18, 19]']],
  'React (`store`)': [installed(OLD, ['react']), ["'react'"]],
  Vue: [installed(NEW, ['vue'], 2), ["'Vue 3'"]],
  'Vue (`store`)': [installed(OLD, ['vue'], 2), ["'vue'"]],
  Svelte: [installed(NEW, ['svelte'])],
  Solid: [installed(NEW, ['solid-js'])],
  Preact: [installed(NEW, ['preact'])],
  Angular: [installed(NEW, ['@angular/core'])],
  Nuxt: [installed(NUXT, ['nuxt'])],
  'Next.js': [installed(NEW, ['next'])],
  Vite: [installed(NEW, ['vite6', 'vite7', 'vite']), ['vite6', 'vite7', "8: 'vite'"]],
  'Vite (`vite-plugin-juzi`)': [found('vite-plugin/package.json', /\^(\d+)\.0\.0/g), ['vite6', 'vite7']],
  webpack: [installed(NEW, ['webpack'])],
  'webpack (ES2019)': [installed(OLD, ['webpack']), ['webpack 4']],
  Rspack: [installed(NEW, ['@rspack/core'])],
  Parcel: [installed(NEW, ['parcel'])],
  Rollup: [installed(NEW, ['rollup'])],
  esbuild: [installed(NEW, ['esbuild'], 2)],
  Vitest: [installed(NEW, ['vitest'])],
  Jest: [installed(NEW, ['jest'])],
  jsdom: [installed(NEW, ['jsdom'])],
  'happy-dom': [installed(NEW, ['happy-dom'])],
  Playwright: [installed(NEW, ['@playwright/test'], 2)],
};

/** The rows of a page's tables, as cells. */
const rowsOf = (text) =>
  [...text.matchAll(/^\| (?!---)(.*) \|$/gm)].map(([, row]) => row.replaceAll('（', ' (').replaceAll('）', ')').split(' | '));
const numbers = (text) => text.match(/\d{4}-\d\d-\d\d|\d+(\.\d+)*/g) ?? [];

for (const page of ['guide/supported.md', 'zh/guide/supported.md']) {
  const rows = rowsOf(readFileSync(join(docs, page), 'utf8')).filter((cells) => numbers(cells[1] ?? '').length > 0);

  test(`${page}: each version is one that the tests have, and each test is there`, () => {
    const tools = rows.filter((cells) => /^`/.test(cells.at(-1)));
    assert.deepEqual(
      tools.map(([name]) => name),
      Object.keys(ROWS),
    );
    for (const [name, versions, , by] of tools) {
      const [expected, mentions = [name.split(' ')[0]]] = ROWS[name];
      assert.deepEqual(numbers(versions), expected, name);
      const file = by.replaceAll('`', '');
      assert.ok(existsSync(join(root, file)), file);
      for (const mention of mentions)
        assert.ok(read(file).toLowerCase().includes(mention.toLowerCase()), `${file} does not test ${mention}`);
    }
  });

  test(`${page}: the oldest browsers are those of the package's readme`, () => {
    const [wasm, script] = rows.filter((cells) => cells.slice(1).every((cell) => /^[\d.]+$/.test(cell))).map((cells) => cells.slice(1));
    const [, ...named] = /Chrome and Edge (\S+), Firefox (\S+) and Safari (\S+) or newer/.exec(read('pkg-template/README.md'));
    assert.deepEqual(wasm, named);
    assert.deepEqual(script.slice(0, 2), named.slice(0, 2));
    assert.match(read('pkg-template/README.md'), new RegExp(`Safari ${script[2].replace('.', '\\.')}\\s`));
  });
}

test('the readme names the same bundlers', () => {
  const text = read('pkg-template/README.md').split('## Bundlers')[1].replaceAll('\n', ' ');
  const list = ([...versions]) => [versions.slice(0, -1).join(', '), versions.at(-1)].filter(Boolean).join(' and ');
  for (const name of ['Vite', 'Rspack', 'Parcel', 'Next.js', 'Rollup']) assert.ok(text.includes(`${name} ${list(ROWS[name][0])}`), name);
  assert.ok(text.includes(`webpack ${list([...ROWS['webpack (ES2019)'][0], ...ROWS.webpack[0]])}`), 'webpack');
});
