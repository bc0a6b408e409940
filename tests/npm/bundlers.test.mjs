// In each of these bundlers the default entry needs no setting, and the entry `external` needs only what the readme says. The package is
// packed, installed, built, and loaded in Chromium inside the host.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { copyFileSync, readFileSync, symlinkSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { test } from 'node:test';
import { createHost } from '../../pkg/playwright.js';
import { HTML, MAIN, browser, built, inHost, packed, running, works } from './pages.mjs';
import { block, filesUnder, project, serve, tool, tools } from './workshop.mjs';

const DEFAULT = 'juzi-helper-wasm';
const EXTERNAL = 'juzi-helper-wasm/external';
const MODULE_PAGE = HTML('<script type="module" src="./main.js"></script>');
const CLASSIC_PAGE = HTML('<script src="/main.js"></script>');
/** A page in GBK, from a server that does not declare the encoding of its scripts. The first script shows that they are read wrongly. */
const GBK_PAGE = HTML('<script src="/probe.js"></script><script src="/main.js"></script>').replace('utf-8', 'gbk');
const PROBE = "window.misread = '\u53e5' !== '\\u53e5';";

const inTools = (...path) => join(tools, 'node_modules', ...path);
const wasmFiles = (dir) => filesUnder(dir).filter((file) => file.endsWith('.wasm')).length;
const copyWasm = ({ path }) => copyFileSync(path('node_modules/juzi-helper-wasm/juzi_helper_bg.wasm'), path('dist/juzi_helper_bg.wasm'));

function run({ dir }, script, args, env = {}) {
  const { status, stdout, stderr } = spawnSync('node', [script, ...args], { cwd: dir, encoding: 'utf8', env: { ...process.env, ...env } });
  assert.equal(status, 0, stdout + stderr);
}

/** What webpack and Rspack have in common. */
const bundleWith =
  (name, mode) =>
  async ({ dir }) => {
    const module = await tool(name);
    const bundler = module.rspack ?? module;
    const stats = await new Promise((resolve, reject) => {
      const compiler = bundler({ mode, context: dir, entry: './main.js', output: { path: join(dir, 'dist') } });
      compiler.run((error, done) => compiler.close(() => (error ? reject(error) : resolve(done))));
    });
    const { errors, warnings } = stats.toJson({ all: false, errors: true, warnings: true });
    assert.deepEqual(
      [...errors, ...warnings].map(({ message }) => message),
      [],
    );
  };

/** Bundlers, each with the page of a build and whether it finds the separate file by itself. */
const BUNDLERS = {
  'webpack 5': { page: CLASSIC_PAGE, build: bundleWith('webpack', 'production'), copies: true },
  Rspack: { page: CLASSIC_PAGE, build: bundleWith('@rspack/core', 'production'), copies: true },
  Parcel: {
    page: undefined,
    build: (made) =>
      run(made, inTools('parcel/lib/bin.js'), ['build', 'index.html', '--no-cache', '--no-autoinstall', '--dist-dir', 'dist']),
    copies: true,
  },
  Rollup: {
    page: MODULE_PAGE,
    async build({ dir }) {
      const { rollup } = await import(inTools('rollup/dist/es/rollup.js'));
      const nodeResolve = await tool('@rollup/plugin-node-resolve');
      const warnings = [];
      const plugins = [(nodeResolve.nodeResolve ?? nodeResolve)()];
      const bundle = await rollup({ input: join(dir, 'main.js'), plugins, onwarn: ({ message }) => warnings.push(message) });
      await bundle.write({ dir: join(dir, 'dist'), format: 'es' });
      assert.deepEqual(warnings, []);
    },
    copies: false,
  },
  esbuild: {
    page: MODULE_PAGE,
    async build({ dir }) {
      const { build } = await tool('esbuild');
      const entryPoints = [join(dir, 'main.js')];
      const { warnings } = await build({
        entryPoints,
        bundle: true,
        minify: true,
        format: 'esm',
        outdir: join(dir, 'dist'),
        logLevel: 'silent',
      });
      assert.deepEqual(warnings, []);
    },
    copies: false,
  },
};

