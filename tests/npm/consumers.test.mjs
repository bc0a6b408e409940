// The packed tarball, built and served with common tools, then loaded in Chromium inside the host, with real calls.
import assert from 'node:assert/strict';
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, readFileSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { createHost } from '../../pkg/playwright.js';
import { NEVER, block, filesUnder, launch, pack, project, serve, tool, tools } from './workshop.mjs';

let packed;
let browser;
before(async () => {
  packed = pack();
  browser = await launch();
});
after(async () => {
  await browser?.close();
  packed?.remove();
});

/** A page's code: a call before init, calls after it, and a failure. */
const MAIN = (from = 'juzi-helper-wasm') => `
  import { init, juziWx, JuziError, oauth } from '${from}';
  const show = (result) => { document.documentElement.dataset.result = JSON.stringify(result); };
  const early = juziWx.getCurExternalContact();
  init().then(async ({ env }) => {
    const { userId } = await early;
    await juziWx.sendChatMessage({ msgtype: 'text', text: { content: 'Hello ' + userId } });
    const failed = await juziWx.getCurExternalChat().catch((error) => error);
    show({ userId, inSidebar: env.inSidebar, engine: env.engine, same: window.juziWx === juziWx,
      failed: failed instanceof JuziError && failed.code, state: oauth.newState().length });
  }).catch((error) => show({ error: String(error.stack ?? error), cause: String(error.cause) }));
`;
const HTML = (script) => `<!doctype html><html><head><meta charset="utf-8"><title>page</title></head><body>${script}</body></html>`;
const EXPECTED = { userId: 'wmA', inSidebar: true, engine: 'wasm', same: true, failed: 'fail', state: 32 };

/** Loads an address in the host and waits for the page's result. */
async function inHost(url, look = (host) => host) {
  const context = await browser.newContext();
  const page = await context.newPage();
  const console_ = [];
  page.on('console', (message) => console_.push(`${message.type()}: ${message.text()} (${message.location().url})`));
  page.on('pageerror', (error) => console_.push(`uncaught: ${error.message}`));
  try {
    const host = await createHost(page, { url, contact: { externalUserId: 'wmA', name: 'Lin' } });
    const html = host.frame.locator('html[data-result]');
    await html.waitFor({ state: 'attached', timeout: 20_000 }).catch((error) => {
      throw new Error(`${error.message}\n${console_.join('\n')}`);
    });
    const result = JSON.parse(await html.getAttribute('data-result'));
    assert.equal(result.error, undefined, `${result.error} ${result.cause}\n${console_.join('\n')}`);
    await look(host);
    return { result, sent: await host.sent(), calls: await host.calls() };
  } finally {
    await context.close();
  }
}

async function works(url) {
  const { result, sent } = await inHost(url);
  assert.deepEqual(result, EXPECTED);
  assert.deepEqual(sent.map(({ chat, messages }) => [chat.name, messages]), [['Lin', [{ msgtype: 'text', content: { content: 'Hello wmA' } }]]]);
}

/** A project that `build` builds and that is served from `out`. */
async function built(t, files, build, out = 'dist') {
  const made = project(packed.tarball, files);
  t.after(made.remove);
  await build(made);
  const site = await serve(made.path(out));
  t.after(site.close);
  return { made, site };
}

const wasmFiles = (dir) => filesUnder(dir).filter((file) => file.endsWith('.wasm'));

