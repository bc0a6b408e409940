// Before the engine runs, JavaScript detects whether the page is in the sidebar. It must give the same result as the engine.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { build } from 'esbuild';
import { root } from './workshop.mjs';

async function early() {
  const { outputFiles } = await build({ entryPoints: [join(root, 'src/browser/page.js')], bundle: true, format: 'esm', write: false });
  return import(`data:text/javascript,${encodeURIComponent(outputFiles[0].text)}`);
}

test('what is decided before the engine runs is what the engine decides', async () => {
  const { seemsInSidebar } = await early();
  const rows = JSON.parse(readFileSync(join(root, 'tests/vectors/environments.json'), 'utf8'));
  assert.ok(rows.length > 20);
  for (const { agent, framed, query, options, reason } of rows) {
    const page = { navigator: { userAgent: agent }, location: { search: query } };
    page.parent = framed ? {} : page;
    assert.equal(seemsInSidebar(page, options), reason === 'ok', JSON.stringify({ agent, framed, query, options }));
  }
});
