// How the package behaves in a page: together with scripts and SDKs, under a policy, and when its file is missing.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { EXPECTED, HTML, MAIN, built, inHost, packed, works } from './pages.mjs';
import { NEVER, project, serve, tool, tools } from './workshop.mjs';

const REQUIRED = {
  'juzi-helper-wasm': "const { init, juziWx } = require('juzi-helper-wasm'); const started = init();",
  'juzi-helper-wasm/compat':
    "const { init } = require('juzi-helper-wasm/compat'); const { juziWx } = require('juzi-helper-wasm'); const started = init();",
  'juzi-helper-wasm/juzi-helper.js':
    "require('juzi-helper-wasm/juzi-helper.js'); const { juziWx } = window; const started = Promise.resolve();",
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

test('a failing call with a callback of any kind causes no unhandled rejection', async (t) => {
  const made = project(packed.tarball, {
    'index.html': HTML('<script type="module" src="/main.js"></script>'),
    'main.js': `import { init, juziWx } from '/node_modules/juzi-helper-wasm/index.js';
      const unhandled = [];
      addEventListener('unhandledrejection', (event) => { unhandled.push(event.reason.message); event.preventDefault(); });
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
      // The browser reports unhandled rejections later, in their order. This last one is left unhandled on purpose, as an end marker.
      Promise.reject(new Error('the end'));
      while (!unhandled.includes('the end')) await new Promise((resolve) => setTimeout(resolve));
      document.documentElement.dataset.result = JSON.stringify({ unhandled });`,
  });
  t.after(made.remove);
  const site = await serve(made.dir);
  t.after(site.close);
  assert.deepEqual((await inHost(site.url)).result, { unhandled: ['the end'] });
});

test('the classic script, from the package', async (t) => {
  const made = project(packed.tarball, {
    'index.html': HTML(`
    <script>window.wx = { mine: true };</script>
    <script src="/node_modules/juzi-helper-wasm/juzi-helper.js" data-timeout="5000"></script>
    <script>wx.invoke('getCurExternalContact', {}, (res) => { document.documentElement.dataset.result = JSON.stringify({ ...res, mine: wx.mine, taken: wx.isJuziWx }); });</script>`),
  });
  t.after(made.remove);
  const site = await serve(made.dir);
  t.after(site.close);
  const { result } = await inHost(site.url);
  assert.deepEqual(result, {
    userId: 'wmA',
    err_msg: 'getCurExternalContact:ok',
    errMsg: 'getCurExternalContact:ok',
    errCode: 0,
    mine: true,
    taken: true,
  });
});

test('the script pinned by its hash loads, and with another hash does not', async (t) => {
  const { files } = JSON.parse(readFileSync(new URL('../../pkg/integrity.json', import.meta.url), 'utf8'));
  const show = "document.documentElement.dataset.result = JSON.stringify({ there: 'juziWx' in window });";
  const script = (hash) =>
    HTML(`<script src="/node_modules/juzi-helper-wasm/juzi-helper.js" integrity="${hash}"></script><script>${show}</script>`);
  const right = files['juzi-helper.js'].integrity;
  const made = project(packed.tarball, { 'index.html': script(right), 'wrong/index.html': script(files['index.js'].integrity) });
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
  assert.deepEqual(
    calls.map(({ api }) => api),
    ['getCurExternalContact', 'getCurExternalChat', 'getCurChatInfo', 'getCurChatInfo'],
  );
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

const MISSING = [
  ['is not there', undefined, 'answered with status 404 (no content type)'],
  ['is the page of a server that answers everything with it', '<!doctype html>', 'is no WebAssembly: it came as application/wasm'],
];
for (const [how, file, fault] of MISSING) {
  test(`the WebAssembly ${how}: init rejects, and the calls that wait fail; a later init finds it`, async (t) => {
    const made = project(packed.tarball, {
      'index.html': HTML('<script type="module" src="/main.js"></script>'),
      'main.js': `import { init, juziWx } from '/copy/external.js';
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
    for (const name of readdirSync(source).filter((name) => name.endsWith('.js')))
      copyFileSync(join(source, name), made.path('copy', name));
    const wasm = made.path('copy/juzi_helper_bg.wasm');
    if (file) writeFileSync(wasm, file);
    const site = await serve(made.dir, { '/mend': () => copyFileSync(join(source, 'juzi_helper_bg.wasm'), wasm) });
    t.after(site.close);
    assert.deepEqual((await inHost(site.url)).result, {
      early: 'internal_error',
      late: 'internal_error',
      userId: 'wmA',
      engine: 'wasm',
      refused:
        `juzi-helper: the WebAssembly could not be loaded: ${site.url}copy/juzi_helper_bg.wasm ${fault}. ` +
        'Pass the URL of juzi_helper_bg.wasm as init({ wasm }), or import juzi-helper-wasm, which has it inside.',
    });
  });
}

test('the WebAssembly never arrives: after 30 s init rejects and no call waits any more; the same with the fallback', async (t) => {
  const made = project(packed.tarball, {
    // The timeout of 30 s fires at once, until the page sets `hurry` to false.
    'index.html': HTML(`<script>
      const real = window.setTimeout;
      window.hurry = true;
      window.setTimeout = (run, delay, ...rest) => real(run, window.hurry && delay === 30000 ? 0 : delay, ...rest);
    </script><script type="module" src="/main.js"></script>`),
    'main.js': `import { init, juziWx } from '/node_modules/juzi-helper-wasm/external.js';
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
    early: 'internal_error',
    late: 'internal_error',
    refused: 'it did not come within 30 s',
    userId: 'wmA',
  });
});

/** A page whose policy allows its own scripts but no WebAssembly. A policy in a meta element works only in the head. */
const STRICT = HTML('<script type="module" src="./main.js"></script>').replace(
  '<head>',
  '<head><meta http-equiv="Content-Security-Policy" content="script-src \'self\'">',
);

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

test('a policy against WebAssembly, with the fallback: every call is answered, including those that waited', async (t) => {
  const twice = `const first = init({ fallback: () => ${COMPAT}, timeout: 5000 });
    if (init() !== first) throw new Error('another promise');
    started = await first;`;
  assert.deepEqual(await underPolicy(t, twice), WITHOUT_WASM);
});

test('a policy against WebAssembly, with the entry that needs none', async (t) => {
  assert.deepEqual(await underPolicy(t, `const { init } = await ${COMPAT}; started = await init();`), WITHOUT_WASM);
});

test('a failed init can be followed by a successful one: earlier calls have failed, later ones are answered', async (t) => {
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
    built(
      t,
      { 'index.html': page(policy), 'main.js': MAIN().replace('init()', "init({ fallback: () => import('juzi-helper-wasm/compat') })") },
      async ({ dir }) => {
        const vite = join(tools, 'node_modules/vite/bin/vite.js');
        execFileSync('node', [vite, 'build', '--logLevel', 'error', '--assetsInlineLimit', '0'], { cwd: dir, stdio: 'pipe' });
      },
    );
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
    });
    const { result } = await inHost(site.url);
    assert.deepEqual(result, { userId: 'wmA', same: true, rest: 'function', taken: true });
  });
}
