// Every template, snippet and example that follows the conversation, with a console that answers slowly for one and quickly for the next.
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { after, before, test } from 'node:test';
import { pack, project, root, tools } from './workshop.mjs';

/**
 * The pages, by the file that follows. `greets`: it has a button that sends. `elsewhere`: another test covers it, or it shows nothing
 * of an answer. `asksAgain`: it asks again while the console reports the previous conversation.
 * @type {Record<string, { kind?: string, greets?: boolean, asksAgain?: boolean, name?: string, elsewhere?: string }>}
 */
const FOLLOWING = {
  'examples/dioxus-page/src/lib.rs': { elsewhere: 'tests/e2e/tests/rust_pages.rs' },
  'examples/leptos-page/src/lib.rs': { elsewhere: 'tests/e2e/tests/rust_pages.rs' },
  'examples/playwright/src/page.js': { kind: 'start', greets: true },
  'examples/react/src/Page.jsx': { kind: 'react', greets: true, asksAgain: true },
  'examples/vitest/src/page.js': { kind: 'start', greets: true },
  'examples/vue/src/Page.vue': { kind: 'vue', greets: true, asksAgain: true },
  'examples/yew-page/src/lib.rs': { elsewhere: 'tests/e2e/tests/rust_pages.rs' },
  'site/snippets/conversation/follow.js': { kind: 'snippet' },
  'site/snippets/conversation/latest.js': { kind: 'snippet' },
  'site/snippets/conversation/once.js': { elsewhere: 'it shows what the push tells, and asks nothing' },
  'site/snippets/frameworks/angular/switches.ts': { elsewhere: 'tests/npm/frameworks.test.mjs, as every page of these frameworks' },
  'site/snippets/next/app/customer.js': { kind: 'next', asksAgain: true, name: 'Customer' },
  'site/snippets/react/Page.jsx': { kind: 'react', greets: true, asksAgain: true },
  'site/snippets/start/page.js': { kind: 'script', greets: true },
  'site/snippets/vue/Page.vue': { kind: 'vue', greets: true, asksAgain: true },
  'starter/templates/leptos/src/lib.rs': { elsewhere: 'starter/templates/leptos/tests/page.rs' },
  'starter/templates/plain/src/page.ts': { kind: 'start', greets: true, asksAgain: true },
  'starter/templates/react/src/Page.tsx': { kind: 'react', greets: true, asksAgain: true },
  'starter/templates/vue/src/Page.vue': { kind: 'vue', greets: true, asksAgain: true },
  'www/demo/index.html': { elsewhere: 'it lists what the console tells, in order' },
  'www/demo/main.js': { elsewhere: 'it lists what the console tells, in order' },
  'www/demo/strings.js': { elsewhere: 'texts' },
};

/**
 * By kind: a module that exports `mount(root)`, which resolves with a function that ends the page.
 * @type {Record<string, (file: string, name?: string) => string>}
 */
const MOUNTS = {
  start: (file) => `export { start as mount } from './${file}';`,
  react: (file, name = 'Page') => `
    import { createElement as h } from 'react';
    import { createRoot } from 'react-dom/client';
    import { JuziProvider } from 'juzi-helper-wasm/react';
    import { ${name} } from './${file}';
    export function mount(element) {
      const root = createRoot(element);
      root.render(h(JuziProvider, null, h(${name})));
      return () => root.unmount();
    }`,
  next: (file, name) => `
    import { createElement as h } from 'react';
    import { createRoot } from 'react-dom/client';
    import { ${name} } from './${file}';
    export function mount(element) {
      const root = createRoot(element);
      root.render(h(${name}));
      return () => root.unmount();
    }`,
  vue: (file) => `
    import { createApp } from 'vue';
    import { createJuzi } from 'juzi-helper-wasm/vue';
    import Page from './${file}';
    export function mount(element) {
      const app = createApp(Page).use(createJuzi());
      app.mount(element);
      return () => app.unmount();
    }`,
  // Scripts that use globals. Each runs again for each test.
  script: (file) => `
    import { init, juziWx } from 'juzi-helper-wasm';
    import { vi } from 'vitest';
    import html from './index.html?raw';
    export async function mount(element) {
      element.innerHTML = html.replace(/<script[^]*<\\/script>/, '');
      await init();
      globalThis.juziWx = juziWx;
      vi.resetModules();
      await import('./${file}');
    }`,
  snippet: (file) => `
    import { init, juziWx } from 'juzi-helper-wasm';
    import { vi } from 'vitest';
    export async function mount(element) {
      await init();
      globalThis.juziWx = juziWx;
      globalThis.render = (value) => { element.textContent = value.name ?? value; };
      vi.resetModules();
      await import('./${file}');
    }`,
};

