// The example pages stand alone, so each has a copy of the style sheet.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';

const read = (path) => readFileSync(new URL(`../../examples/${path}`, import.meta.url), 'utf8');

test('the example pages in React, Vue and Leptos have the same style sheet', () => {
  const sheet = read('leptos-page/page.css');
  for (const path of ['react/src/page.css', 'vue/src/page.css']) assert.equal(read(path), sheet, path);
});
