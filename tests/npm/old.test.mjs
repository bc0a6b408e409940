// Old tools and frameworks: webpack 4, which cannot parse newer syntax than ES2019, and the versions of React, Vue and Vite beside which
// npm has to install the packages.
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { test } from 'node:test';
import { HTML, MAIN, built, inHost, packed, works } from './pages.mjs';
import { oldTools, pack, pkg, plugin, project, root } from './workshop.mjs';

const requireOld = createRequire(join(oldTools, 'index.js'));
/** webpack 4 cannot parse newer syntax in the page's code either. */
const OLD_MAIN = (entry) => MAIN(entry).replace('error.stack ?? error', 'error.stack');
const PAGE = HTML('<script src="/main.js"></script>');

/** The entries that a page bundles. The others run in Node.js, in a test's browser, or are scripts. */
const IN_BUNDLES = [
  'index',
  'compat',
  'external',
  'global',
  'oauth',
  'react',
  'vue',
  'store',
  'dev',
  'dev-off',
  'helper',
  'hooks',
  'kit',
  'wasm-text',
  'wasm-js',
];

test('what a page bundles is ES2019', (t) => {
  const { parse } = requireOld('acorn');
  const made = project(packed.tarball, {}, oldTools);
  t.after(made.remove);
  for (const name of IN_BUNDLES) {
    for (const extension of ['js', 'cjs']) {
      if (['external', 'dev'].includes(name) && extension === 'cjs') continue;
      // The entry `external` finds its file by `import.meta.url`, which no older bundler knows.
      const source = readFileSync(made.path('node_modules/juzi-helper-wasm', `${name}.${extension}`), 'utf8').replace(
        /\bimport\.meta\.url\b/,
        "''",
      );
      const sourceType = extension === 'js' ? 'module' : 'script';
      // webpack 4 supports `import()`, although it is newer.
      assert.doesNotThrow(() => parse(source.replace(/\bimport\(/g, '('), { ecmaVersion: 2019, sourceType }), `${name}.${extension}`);
    }
  }
});

const webpack4 =
  (entry = './main.js') =>
  async ({ dir }) => {
    const webpack = requireOld('webpack');
    const options = { mode: 'production', context: dir, entry, output: { path: join(dir, 'dist') }, performance: false };
    const stats = await new Promise((resolve, reject) => webpack(options, (error, done) => (error ? reject(error) : resolve(done))));
    const { errors, warnings } = stats.toJson({ all: false, errors: true, warnings: true });
    assert.deepEqual([...errors, ...warnings], []);
  };

test('webpack 4', async (t) => {
  const { site } = await built(t, { 'main.js': OLD_MAIN('juzi-helper-wasm'), 'dist/index.html': PAGE }, webpack4(), { parent: oldTools });
  await works(site.url);
});

test('the files for <script> are ES2020', () => {
  const { parse } = requireOld('acorn');
  for (const name of ['juzi-helper.js', 'juzi-helper.compat.js', 'juzi-helper.recorder.js']) {
    assert.doesNotThrow(() => parse(readFileSync(join(pkg, name), 'utf8'), { ecmaVersion: 2020, sourceType: 'script' }), name);
  }
});

/** The code of a guide's recipe, which imports the store. Both editions have the same. */
const recipe = (name) => {
  const [code, other] = ['', 'zh/'].map((edition) => {
    const guide = readFileSync(join(root, `site/docs/${edition}guide/${name}.md`), 'utf8');
    return [...guide.matchAll(/```js\n(\/\/ store\.js\n[^]*?)```/g)].map(([, block]) => block).join('');
  });
  assert.match(code, /juzi-helper-wasm\/store/);
  assert.equal(code, other);
  // The tests' host is on this machine.
  return code.replace(/allowedHosts: \[.*?\]/, 'timeout: 5000');
};

/** A page for each framework that shows the conversation, and the error of the framework's own entry in this version. */
const RECIPES = {
  react: `
    import { createElement as h, version } from 'react';
    import { render } from 'react-dom';
    import { JuziProvider } from 'juzi-helper-wasm/react';
    import { juzi, useStore } from './store.js';
    let refused;
    try { JuziProvider({}); } catch (error) { refused = error.message; }
    const Page = () => {
      const { conversation } = useStore(juzi.conversation);
      const { state } = useStore(juzi.helper);
      if (conversation) document.documentElement.dataset.result = JSON.stringify({ version, state, name: conversation.name, userId: conversation.userId, refused });
      return h('p', { id: 'name' }, conversation ? conversation.name : '');
    };
    render(h(Page), document.body.appendChild(document.createElement('div')));`,
  vue: `
    import Vue, { version } from 'vue/dist/vue.runtime.esm.js';
    import { createJuzi } from 'juzi-helper-wasm/vue';
    import { juzi, useStore } from './store.js';
    Vue.config.productionTip = Vue.config.devtools = false;
    let refused;
    try { Vue.use(createJuzi()); } catch (error) { refused = error.message; }
    new Vue({
      setup: () => ({ open: useStore(juzi.conversation), helper: useStore(juzi.helper) }),
      render(h) {
        const { conversation } = this.open;
        if (conversation) document.documentElement.dataset.result = JSON.stringify({ version, state: this.helper.state, name: conversation.name, userId: conversation.userId, refused });
        return h('p', { attrs: { id: 'name' } }, conversation ? conversation.name : '');
      },
    }).$mount(document.body.appendChild(document.createElement('div')));`,
};
const REFUSALS = {
  react:
    'juzi-helper: juzi-helper-wasm/react needs React 18 or newer, and this is 17.0.2. Update it, or use juzi-helper-wasm/store: the guide has a recipe for React 16 and 17',
  vue: 'juzi-helper: juzi-helper-wasm/vue needs Vue 3.2 or newer, and this is 2.7.16. Update it, or use juzi-helper-wasm/store: the guide has a recipe for Vue 2.7',
};

for (const [name, version] of [
  ['react', '17.0.2'],
  ['vue', '2.7.16'],
]) {
  test(`${name} ${version}: the guide's recipe follows the conversation, and the entry says what to do`, async (t) => {
    const files = { 'main.js': RECIPES[name], 'store.js': recipe(name), 'dist/index.html': PAGE };
    const { site } = await built(t, files, webpack4(), { parent: oldTools });
    const { result } = await inHost(
      site.url,
      async (host) => {
        await host.frame.locator('#name', { hasText: 'Lin' }).waitFor();
        await host.switchTo('chen');
        await host.frame.locator('#name', { hasText: 'Chen' }).waitFor();
      },
      {
        chats: ['Lin', 'Chen'].map((label, i) => ({
          id: label.toLowerCase(),
          type: 0,
          name: label,
          external: true,
          externalUserId: `wm${'AB'[i]}`,
        })),
      },
    );
    assert.deepEqual(result, { version, state: 'ready', name: 'Lin', userId: 'wmA', refused: REFUSALS[name] });
  });
}

/** Versions with which a page may have the package, and which the entries `react` and `vue` may not support. Vite is no peer of it. */
const BESIDE = {
  react: ['16.14.0', '17.0.2', '18.3.1', '19.3.1'],
  vue: ['2.6.14', '2.7.16', '3.2.47', '3.5.45'],
  vite: ['4.5.14', '5.4.21', '6.4.6', '8.3.8'],
};

for (const [name, versions] of Object.entries(BESIDE)) {
  for (const version of versions) {
    test(`npm installs the package beside ${name} ${version}`, (t) => {
      const { status, stderr } = install(t, { 'juzi-helper-wasm': packed.tarball }, { [name]: version });
      assert.equal(status, 0, stderr);
    });
  }
}

/** What npm says to a project with these tarballs, beside stand-ins of these versions. */
function install(t, tarballs, versions) {
  const stands = Object.entries(versions).map(([name, version]) => [`${name}/package/package.json`, JSON.stringify({ name, version })]);
  const made = project(packed.tarball, Object.fromEntries(stands), oldTools);
  t.after(made.remove);
  // Not a folder, because npm mistakes a link for a missing peer.
  for (const name of Object.keys(versions)) execFileSync('tar', ['-czf', `${name}.tgz`, '-C', name, 'package'], { cwd: made.dir });
  const dependencies = Object.fromEntries([
    ...Object.entries(tarballs).map(([name, tarball]) => [name, `file:${tarball}`]),
    ...Object.keys(versions).map((name) => [name, `file:${name}.tgz`]),
  ]);
  writeFileSync(made.path('package.json'), JSON.stringify({ private: true, dependencies }));
  const args = ['install', '--package-lock-only', '--offline', '--ignore-scripts', '--no-audit', '--no-fund'];
  return spawnSync('npm', args, { cwd: made.dir, encoding: 'utf8' });
}

test('npm installs the package without Vite, React and Vue, and asks for none of them', (t) => {
  const { status, stderr } = install(t, { 'juzi-helper-wasm': packed.tarball }, {});
  assert.equal(status, 0, stderr);
});

for (const [version, fits] of Object.entries({ '5.4.21': false, '6.4.6': true, '7.3.8': true, '8.3.8': true, '9.0.0': false })) {
  test(`the plugin ${fits ? 'installs' : 'does not install'} beside Vite ${version}, which the helper does not hinder`, (t) => {
    const packedPlugin = pack(plugin);
    t.after(packedPlugin.remove);
    const tarballs = { 'juzi-helper-wasm': packed.tarball, 'vite-plugin-juzi': packedPlugin.tarball };
    const { status, stderr } = install(t, tarballs, { vite: version });
    if (fits) assert.equal(status, 0, stderr);
    else assert.match(stderr, /peer vite@"\^6\.0\.0 \|\| \^7\.0\.0 \|\| \^8\.0\.0" from vite-plugin-juzi/);
  });
}
