// The guide "Other frameworks": the files of each section, built with the framework, in Chromium in the console of the testing kit, which
// answers slowly for one conversation and quickly for the next.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { after, before, test } from 'node:test';
import { createHost } from '../../pkg/playwright.js';
import { filesUnder, launch, pack, project, root, serve, tool, tools } from './workshop.mjs';

const snippets = join(root, 'site/snippets/frameworks');
const [LIN, ZHOU, SHEN] = ['Lin', 'Zhou', 'Shen'].map((name) => ({
  id: name.toLowerCase(),
  name,
  type: 0,
  external: true,
  externalUserId: `wm${name}`,
}));

const HTML = '<!doctype html><meta charset="utf-8"><div id="app"></div><script type="module" src="./main.js"></script>';

/** By the heading in the guide: the files of a page that is not in the guide, and how it is built. `window.end` ends the page. */
const FRAMEWORKS = {
  Svelte: {
    files: {
      'main.js': `
        import { mount, unmount } from 'svelte';
        import Page from './Page.svelte';
        const page = mount(Page, { target: document.getElementById('app') });
        window.end = () => unmount(page);`,
    },
    plugins: async () => [(await tool('@sveltejs/vite-plugin-svelte')).svelte({ configFile: false })],
  },
  Solid: {
    files: {
      'main.jsx': `
        import { render } from 'solid-js/web';
        import { Page } from './Page.jsx';
        window.end = render(() => <Page />, document.getElementById('app'));`,
    },
    plugins: async () => [(await tool('vite-plugin-solid'))()],
  },
  Preact: {
    files: {
      'main.jsx': `
        import { render } from 'preact';
        import { Page } from './Page.jsx';
        render(<Page />, document.getElementById('app'));
        window.end = () => render(null, document.getElementById('app'));`,
    },
    options: { oxc: { jsx: { importSource: 'preact' } } },
  },
};

let packed;
let browser;
let made;
let site;
before(async () => {
  packed = pack();
  made = project(packed.tarball, {});
  [browser, site] = await Promise.all([launch(), serve(made.dir)]);
});
after(async () => {
  await browser?.close();
  await site?.close();
  made?.remove();
  packed?.remove();
});

/** The snippets that a section of the guide includes. */
function included(heading) {
  const text = readFileSync(join(root, 'site/docs/guide/frameworks.md'), 'utf8');
  const section = text.split(/^## /m).find((part) => part.startsWith(`${heading}\n`)) ?? '';
  return [...section.matchAll(/^<<< @\/\.\.\/snippets\/frameworks\/([^\s{]+)/gm)].map(([, path]) => path);
}

/** Writes a page into a folder of its own: the files of the section of the guide, those of the store, and these. */
function write(folder, heading, files) {
  const sources = included(heading);
  assert.notEqual(sources.length, 0, `the guide has no section "${heading}"`);
  const own = [...included('The store'), ...sources].map((path) => [path.replace(/^.*\//, ''), readFileSync(join(snippets, path), 'utf8')]);
  for (const [name, text] of [...own, ...Object.entries(files)]) {
    const path = made.path(folder, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }
}

async function build(folder, options) {
  const vite = await tool('vite');
  const dir = made.path(folder);
  await vite.build({ configFile: false, root: dir, base: './', logLevel: 'warn', build: { outDir: 'dist', emptyOutDir: true }, ...options });
  return new URL(`${folder}/dist/`, site.url).href;
}

/** Opens a page in a console, with what it reports. */
async function opened(t, url) {
  const context = await browser.newContext();
  t.after(() => context.close());
  const page = await context.newPage();
  const problems = [];
  page.on('pageerror', (error) => problems.push(String(error)));
  page.on('console', (message) => ['error', 'warning'].includes(message.type()) && problems.push(message.text()));
  const host = await createHost(page, { url, chats: [LIN, ZHOU, SHEN], hostOrigin: 'https://chat.juzibot.com' });
  const { frame } = host;
  const name = (text) => frame.locator('h1', { hasText: text }).waitFor();
  try {
    await name('Lin');
  } catch (error) {
    throw new Error(`${error.message}\n${problems.join('\n')}\n${await frame.locator('body').innerHTML()}`);
  }
  return { host, frame, name, problems };
}

const countOf = (frame, selector) => frame.locator(selector).count();

/** What every page must do: a late answer is never shown, and a message goes to the conversation that is shown, or to none. */
async function followsSafely(t, url) {
  const { host, frame, name, problems } = await opened(t, url);
  await frame.locator('button:enabled').waitFor();
  // Everything that the page shows from now on.
  await frame.locator('#app').evaluate((app) => {
    window.shown = [];
    new MutationObserver(() => window.shown.push(app.textContent)).observe(app, { subtree: true, childList: true, characterData: true });
  });

  const asked = host.nextCall('getCurChatInfo');
  await host.hold('getCurChatInfo');
  await host.switchTo('zhou');
  const late = await asked;
  await name('…');
  assert.equal(await countOf(frame, 'button:enabled'), 0);
  await host.restore('getCurChatInfo');
  await host.switchTo('shen');
  await name('Shen');
  await late.answer(ZHOU);

  await frame.locator('button:enabled').click();
  await frame.locator('[role=status]', { hasText: 'Sent' }).waitFor();
  const shown = await frame.locator('#app').evaluate(() => window.shown);
  const told = shown.findIndex((text) => !text.includes('Lin'));
  assert.deepEqual(
    shown.slice(told).filter((text) => /Lin|Zhou/.test(text)),
    [],
  );
  assert.deepEqual(
    (await host.sent()).map(({ chat, messages }) => [chat.id, messages.map(({ content }) => content.content)]),
    [['shen', ['Hello Shen']]],
  );

  // The user has switched, and the page does not know it.
  await host.setMode('reload');
  await host.setChats([ZHOU]);
  await frame.locator('button:enabled').click();
  await frame.locator('[role=status]', { hasText: 'conversation changed' }).waitFor();
  assert.equal((await host.sent()).length, 1);

  // After its end the page asks nothing, whatever the console tells it.
  await frame.locator('#app').evaluate(() => window.end());
  assert.equal(await countOf(frame, '#app *'), 0);
  const calls = (await host.calls()).length;
  await host.push();
  await frame.locator('body').evaluate(() => window.juziWx.getCurChatInfo());
  assert.equal((await host.calls()).length, calls + 1);
  assert.deepEqual(problems, []);
}

for (const [heading, { files, plugins = async () => [], options }] of Object.entries(FRAMEWORKS)) {
  test(`${heading}: the guide's page`, { timeout: 120_000 }, async (t) => {
    const folder = heading.toLowerCase();
    const [main] = Object.keys(files);
    write(folder, heading, { ...files, 'index.html': HTML.replace('main.js', main) });
    await followsSafely(t, await build(folder, { plugins: await plugins(), ...options }));
  });
}
