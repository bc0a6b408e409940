// Files that stand several times, because each example is whole on its own, are the same.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';

const COPIES = [
  [
    'examples/react/src/page.css',
    'examples/vue/src/page.css',
    'examples/leptos-page/page.css',
    'examples/yew-page/page.css',
    'examples/dioxus-page/page.css',
  ],
  ['examples/react/src/explain.js', 'examples/vue/src/explain.js'],
];

for (const [first, ...others] of COPIES) {
  test(`copies of ${first}`, () => {
    const read = (file) => readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8');
    for (const other of others) assert.equal(read(other), read(first), other);
  });
}
