// Before the engine runs, JavaScript detects whether the page is in the sidebar. It must give the same result as the engine.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { build } from 'esbuild';
import { root } from './workshop.mjs';

async function early() {
  const contents = ['page', 'environment'].map((name) => `export * from './${name}.js';`).join('\n');
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: join(root, 'src/browser') },
    bundle: true,
    format: 'esm',
    write: false,
  });
  return import(`data:text/javascript,${encodeURIComponent(outputFiles[0].text)}`);
}

test('JavaScript decides before the engine runs as the engine does', async () => {
  const { detectedBy, seemsInSidebar } = await early();
  const rows = JSON.parse(readFileSync(join(root, 'tests/vectors/environments.json'), 'utf8'));
  assert.ok(rows.length > 20);
  for (const row of rows) {
    const page = pageOf(row);
    assert.equal(seemsInSidebar(page, row.options), row.reason === 'ok', JSON.stringify(row));
    if (row.detectedBy !== undefined && row.reason === 'ok') {
      assert.equal(detectedBy(page) ?? 'force', row.detectedBy, JSON.stringify(row));
      // From now on the result stays, whatever a router does to the URL.
      page.location.search = '';
      page.performance = undefined;
      assert.equal(seemsInSidebar(page, row.options), true, JSON.stringify(row));
    }
  }
});

/** A window in the environment of a row. Outside a frame no code may touch the storage. */
function pageOf({ agent, framed, query, opened = '', stored }) {
  const page = { navigator: { userAgent: agent }, location: { search: query }, stored: stored ?? null };
  page.parent = framed ? {} : page;
  page.performance = { getEntriesByType: () => [{ name: `https://page.example/${opened}` }] };
  Object.defineProperty(page, 'sessionStorage', {
    get() {
      assert.ok(framed, 'the storage is read in a frame only');
      return { getItem: () => page.stored, setItem: (_, value) => (page.stored = value) };
    },
  });
  return page;
}

test("the result is stored for the next document of the frame, with the console's origin", async () => {
  const { seemsInSidebar } = await early();
  const [row] = JSON.parse(readFileSync(join(root, 'tests/vectors/environments.json'), 'utf8'));
  const page = pageOf(row);
  page.location.ancestorOrigins = ['https://console.example'];
  assert.equal(seemsInSidebar(page, {}), true);
  assert.equal(page.stored, 'https://console.example');
  const next = (ancestor) =>
    seemsInSidebar(
      {
        ...pageOf({ ...row, query: '' }),
        sessionStorage: { getItem: () => page.stored, setItem() {} },
        location: { search: '', ancestorOrigins: [ancestor] },
      },
      {},
    );
  assert.equal(next('https://console.example'), true);
  assert.equal(next('https://other.example'), false);
});

test('a blocked storage and a platform without navigation entries change nothing else', async () => {
  const { seemsInSidebar } = await early();
  const [row] = JSON.parse(readFileSync(join(root, 'tests/vectors/environments.json'), 'utf8'));
  for (const query of [row.query, '']) {
    const page = { ...pageOf({ ...row, query }), performance: undefined };
    Object.defineProperty(page, 'sessionStorage', {
      get() {
        throw new Error('SecurityError');
      },
    });
    assert.equal(seemsInSidebar(page, {}), query !== '');
  }
});
