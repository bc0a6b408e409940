// The guide "Other frameworks": the files of each section, built with the framework, in Chromium in the console of the testing kit, which
// answers slowly for one conversation and quickly for the next.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
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

const react = (name) => readFileSync(join(root, 'site/snippets/react', name), 'utf8');

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

/** By name: the files of a section of the guide, and those of the store. */
function filesOf(heading) {
  const sources = included(heading);
  assert.notEqual(sources.length, 0, `the guide has no section "${heading}"`);
  const paths = [...included('The store'), ...sources];
  return Object.fromEntries(paths.map((path) => [path.replace(/^.*\//, ''), readFileSync(join(snippets, path), 'utf8')]));
}

/** Writes a page into a folder of its own. */
function write(folder, files) {
  for (const [name, text] of Object.entries(files)) {
    const path = made.path(folder, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }
}

const BUILD = { outDir: 'dist', chunkSizeWarningLimit: 5_000 };

async function build(folder, options) {
  const vite = await tool('vite');
  const dir = made.path(folder);
  await vite.build({ configFile: false, root: dir, base: './', logLevel: 'error', build: BUILD, ...options });
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
  const shows = (selector, hasText) =>
    host.frame
      .locator(selector, { hasText })
      .waitFor()
      .catch((error) => {
        throw new Error([error.message, ...problems].join('\n'));
      });
  return { host, frame: host.frame, shows, problems };
}

const countOf = (frame, selector) => frame.locator(selector).count();

/** What every page must do: a late answer is never shown, and a message goes to the conversation that is shown, or to none. */
async function followsSafely(t, url) {
  const { host, frame, shows, problems } = await opened(t, url);
  await shows('h1', 'Lin');
  await shows('button:enabled');
  // Everything that the page shows from now on.
  await frame.locator('#app').evaluate((app) => {
    window.shown = [];
    new MutationObserver(() => window.shown.push(app.textContent)).observe(app, { subtree: true, childList: true, characterData: true });
  });

  const asked = host.nextCall('getCurChatInfo');
  await host.hold('getCurChatInfo');
  await host.switchTo('zhou');
  const late = await asked;
  await shows('h1', '…');
  assert.equal(await countOf(frame, 'button:enabled'), 0);
  await host.restore('getCurChatInfo');
  await host.switchTo('shen');
  await shows('h1', 'Shen');
  await late.answer(ZHOU);

  await frame.locator('button:enabled').click();
  await shows('[role=status]', 'Sent');
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
  await shows('[role=status]', 'conversation changed');
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
    write(folder, { ...filesOf(heading), ...files, 'index.html': HTML.replace('main.js', main) });
    await followsSafely(t, await build(folder, { plugins: await plugins(), ...options }));
  });
}

/** Records where Angular runs what the guide says about it, and sets a plain field without NgZone. */
const PROBE = `
  import { Component, NgZone, inject } from '@angular/core';
  import { juziWx } from 'juzi-helper-wasm';
  import { juzi } from './juzi';

  @Component({ selector: 'app-probe', template: '<output>{{ pushes }}</output>' })
  export class Probe {
    protected pushes = 0;

    constructor() {
      inject(NgZone);
      const found: Record<string, boolean> = ((window as any).inZone = {});
      const note = (name: string) => (found[name] = NgZone.isInAngularZone());
      juziWx.on('updateBaseInfo', () => {
        this.pushes += 1;
        note('push');
      });
      juziWx.getCurChatInfo({ success: () => note('callback') });
      juziWx.getCurChatInfo().then(() => note('promise'));
      juzi.conversation.subscribe(({ conversation }) => conversation && note('store'));
    }
  }`;
const ANGULAR = {
  'tsconfig.json': JSON.stringify({
    compilerOptions: {
      target: 'es2022',
      module: 'esnext',
      moduleResolution: 'bundler',
      lib: ['es2022', 'dom'],
      types: [],
      strict: true,
      skipLibCheck: true,
      outDir: 'out',
      rootDir: '.',
    },
    angularCompilerOptions: { strictTemplates: true },
    files: ['zoneless.ts', 'zone.ts', 'plain.ts'],
  }),
  // The libraries of Angular are compiled to the end when they are loaded, by the compiler; Angular's own command does it while it builds.
  'zoneless.ts': `
    import '@angular/compiler';
    import { bootstrapApplication } from '@angular/platform-browser';
    import { Page } from './page';
    bootstrapApplication(Page).then((app) => Object.assign(window, { end: () => app.destroy() }));`,
  'zone.ts': `
    import '@angular/compiler';
    import 'zone.js';
    import { provideZoneChangeDetection } from '@angular/core';
    import { bootstrapApplication } from '@angular/platform-browser';
    import { Page } from './page';
    const providers = [provideZoneChangeDetection()];
    bootstrapApplication(Page, { providers }).then((app) => Object.assign(window, { end: () => app.destroy() }));`,
  // Two applications, because a change of one would show the other's.
  'plain.ts': `
    import '@angular/compiler';
    import 'zone.js';
    import { provideZoneChangeDetection } from '@angular/core';
    import { bootstrapApplication } from '@angular/platform-browser';
    import { init } from 'juzi-helper-wasm';
    import { Probe } from './probe';
    import { Switches } from './switches';
    const providers = [provideZoneChangeDetection()];
    for (const component of [Switches, Probe]) bootstrapApplication(component, { providers });
    init();`,
  'probe.ts': PROBE,
  ...Object.fromEntries(
    [
      ['zoneless', '<app-page></app-page>'],
      ['zone', '<app-page></app-page>'],
      ['plain', '<h1></h1><app-switches></app-switches><app-probe></app-probe>'],
    ].map(([name, tags]) => [
      `out/${name}.html`,
      HTML.replace('<div id="app"></div>', `<div id="app">${tags}</div>`).replace('main.js', `${name}.js`),
    ]),
  ),
};

test("Angular: the guide's page, without zone.js and with it", { timeout: 240_000 }, async (t) => {
  write('angular', { ...filesOf('Angular'), ...ANGULAR });
  const ngc = join(tools, 'node_modules/@angular/compiler-cli/bundles/src/bin/ngc.js');
  const compiled = spawnSync('node', [ngc, '-p', 'tsconfig.json'], { cwd: made.path('angular'), encoding: 'utf8' });
  assert.equal(compiled.status, 0, compiled.stdout + compiled.stderr);
  const input = ['zoneless', 'zone', 'plain'].map((name) => made.path(`angular/out/${name}.html`));
  const url = await build('angular/out', { build: { ...BUILD, rolldownOptions: { input } } });
  await followsSafely(t, new URL('zoneless.html', url).href);
  await followsSafely(t, new URL('zone.html', url).href);
  await t.test('a plain field needs NgZone where the console calls, and not where a promise ends', async () => {
    const { host, frame, shows, problems } = await opened(t, new URL('plain.html', url).href);
    const body = frame.locator('body');
    await body.evaluate(() => window.juziWx.sidebarAuth());
    await host.switchTo('zhou');
    await shows('app-switches output', '1');
    const inZone = await body.evaluate(async () => {
      const isComplete = () => ['callback', 'promise', 'store', 'push'].every((name) => name in window.inZone);
      while (!isComplete()) await new Promise((resolve) => setTimeout(resolve));
      return window.inZone;
    });
    assert.deepEqual(inZone, { callback: false, promise: true, store: false, push: false });
    assert.equal(await frame.locator('app-probe output').innerText(), '0');
    assert.deepEqual(problems, []);
  });
});

test('preact/compat: the page of the guide to React, with the entry for React', { timeout: 120_000 }, async (t) => {
  const files = {
    'Page.jsx': react('Page.jsx'),
    'Greeting.jsx': react('Greeting.jsx'),
    'main.jsx': `
      import { render, unmountComponentAtNode } from 'react-dom';
      import { JuziProvider } from 'juzi-helper-wasm/react';
      import { Page } from './Page.jsx';
      const app = document.getElementById('app');
      render(<JuziProvider><Page /></JuziProvider>, app);
      window.end = () => unmountComponentAtNode(app);`,
    'index.html': HTML.replace('main.js', 'main.jsx'),
  };
  write('compat', files);
  const alias = { react: 'preact/compat', 'react-dom': 'preact/compat', 'react/jsx-runtime': 'preact/jsx-runtime' };
  await followsSafely(t, await build('compat', { resolve: { alias } }));
});

test('every snippet of the guide is in one of these pages', () => {
  const all = filesUnder(snippets).map((file) => relative(snippets, file));
  const headings = ['The store', ...Object.keys(FRAMEWORKS), 'Angular'];
  assert.deepEqual(headings.flatMap((heading) => included(heading)).sort(), all.sort());
});