for (const [name, { page, build, copies }] of Object.entries(BUNDLERS)) {
  const files = (entry) => ({ 'index.html': MODULE_PAGE, 'main.js': MAIN(entry), ...(page && { 'dist/index.html': page }) });

  test(`${name}: the default entry is in the bundle, with no setting and no second file`, async (t) => {
    const { made, site } = await built(t, files(DEFAULT), build);
    assert.equal(wasmFiles(made.path('dist')), 0);
    await works(site.url);
  });

  test(`${name}: the entry external ${copies ? 'finds its file' : 'needs its file copied'}`, async (t) => {
    const { made, site } = await built(t, files(EXTERNAL), build);
    assert.equal(wasmFiles(made.path('dist')), copies ? 1 : 0);
    if (!copies) copyWasm(made);
    await works(site.url);
  });
}

for (const [name, bundler] of [
  ['webpack 5', 'webpack'],
  ['Rspack', '@rspack/core'],
]) {
  test(`${name}: a bundle for development`, async (t) => {
    const { site } = await built(t, { 'main.js': MAIN(), 'dist/index.html': CLASSIC_PAGE }, bundleWith(bundler, 'development'));
    await works(site.url);
  });

  test(`${name}: a bundle that a page in GBK loads`, async (t) => {
    const made = project(packed.tarball, { 'main.js': MAIN(), 'dist/index.html': GBK_PAGE, 'dist/probe.js': PROBE });
    t.after(made.remove);
    await bundleWith(bundler, 'production')(made);
    const site = await serve(made.path('dist'), {}, new Map(), { '.html': 'text/html', '.js': 'text/javascript' });
    t.after(site.close);
    await inHost(site.url, async ({ frame }) => assert.equal(await frame.locator('html').evaluate(() => window.misread), true));
    await works(site.url);
  });
}

for (const [entry, file] of [
  [DEFAULT, 'index'],
  [EXTERNAL, 'external'],
]) {
  test(`a plain module script with ${entry}, without any bundler`, async (t) => {
    const made = project(packed.tarball, {
      'main.js': MAIN(entry),
      'index.html': HTML(`
      <script type="importmap">{ "imports": { "${entry}": "/node_modules/juzi-helper-wasm/${file}.js" } }</script>
      <script type="module" src="/main.js"></script>`),
    });
    t.after(made.remove);
    const site = await serve(made.dir);
    t.after(site.close);
    await works(site.url);
  });
}

/** The same steps as MAIN, started by a component, once also where React mounts it twice. The result is the contact. */
const START = `${MAIN().replace(/const early[\s\S]*$/, '')}
  let started;
  export const start = () => (started ??= steps().catch((error) => show({ error: String(error.stack ?? error), cause: String(error.cause) })));
  const steps = async () => {
    const early = juziWx.getCurExternalContact();
    const { env } = await init();
    const { userId } = await early;
    await juziWx.sendChatMessage({ msgtype: 'text', text: { content: 'Hello ' + userId } });
    const failed = await juziWx.getCurExternalChat().catch((error) => error);
    show({ userId, inSidebar: env.inSidebar, engine: env.engine, same: window.juziWx === juziWx,
      failed: failed instanceof JuziError && failed.code, state: oauth.newState().length });
    return userId;
  };`;