for (const entry of ['juzi-helper-wasm', 'juzi-helper-wasm/inline']) {
  const wasm = entry.endsWith('inline') ? 0 : 1;
  const page = { 'index.html': HTML('<script type="module" src="/main.js"></script>'), 'main.js': MAIN(entry) };

  test(`Vite: a production build with ${entry}`, async (t) => {
    const { made, site } = await built(t, page, async ({ dir }) => {
      const vite = join(tools, 'node_modules/vite/bin/vite.js');
      // Without this, Vite inlines a file of this size into the script, which works but is not tested here.
      execFileSync('node', [vite, 'build', '--logLevel', 'error', '--assetsInlineLimit', '0'], { cwd: dir, stdio: 'pipe' });
    });
    assert.equal(wasmFiles(made.path('dist')).length, wasm);
    await works(site.url);
  });

  test(`webpack 5 with ${entry}`, async (t) => {
    const { made, site } = await built(t, { ...page, 'dist/index.html': HTML('<script src="/main.js"></script>') }, async ({ dir }) => {
      const webpack = await tool('webpack');
      const stats = await new Promise((resolve, reject) => {
        webpack({ mode: 'production', context: dir, entry: './main.js', output: { path: join(dir, 'dist') } }, (error, done) => (error ? reject(error) : resolve(done)));
      });
      assert.deepEqual([...stats.toJson().errors, ...stats.toJson().warnings].map(({ message }) => message), []);
    });
    assert.equal(wasmFiles(made.path('dist')).length, wasm);
    await works(site.url);
  });

  test(`Rollup with ${entry}`, async (t) => {
    const { site } = await built(t, { ...page, 'dist/index.html': HTML('<script type="module" src="/main.js"></script>') }, async ({ dir }) => {
      const { rollup } = await import(join(tools, 'node_modules/rollup/dist/es/rollup.js'));
      const nodeResolve = await tool('@rollup/plugin-node-resolve');
      const warnings = [];
      const bundle = await rollup({ input: join(dir, 'main.js'), plugins: [(nodeResolve.nodeResolve ?? nodeResolve)()], onwarn: ({ message }) => warnings.push(message) });
      await bundle.write({ dir: join(dir, 'dist'), format: 'es' });
      assert.deepEqual(warnings, []);
      // Rollup, like esbuild, does not copy the file, so the build script has to: one line.
      if (wasm) copyFileSync(join(dir, 'node_modules/juzi-helper-wasm/juzi_helper_bg.wasm'), join(dir, 'dist/juzi_helper_bg.wasm'));
    });
    await works(site.url);
  });

  test(`esbuild with ${entry}`, async (t) => {
    const { site } = await built(t, { ...page, 'dist/index.html': HTML('<script type="module" src="/main.js"></script>') }, async ({ dir }) => {
      const { build } = await tool('esbuild');
      const { warnings } = await build({ entryPoints: [join(dir, 'main.js')], bundle: true, minify: true, format: 'esm', outdir: join(dir, 'dist'), logLevel: 'silent' });
      assert.deepEqual(warnings, []);
      if (wasm) copyFileSync(join(dir, 'node_modules/juzi-helper-wasm/juzi_helper_bg.wasm'), join(dir, 'dist/juzi_helper_bg.wasm'));
    });
    await works(site.url);
  });

  test(`a plain module script with ${entry}, without any bundler`, async (t) => {
    const made = project(packed.tarball, { 'main.js': MAIN(entry), 'index.html': HTML(`
      <script type="importmap">{ "imports": { "${entry}": "/node_modules/juzi-helper-wasm/${wasm ? 'index' : 'inline'}.js" } }</script>
      <script type="module" src="/main.js"></script>`) });
    t.after(made.remove);
    const site = await serve(made.dir);
    t.after(site.close);
    await works(site.url);
  });

  test(`Vite: the development server with ${entry}, with no configuration`, async (t) => {
    const made = project(packed.tarball, page);
    t.after(made.remove);
    const { url, stop } = await running(t, join(tools, 'node_modules/vite/bin/vite.js'), ['--port', '0', '--host', 'localhost'], made.dir, /http:\/\/localhost:\d+\//);
    await works(url);
    stop();
  });
}

/** Starts a third-party server and reads its address from its output. */
async function running(t, script, args, cwd, address, env = {}) {
  const child = spawn('node', [script, ...args], { cwd, env: { ...process.env, NO_COLOR: '1', FORCE_COLOR: '0', ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
  const stop = () => child.kill('SIGKILL');
  t.after(stop);
  const url = await new Promise((resolve, reject) => {
    let output = '';
    const onOutput = (chunk) => {
      output += chunk;
      const found = address.exec(output);
      if (found) resolve(found[0]);
    };
    child.stdout.on('data', onOutput);
    child.stderr.on('data', onOutput);
    child.on('exit', (code) => reject(new Error(`it ended with ${code}: ${output}`)));
  });
  return { url, stop };
}

const REQUIRED = {
  'juzi-helper-wasm': "const { init, juziWx } = require('juzi-helper-wasm'); const started = init();",
  'juzi-helper-wasm/compat': "const { init } = require('juzi-helper-wasm/compat'); const { juziWx } = require('juzi-helper-wasm'); const started = init();",
  'juzi-helper-wasm/juzi-helper.js': "require('juzi-helper-wasm/juzi-helper.js'); const { juziWx } = window; const started = Promise.resolve();",
};
for (const [entry, start] of Object.entries(REQUIRED)) {
  test(`a page served from a CommonJS bundle (esbuild, require) with ${entry}`, async (t) => {
    const files = {
      'main.cjs': `${start} started.then(() => juziWx.getCurExternalContact()).then(({ userId }) => {
        document.documentElement.dataset.result = JSON.stringify({ userId, engine: juziWx.env.engine }); });`,
      'dist/index.html': HTML('<script src="/main.js"></script>'),
    };
    const { site } = await built(t, files, async ({ dir }) => {
      const { build } = await tool('esbuild');
      await build({ entryPoints: [join(dir, 'main.cjs')], bundle: true, format: 'iife', outdir: join(dir, 'dist') });
    });
    assert.deepEqual((await inHost(site.url)).result, { userId: 'wmA', engine: entry.endsWith('compat') ? 'js' : 'wasm' });
  });
}

test('a call that fails rejects nothing where it has a callback, of whatever kind', async (t) => {
  const made = project(packed.tarball, {
    'index.html': HTML('<script type="module" src="/main.js"></script>'),
    'main.js': `import { init, juziWx } from '/node_modules/juzi-helper-wasm/index.js';
      let unhandled = 0;
      addEventListener('unhandledrejection', (event) => { unhandled += 1; event.preventDefault(); });
      // All of these fail in a single chat.
      const ways = [
        (heard) => juziWx.invoke('getCurExternalChat', {}, heard),
        (heard) => juziWx.invoke('getCurExternalChat', { fail: heard }),
        ...['fail', 'complete'].map((name) => (heard) => juziWx.getCurExternalChat({ [name]: heard })),
        (heard) => { juziWx.getCurExternalChat({ success() {} }); heard(); },
        (heard) => { const gone = new AbortController(); gone.abort(); juziWx.getCurExternalChat({ signal: gone.signal, fail: heard }); },
      ];
      const all = () => Promise.all(ways.map((way) => new Promise((resolve) => way(resolve))));
      const early = all();
      await init();
      await early;
      await all();
      await juziWx.getCurExternalChat().catch(() => {});
      // The browser reports unhandled rejections later. This last one is left unhandled on purpose, as an end marker.
      juziWx.getCurExternalChat();
      while (!unhandled) await new Promise((resolve) => setTimeout(resolve));
      document.documentElement.dataset.result = JSON.stringify({ unhandled });`,
  });
  t.after(made.remove);
  const site = await serve(made.dir);
  t.after(site.close);
  assert.deepEqual((await inHost(site.url)).result, { unhandled: 1 });
});

test('the classic script, from the package', async (t) => {
  const made = project(packed.tarball, { 'index.html': HTML(`
    <script>window.wx = { mine: true };</script>
    <script src="/node_modules/juzi-helper-wasm/juzi-helper.js" data-timeout="5000"></script>
    <script>wx.invoke('getCurExternalContact', {}, (res) => { document.documentElement.dataset.result = JSON.stringify({ ...res, mine: wx.mine, taken: wx.isJuziWx }); });</script>`) });
  t.after(made.remove);
  const site = await serve(made.dir);
  t.after(site.close);
  const { result } = await inHost(site.url);
  assert.deepEqual(result, { userId: 'wmA', err_msg: 'getCurExternalContact:ok', errMsg: 'getCurExternalContact:ok', errCode: 0, mine: true, taken: true });
});

test('the script pinned by its hash loads, and with another hash does not', async (t) => {
  const { files } = JSON.parse(readFileSync(new URL('../../pkg/integrity.json', import.meta.url), 'utf8'));
  const show = "document.documentElement.dataset.result = JSON.stringify({ there: 'juziWx' in window });";
  const script = (hash) => HTML(`<script src="/node_modules/juzi-helper-wasm/juzi-helper.js" integrity="${hash}"></script><script>${show}</script>`);
  const right = files['juzi-helper.js'].integrity;
  const made = project(packed.tarball, { 'index.html': script(right), 'wrong/index.html': script(files['inline.js'].integrity) });
  t.after(made.remove);
  const site = await serve(made.dir);
  t.after(site.close);
  assert.deepEqual((await inHost(site.url)).result, { there: true });
  assert.deepEqual((await inHost(`${site.url}wrong/`)).result, { there: false });
});

test('the script tag and the module in one page: one helper, one answer each', async (t) => {
  const made = project(packed.tarball, {
    'index.html': HTML(`
      <script src="/node_modules/juzi-helper-wasm/juzi-helper.js"></script>
      <script type="module" src="/main.js"></script>`),
    'main.js': `import { init, juziWx, JuziError } from '/node_modules/juzi-helper-wasm/index.js';
      const first = window.juziWx;
      const early = juziWx.getCurExternalContact();
      let done = 0;
      juziWx.ready(() => { done += 1; });
      await init();
      const failed = await juziWx.getCurExternalChat().catch((error) => error);
      let heard = 0;
      juziWx.getCurChatInfo({ success: () => { heard += 1; }, complete: () => { heard += 10; } });
      await juziWx.getCurChatInfo();
      const controller = new AbortController();
      const given = juziWx.updateBaseInfo({ reqType: 'listen', signal: controller.signal }).catch((error) => error.code);
      controller.abort();
      document.documentElement.dataset.result = JSON.stringify({ userId: (await early).userId, kept: first === window.juziWx, ready: done,
        heard, failed: failed instanceof JuziError && failed.api, env: juziWx.env.reason, aborted: await given });`,
  });
  t.after(made.remove);
  const site = await serve(made.dir);
  t.after(site.close);
  const { result, calls } = await inHost(site.url);
  assert.deepEqual(result, { userId: 'wmA', kept: true, ready: 1, heard: 11, failed: 'getCurExternalChat', env: 'ok', aborted: 'aborted' });
  assert.deepEqual(calls.map(({ api }) => api), ['getCurExternalContact', 'getCurExternalChat', 'getCurChatInfo', 'getCurChatInfo']);
});

test('init twice: the same promise, and other options are refused', async (t) => {
  const made = project(packed.tarball, {
    'index.html': HTML('<script type="module" src="/main.js"></script>'),
    'main.js': `import { init } from '/node_modules/juzi-helper-wasm/index.js';
      const first = init({ timeout: 500, debug: false });
      const same = [init(), init({ debug: false, timeout: 500 })].every((promise) => promise === first);
      const other = await init({ timeout: 600 }).catch((error) => error.message);
      await first;
      document.documentElement.dataset.result = JSON.stringify({ same, other });`,
  });
  t.after(made.remove);
  const site = await serve(made.dir);
  t.after(site.close);
  assert.deepEqual((await inHost(site.url)).result, { same: true, other: 'juzi-helper: init() was called before, with other options' });
});

for (const [how, file] of [['is not there', undefined], ['is the page of a server that answers everything with it', '<!doctype html>']]) {
  test(`the WebAssembly ${how}: init rejects, and the calls that wait fail; a later init finds it`, async (t) => {
    const made = project(packed.tarball, {
      'index.html': HTML('<script type="module" src="/main.js"></script>'),
      'main.js': `import { init, juziWx } from '/copy/index.js';
        const early = juziWx.getCurExternalContact().catch((error) => error.code);
        const refused = await init().catch((error) => error.message);
        const late = juziWx.getCurChatInfo().catch((error) => error.code);
        await fetch('/mend');
        const again = init();
        const { userId } = await juziWx.getCurExternalContact();
        document.documentElement.dataset.result = JSON.stringify({ early: await early, late: await late, refused, userId, engine: (await again).env.engine });`,
    });
    t.after(made.remove);
    const source = made.path('node_modules/juzi-helper-wasm');
    mkdirSync(made.path('copy'));
    for (const name of readdirSync(source).filter((name) => name.endsWith('.js'))) copyFileSync(join(source, name), made.path('copy', name));
    const wasm = made.path('copy/juzi_helper_bg.wasm');
    if (file) writeFileSync(wasm, file);
    const site = await serve(made.dir, { '/mend': () => copyFileSync(join(source, 'juzi_helper_bg.wasm'), wasm) });
    t.after(site.close);
    assert.deepEqual((await inHost(site.url)).result, {
      early: 'internal_error', late: 'internal_error', userId: 'wmA', engine: 'wasm',
      refused: 'juzi-helper: the WebAssembly could not be loaded; juzi-helper-wasm/inline needs no second file.',
    });
  });
}

test('the WebAssembly never comes: after 30 s init rejects and nobody waits any more; so with the fallback', async (t) => {
  const made = project(packed.tarball, {
    // The timeout of 30 s fires at once, until the page sets `hurry` to false.
    'index.html': HTML(`<script>
      const real = window.setTimeout;
      window.hurry = true;
      window.setTimeout = (run, delay, ...rest) => real(run, window.hurry && delay === 30000 ? 0 : delay, ...rest);
    </script><script type="module" src="/main.js"></script>`),
    'main.js': `import { init, juziWx } from '/node_modules/juzi-helper-wasm/index.js';
      const early = juziWx.getCurExternalContact().catch((error) => error.code);
      const refused = await init({ fallback: () => new Promise(() => {}) }).catch((error) => error.cause.message);
      const late = juziWx.getCurChatInfo().catch((error) => error.code);
      hurry = false;
      await fetch('/mend');
      await init();
      const { userId } = await juziWx.getCurExternalContact();
      document.documentElement.dataset.result = JSON.stringify({ early: await early, late: await late, refused, userId });`,
  });
  t.after(made.remove);
  let mended = false;
  const site = await serve(made.dir, {
    '/node_modules/juzi-helper-wasm/juzi_helper_bg.wasm': () => (mended ? undefined : NEVER),
    '/mend': () => void (mended = true),
  });
  t.after(site.close);
  assert.deepEqual((await inHost(site.url)).result, {
    early: 'internal_error', late: 'internal_error', refused: 'it did not come within 30 s', userId: 'wmA',
  });
});

/** A page whose policy allows its own scripts but no WebAssembly. A policy in a meta element works only in the head. */
const STRICT = HTML('<script type="module" src="./main.js"></script>').replace('<head>', '<head><meta http-equiv="Content-Security-Policy" content="script-src \'self\'">');

/** The results of `init`, and of calls before and after it, in a page with that policy. `start` runs in a folder of the project. */
async function underPolicy(t, start) {
  const made = project(packed.tarball, {
    'page/index.html': STRICT,
    'page/main.js': `import { init, juziWx } from '../node_modules/juzi-helper-wasm/index.js';
      const early = juziWx.getCurExternalContact().catch((error) => error);
      let started;
      try { ${start} } catch (error) { started = error; }
      const answer = await juziWx.getCurExternalContact().catch((error) => error);
      const [{ code, userId }, late] = [await early, answer];
      document.documentElement.dataset.result = JSON.stringify({ early: userId ?? code, late: late.userId ?? late.code,
        engine: juziWx.env?.engine, one: window.juziWx === juziWx, refused: started instanceof Error ? started.message : undefined });`,
  });
  t.after(made.remove);
  const site = await serve(made.dir);
  t.after(site.close);
  return (await inHost(`${site.url}page/`)).result;
}

test('a policy against WebAssembly: init says what to add, and calls fail', async (t) => {
  const { refused, ...rest } = await underPolicy(t, 'started = await init();');
  assert.deepEqual(rest, { early: 'webassembly_blocked', late: 'webassembly_blocked', one: true });
  assert.match(refused, /'wasm-unsafe-eval'.*juzi-helper-wasm\/compat/);
});

const WITHOUT_WASM = { early: 'wmA', late: 'wmA', engine: 'js', one: true };
const COMPAT = "import('../node_modules/juzi-helper-wasm/compat.js')";

test('a policy against WebAssembly, with the fallback: every call is answered, also those that waited', async (t) => {
  const twice = `const first = init({ fallback: () => ${COMPAT}, timeout: 5000 });
    if (init() !== first) throw new Error('another promise');
    started = await first;`;
  assert.deepEqual(await underPolicy(t, twice), WITHOUT_WASM);
});

test('a policy against WebAssembly, with the entry that needs none', async (t) => {
  assert.deepEqual(await underPolicy(t, `const { init } = await ${COMPAT}; started = await init();`), WITHOUT_WASM);
});

test('an init that failed can be followed by one that does not: what had failed has, what comes is answered', async (t) => {
  const result = await underPolicy(t, `started = await init().catch(() => ${COMPAT}.then(({ init }) => init()));`);
  assert.deepEqual(result, { ...WITHOUT_WASM, early: 'webassembly_blocked' });
});

test('a fallback that cannot be used changes nothing', async (t) => {
  for (const fallback of ["() => import('./nothing.js')", '() => ({})', 'true']) {
    const { refused, ...rest } = await underPolicy(t, `started = await init({ fallback: ${fallback} });`);
    assert.deepEqual(rest, { early: 'webassembly_blocked', late: 'webassembly_blocked', one: true }, fallback);
    assert.match(refused, /'wasm-unsafe-eval'/);
  }
});

test('the classic script without WebAssembly, imported before, is what init uses', async (t) => {
  const result = await underPolicy(t, "await import('../node_modules/juzi-helper-wasm/juzi-helper.compat.js'); started = await init();");
  assert.deepEqual(result, { ...WITHOUT_WASM, one: false });
});

test('Vite: the fallback is a chunk of its own, loaded only where WebAssembly is refused', async (t) => {
  const page = (policy) => HTML('<script type="module" src="/main.js"></script>').replace('<head>', `<head>${policy}`);
  const build = (policy) =>
    built(t, { 'index.html': page(policy), 'main.js': MAIN().replace('init()', "init({ fallback: () => import('juzi-helper-wasm/compat') })") }, async ({ dir }) => {
      const vite = join(tools, 'node_modules/vite/bin/vite.js');
      execFileSync('node', [vite, 'build', '--logLevel', 'error', '--assetsInlineLimit', '0'], { cwd: dir, stdio: 'pipe' });
    });
  const compat = ({ site }) => site.asked.filter((path) => /compat/.test(path)).length;
  const open = await build('');
  await works(open.site.url);
  assert.equal(compat(open), 0);
  const strict = await build('<meta http-equiv="Content-Security-Policy" content="script-src \'self\'">');
  assert.deepEqual((await inHost(strict.site.url)).result, { ...EXPECTED, engine: 'js' });
  assert.equal(compat(strict), 1);
});

for (const sdk of ['weixin-js-sdk', 'jweixin-module']) {
  test(`patch(wx) with ${sdk} imported from npm, in a bundled page`, async (t) => {
    const files = {
      'main.js': `import sdk from '${sdk}';
        import { init, patch } from 'juzi-helper-wasm';
        await init();
        const before = sdk?.ready ? sdk : window.jWeixin;
        const hide = before.hideMenuItems;
        const wx = patch(before);
        wx.config({ debug: false, appId: 'ww1', timestamp: 1, nonceStr: 'n', signature: 's', jsApiList: [] });
        wx.ready(() => wx.invoke('getCurExternalContact', {}, (res) => {
          document.documentElement.dataset.result = JSON.stringify({ userId: res.userId, same: wx === before, rest: typeof hide, taken: wx.isJuziWx });
        }));`,
      'dist/index.html': HTML('<script type="module" src="/main.js"></script>'),
    };
    const { site } = await built(t, files, async ({ dir }) => {
      const { build } = await tool('esbuild');
      await build({ entryPoints: [join(dir, 'main.js')], bundle: true, format: 'esm', outdir: join(dir, 'dist') });
      copyFileSync(join(dir, 'node_modules/juzi-helper-wasm/juzi_helper_bg.wasm'), join(dir, 'dist/juzi_helper_bg.wasm'));
    });
    const { result } = await inHost(site.url);
    assert.deepEqual(result, { userId: 'wmA', same: true, rest: 'function', taken: true });
  });
}

test('Next.js: a page rendered on the server, then alive in the browser', async (t) => {
  const made = project(packed.tarball, {
    'package.json': '{ "private": true }',
    'next.config.mjs': `import { fileURLToPath } from 'node:url';
      // In these tests the tools are in a folder above the project. Next.js must be told the topmost folder that it may read.
      export default { turbopack: { root: ${JSON.stringify(tools)} }, outputFileTracingRoot: ${JSON.stringify(tools)} };`,
    'app/layout.js': 'export default function Layout({ children }) { return <html lang="en"><body>{children}</body></html>; }',
    'app/page.js': `import { Contact } from './contact';
      import { oauth } from 'juzi-helper-wasm';
      export const dynamic = 'force-dynamic';
      export default function Page() { return <main><p id="state">{oauth.newState()}</p><Contact /></main>; }`,
    // The README's block.
    'app/customer/page.jsx': block(/^'use client'/),
    'app/contact.js': `'use client';
      ${MAIN().replace(/init\(\)\.then[\s\S]*$/, '').replace(/const early.*$/m, '')}
      import { useEffect, useState } from 'react';
      export function Contact() {
        const [contact, setContact] = useState('nobody');
        useEffect(() => {
          const early = juziWx.getCurExternalContact();
          init().then(async ({ env }) => {
            const { userId } = await early;
            setContact(userId);
            await juziWx.sendChatMessage({ msgtype: 'text', text: { content: 'Hello ' + userId } });
            const failed = await juziWx.getCurExternalChat().catch((error) => error);
            show({ userId, inSidebar: env.inSidebar, engine: env.engine, same: window.juziWx === juziWx,
              failed: failed instanceof JuziError && failed.code, state: oauth.newState().length });
          }).catch((error) => show({ error: String(error.stack ?? error), cause: String(error.cause) }));
        }, []);
        return <p id="contact">{contact}</p>;
      }`,
  });
  t.after(made.remove);
  for (const name of ['next', 'react', 'react-dom']) symlinkSync(join(tools, 'node_modules', name), made.path('node_modules', name));
  const next = join(tools, 'node_modules/next/dist/bin/next');
  const env = { ...process.env, NEXT_TELEMETRY_DISABLED: '1', CI: '1' };
  const { status, stdout, stderr } = spawnSync('node', [next, 'build'], { cwd: made.dir, env, encoding: 'utf8' });
  assert.equal(status, 0, stdout + stderr);
  const { url, stop } = await running(t, next, ['start', '--port', '0', '--hostname', 'localhost'], made.dir, /http:\/\/localhost:[1-9]\d*/, env);
  const html = await (await fetch(url)).text();
  assert.match(html, /<p id="contact">nobody<\/p>/);
  assert.match(html, /<p id="state">[0-9a-f]{32}<\/p>/);
  await works(`${url}/`);
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
  stop();
});