const VITEST = `
  import { compileScript, parse } from 'vue/compiler-sfc';
  import { transformWithOxc } from 'vite';
  const vue = {
    name: 'single-file-components',
    transform(code, id) {
      if (!id.endsWith('.vue')) return undefined;
      const { content } = compileScript(parse(code, { filename: id }).descriptor, { id, inlineTemplate: true });
      return transformWithOxc(content, id, { lang: 'ts' });
    },
  };
  export default { plugins: [vue], test: { environment: 'jsdom', testTimeout: 60_000 } };`;

let packed;
before(() => {
  packed = pack();
});
after(() => packed?.remove());

/** A file of a template without the parts that need a server. @param {string} text */
const withoutServer = (text) => text.replace(/^.*@server[^]*?@end.*\n/gm, '');

/** The file, those beside it, and the module that mounts it, in a folder of their own. */
function filesOf(path, { kind, name }, folder) {
  const dir = dirname(path);
  const beside = readdirSync(join(root, dir), { withFileTypes: true }).filter((entry) => entry.isFile() && !/^main\./.test(entry.name));
  // Next takes JSX in any file, vitest only by the name.
  const nameOf = (file) => (kind === 'next' ? `${file}x` : file);
  const files = beside.map((entry) => [
    `${folder}/${nameOf(entry.name)}`,
    withoutServer(readFileSync(join(root, dir, entry.name), 'utf8')),
  ]);
  return Object.fromEntries([...files, [`${folder}/mount.js`, MOUNTS[kind](nameOf(basename(path)), name)]]);
}

test(
  'every page that follows the conversation: no late answer is shown, and no message goes to another conversation',
  { timeout: 600_000 },
  (t) => {
    const pages = Object.entries(FOLLOWING).filter(([, { kind }]) => kind);
    const list = pages.map(
      ([path, { greets = false, asksAgain = false }], i) =>
        `{ name: ${JSON.stringify(path)}, greets: ${greets}, asksAgain: ${asksAgain}, mount: page${i} }`,
    );
    const made = project(packed.tarball, {
      ...Object.assign({}, ...pages.map(([path, page], i) => filesOf(path, page, `page${i}`))),
      'pages.js': `${pages.map((_, i) => `import { mount as page${i} } from './page${i}/mount.js';`).join('\n')}\nexport const pages = [${list.join(', ')}];`,
      'follow.test.js': readFileSync(new URL('./pages/follow.js', import.meta.url), 'utf8'),
      'vitest.config.js': VITEST,
    });
    t.after(made.remove);
    const count = pages.reduce((sum, [, { greets, asksAgain }]) => sum + 1 + (greets ? 1 : 0) + (asksAgain ? 1 : 0), 0);
    const env = { ...process.env, NO_COLOR: '1', FORCE_COLOR: undefined };
    const { stdout, stderr } = spawnSync('node', [join(tools, 'node_modules/vitest/vitest.mjs'), 'run'], {
      cwd: made.dir,
      encoding: 'utf8',
      env,
    });
    assert.match(stdout, new RegExp(`Tests\\s+${count} passed \\(${count}\\)`), stdout + stderr);
  },
);

test('the list has every template, snippet and example that follows', () => {
  const args = [
    'grep',
    '-lE',
    'updateBaseInfo|on_switch|useConversation|conversation\\.subscribe',
    '--',
    'starter/templates',
    'site/snippets',
    'examples',
    'www/demo',
  ];
  const found = execFileSync('git', args, { cwd: root, encoding: 'utf8' }).trim().split('\n');
  assert.deepEqual(found, Object.keys(FOLLOWING).sort());
});