const REACT = {
  'index.html': HTML('<div id="app"></div><script type="module" src="/main.jsx"></script>'),
  'start.js': START,
  'main.jsx': `import { useEffect, useState } from 'react';
    import { createRoot } from 'react-dom/client';
    import { start } from './start.js';
    function Contact() {
      const [contact, setContact] = useState('nobody');
      useEffect(() => { start().then(setContact); }, []);
      return <p id="contact">{contact}</p>;
    }
    createRoot(document.getElementById('app')).render(<Contact />);`,
  'vite.config.js': `import react from '@vitejs/plugin-react';
    export default { plugins: [react()] };`,
};
const VUE = {
  'index.html': HTML('<div id="app"></div><script type="module" src="/main.js"></script>'),
  'start.js': START,
  'main.js': `import { createApp } from 'vue';
    import Contact from './Contact.vue';
    createApp(Contact).mount('#app');`,
  'Contact.vue': `<script setup>
    import { onMounted, ref } from 'vue';
    import { start } from './start.js';
    const contact = ref('nobody');
    onMounted(async () => { contact.value = await start(); });
    </script>
    <template><p id="contact">{{ contact }}</p></template>`,
  'vite.config.js': `import vue from '@vitejs/plugin-vue';
    export default { plugins: [vue()] };`,
};
const PLAIN = (entry) => ({ 'index.html': MODULE_PAGE, 'main.js': MAIN(entry) });
/** The readme's lines for a file that the page keeps itself. */
const WITH_URL = {
  'index.html': MODULE_PAGE,
  'main.js': `import wasm from 'juzi-helper-wasm/wasm?url';${MAIN(EXTERNAL).replace('init()', 'init({ wasm })')}`,
};

const VITES = { 6: 'vite6', 7: 'vite7', 8: 'vite' };

