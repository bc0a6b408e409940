// The recipe for Nuxt in the guide to Vue, with that guide's page: the server renders it, the browser goes on from it, and the plugin for
// Vite has its console in Nuxt's dev server.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { dev, launch, nuxtTools, openIn, pack, plugin, project, root } from './workshop.mjs';

const snippet = (path) => readFileSync(join(root, 'site/snippets', path), 'utf8');

/** The files of the recipe, by their paths in the reader's project. */
function recipe() {
  const [, section] = readFileSync(join(root, 'site/docs/guide/vue.md'), 'utf8').split(/^## Nuxt$/m);
  const files = [...section.split(/^## /m)[0].matchAll(/^<<< @\/\.\.\/snippets\/(\S+) \[([^\]]+)\]$/gm)];
  assert.equal(files.length, 2);
  return Object.fromEntries(files.map(([, path, name]) => [name, snippet(path)]));
}

/** Removed at the end, when no server writes there any more. */
const made = [];
after(() => {
  for (const { remove } of made) remove();
});

test(
  'Nuxt: the page is rendered, hydrated, and follows the conversation of the console in the dev server',
  { timeout: 120_000 },
  async (t) => {
    const packed = [pack(), pack(plugin)];
    const files = { ...recipe(), 'app/app.vue': snippet('vue/Page.vue'), 'app/Greeting.vue': snippet('vue/Greeting.vue') };
    const tarballs = packed.map(({ tarball }) => tarball);
    const it = project(tarballs, files, nuxtTools);
    made.push(...packed, it);
    const browser = await launch();
    t.after(() => browser.close());

    const nuxt = [join(nuxtTools, 'node_modules/nuxt/bin/nuxt.mjs'), 'dev', '--no-fork', '--host', '127.0.0.1', '--port', '0'];
    const server = await dev(t, 'env', ['NUXT_TELEMETRY_DISABLED=1', 'node', ...nuxt], it.dir);
    const [, address] = await server.says(/Local: +(http:\/\/127\.0\.0\.1:\d+)\//);
    await server.says(/Nitro server built/);
    assert.match(await (await fetch(address)).text(), /<main><h1>…<\/h1>.*<button disabled>/s);

    const { page, problems } = await openIn(t, browser, `${address}/__juzi/`);
    page.on('console', (message) => message.type() === 'warning' && problems.push(message.text()));
    const framed = page.frameLocator('#frame');
    await framed.locator('h1', { hasText: '林晓棠' }).waitFor();
    await framed.getByRole('button', { name: 'Say hello' }).click();
    await page.getByTestId('thread').getByText('Hello 林晓棠').waitFor();
    assert.deepEqual(problems, []);
  },
);