for (const [major, directory] of Object.entries(VITES)) {
  const { version } = JSON.parse(readFileSync(inTools(directory, 'package.json'), 'utf8'));
  const vite = inTools(directory, 'bin/vite.js');

  /** A project with this Vite, and with plugins that import this one. */
  const made = (files) => {
    const found = project(packed.tarball, files);
    symlinkSync(inTools(directory), found.path('node_modules/vite'));
    found.copy(inTools(major === '8' ? '@vitejs/plugin-react' : 'plugin-react5'), 'node_modules/@vitejs/plugin-react');
    found.copy(inTools('@vitejs/plugin-vue'), 'node_modules/@vitejs/plugin-vue');
    return found;
  };
  const builds = async (t, files) => {
    const found = made(files);
    t.after(found.remove);
    // Without the limit, Vite puts a separate file of this size into the script, which works but is not tested here.
    run(found, vite, ['build', '--logLevel', 'error', '--assetsInlineLimit', '0']);
    const site = await serve(found.path('dist'));
    t.after(site.close);
    return { url: site.url, wasm: wasmFiles(found.path('dist')) };
  };
  const develops = (t, files) => running(t, vite, ['--port', '0', '--host', 'localhost'], made(files), /http:\/\/localhost:\d+\//);

  test(`the installed Vite ${major} has this version`, () => assert.equal(version.split('.')[0], major));

  for (const [kind, files] of [
    ['plain', PLAIN()],
    ['React', REACT],
    ['Vue', VUE],
  ]) {
    test(`Vite ${major}, ${kind}: the development server, with no setting`, async (t) => {
      await works(await develops(t, files));
    });

    test(`Vite ${major}, ${kind}: a build, with no setting`, async (t) => {
      const { url, wasm } = await builds(t, files);
      assert.equal(wasm, 0);
      await works(url);
    });
  }

  test(`Vite ${major}: the entry external with the URL of the file, developed and built`, async (t) => {
    await works(await develops(t, WITH_URL));
    const { url, wasm } = await builds(t, WITH_URL);
    assert.ok(wasm > 0);
    await works(url);
  });

  test(`Vite ${major}: the entry external without it, built`, async (t) => {
    const { url, wasm } = await builds(t, PLAIN(EXTERNAL));
    assert.equal(wasm, 1);
    await works(url);
  });

  if (major === '8') {
    test('Vite 8: the entry external without it, in the development server', async (t) => {
      await works(await develops(t, PLAIN(EXTERNAL)));
    });
  } else {
    test(`Vite ${major}: the entry external without it, in the development server, says what to write`, async (t) => {
      const main = MAIN(EXTERNAL).replace(/\.catch\(\(error\) => show\(.*$/m, '.catch(({ message }) => show({ message }));');
      const url = await develops(t, { ...PLAIN(), 'main.js': main });
      const { message } = (await inHost(url)).result;
      assert.match(
        message,
        new RegExp(`${url}node_modules/\\.vite/deps/juzi_helper_bg\\.wasm is no WebAssembly: it came as text/html\\. .*init\\({ wasm }\\)`),
      );
    });
  }
}

test('Parcel: the development server', async (t) => {
  const made = project(packed.tarball, { 'index.html': MODULE_PAGE, 'main.js': MAIN() });
  // Parcel refuses the port 0.
  const args = ['serve', 'index.html', '--port', String(await freePort()), '--no-cache', '--no-autoinstall', '--no-hmr'];
  await works(await running(t, inTools('parcel/lib/bin.js'), args, made, /http:\/\/localhost:\d+/));
});

async function freePort() {
  const server = createServer();
  await new Promise((resolve) => server.listen(0, resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}

const NEXT = {
  'package.json': '{ "private": true }',
  // In these tests the tools are in a folder above the project, and Next.js needs the topmost folder that it may read.
  'next.config.mjs': `export default { turbopack: { root: ${JSON.stringify(tools)} }, outputFileTracingRoot: ${JSON.stringify(tools)} };`,
  'app/layout.js': 'export default function Layout({ children }) { return <html lang="en"><body>{children}</body></html>; }',
  'app/page.js': `import { Contact } from './contact';
    import { oauth } from 'juzi-helper-wasm';
    export const dynamic = 'force-dynamic';
    export default function Page() { return <main><p id="state">{oauth.newState()}</p><Contact /></main>; }`,
  'app/start.js': START,
  // The README's block.
  'app/customer/page.jsx': block(/^'use client'/),
  'app/contact.js': `'use client';
    import { useEffect, useState } from 'react';
    import { start } from './start';
    export function Contact() {
      const [contact, setContact] = useState('nobody');
      useEffect(() => { start().then(setContact); }, []);
      return <p id="contact">{contact}</p>;
    }`,
};
const NEXT_ENV = { NEXT_TELEMETRY_DISABLED: '1', CI: '1' };
const next = inTools('next/dist/bin/next');

function nextProject() {
  const made = project(packed.tarball, NEXT);
  for (const name of ['next', 'react', 'react-dom']) symlinkSync(inTools(name), made.path('node_modules', name));
  return made;
}

async function worksInNext(t, made, command) {
  const url = await running(t, next, [command, '--port', '0', '--hostname', 'localhost'], made, /http:\/\/localhost:[1-9]\d*/, NEXT_ENV);
  const html = await (await fetch(url)).text();
  assert.match(html, /<p id="contact">nobody<\/p>/);
  assert.match(html, /<p id="state">[0-9a-f]{32}<\/p>/);
  await works(`${url}/`);
  return url;
}

/** The README's page: it is rendered on the server, hydrated, and follows the conversation. */
async function readmePageWorks(t, url) {
  assert.match(await (await fetch(`${url}/customer`)).text(), /<h1>…<\/h1>/);
  const page = await browser.newPage();
  t.after(() => page.close());
  const errors = [];
  page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
  const host = await createHost(page, { url: `${url}/customer`, contact: { id: 'lin', name: 'Lin' }, chat: { id: 'club', name: 'Club' } });
  await host.frame.getByRole('heading', { name: 'Lin' }).waitFor();
  await host.switchTo('club');
  await host.frame.getByRole('heading', { name: 'Club' }).waitFor();
  assert.deepEqual(errors, []);
}

test('Next.js (Turbopack): a page rendered on the server, then hydrated in the browser', async (t) => {
  const made = nextProject();
  run(made, next, ['build'], NEXT_ENV);
  await readmePageWorks(t, await worksInNext(t, made, 'start'));
});

test('Next.js (Turbopack): the development server', async (t) => {
  await worksInNext(t, nextProject(), 'dev');
});
