// The plugin for Vite, from its packed tarball, in each version of Vite, with Chromium as the developer's browser.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { dev, filesUnder, launch, oldTools, openIn, pack, plugin, project, tools } from './workshop.mjs';

/** The versions of Vite, each with the folder that contains it. The plugin's peers leave out 4 and 5, in which it runs too. */
const VERSIONS = { vite4: oldTools, vite5: oldTools, vite6: tools, vite7: tools, vite: tools };
const { scenario: SCENARIO } = JSON.parse(readFileSync(new URL('../vectors/hub.json', import.meta.url), 'utf8'));

let tarballs;
let packed = [];
let browser;
/** The projects. They are removed when no server watches them any more. */
const made = [];
before(async () => {
  packed = [pack(), pack(plugin)];
  tarballs = packed.map(({ tarball }) => tarball);
  browser = await launch();
});
after(async () => {
  await browser?.close();
  for (const { remove } of made) remove();
  for (const { remove } of packed) remove();
});

/** The page of a developer: it shows the contact, says hello at a click, and has a module that is replaced without a reload. */
const PAGE = {
  'index.html': `<!doctype html><html><head><meta charset="utf-8"><title>page</title>
    <meta http-equiv="Content-Security-Policy" content="default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self' ws:"></head>
    <body><h1></h1><p id="word"></p><button>Hello</button><script type="module" src="/main.js"></script></body></html>`,
  'main.js': `import { init, juziWx } from 'juzi-helper-wasm';
    import { word } from './word.js';
    const show = (text) => { document.querySelector('#word').textContent = text; };
    show(word);
    import.meta.hot.accept('./word.js', (next) => show(next.word));
    window.loadedOnce = Math.random();
    await init();
    document.querySelector('h1').textContent = (await juziWx.getCurExternalContact()).userId;
    document.querySelector('button').onclick = () => juziWx.sendChatMessage({ msgtype: 'text', text: { content: 'Hello from the page' } });`,
  'word.js': "export const word = 'first';",
};

function make(files, parent) {
  const it = project(tarballs, files, parent);
  made.push(it);
  return it;
}

const config = (options) =>
  `import juzi from 'vite-plugin-juzi'; export default { plugins: [juzi(${JSON.stringify(options)})], optimizeDeps: { noDiscovery: true } };`;
const binOf = (name) => join(VERSIONS[name], 'node_modules', name, 'bin/vite.js');

const serve = (t, name, dir) => dev(t, 'node', [binOf(name), '--port', '0', '--host', '127.0.0.1'], dir);

for (const [name, parent] of Object.entries(VERSIONS)) {
  test(`${name}: the console frames the page, follows the scenario, and leaves hot replacement alone`, async (t) => {
    const { version } = JSON.parse(readFileSync(join(parent, 'node_modules', name, 'package.json'), 'utf8'));
    assert.equal(version.split('.')[0], /\d/.exec(name)?.[0] ?? '8');
    const it = make({ ...PAGE, 'vite.config.js': config({ scenario: 'my.json' }), 'my.json': JSON.stringify(SCENARIO) }, parent);
    const server = await serve(t, name, it.dir);
    const [, address] = await server.says(/Juzi: +(http:\/\/127\.0\.0\.1:\d+\/__juzi\/)/);
    const { page, problems } = await openIn(t, browser, address);

    const framed = page.frameLocator('#frame');
    await framed.locator('h1', { hasText: 'wm1' }).waitFor();
    await framed.getByRole('button', { name: 'Hello' }).click();
    await page.getByTestId('thread').getByText('Hello from the page').waitFor();
    await framed.getByRole('button', { name: 'Juzi · 2 calls' }).click();
    const log = framed.getByRole('log');
    await log.getByText('sendChatMessage').waitFor();
    assert.equal(await log.getByText(/^ok · \d+ ms$/).count(), 2);

    const once = await framed.locator('body').evaluate(() => window.loadedOnce);
    // A change is lost while the page's socket to Vite is not open yet, so it is made until the page has it.
    const second = framed.locator('#word', { hasText: 'second' });
    for (let change = 0; change < 30 && (await second.count()) === 0; change += 1) {
      writeFileSync(it.path('word.js'), `export const word = 'second'; // ${change}`);
      await second.waitFor({ timeout: 2_000 }).catch(() => {});
    }
    await second.waitFor();
    assert.equal(await framed.locator('body').evaluate(() => window.loadedOnce), once, 'the page was not reloaded');

    writeFileSync(it.path('my.json'), JSON.stringify(SCENARIO).replace('wm1', 'wm2'));
    // The page is not reloaded, and its next answer is the new one.
    const asked = await framed.locator('body').evaluate(async () => {
      for (let tries = 0; tries < 600; tries += 1) {
        const { userId } = await window.juziWx.getCurExternalContact();
        if (userId === 'wm2') return userId;
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
      return 'the old answer';
    });
    assert.equal(asked, 'wm2');
    writeFileSync(it.path('my.json'), JSON.stringify(SCENARIO).replace('"wm1"', '7'));
    await page.getByTestId('banner').getByText('conversations[0].contact.externalUserId').waitFor();
    await server.says(/my\.json: line 1, column \d+: conversations\[0\]\.contact\.externalUserId/);

    // A login, as a page's server makes it.
    const hub = address.slice(0, -1);
    const { headers } = await fetch(`${hub}/oauth/connect/authorize?redirect_uri=http%3A%2F%2Flocalhost%2Fback`, { redirect: 'manual' });
    const user = await (
      await fetch(`${hub}/api/v1/oauth/getUserInfo?code=${new URL(headers.get('location')).searchParams.get('code')}`)
    ).json();
    assert.equal(user.data.userId, 'GuYan');
    assert.deepEqual(problems, []);
  });
}

test('outside the sidebar the overlay leads to the console, with the project’s own base and page', async (t) => {
  const it = make({
    ...PAGE,
    'inner/index.html': PAGE['index.html'].replace('<h1>', '<h2>inner</h2><h1>'),
    'vite.config.js': config({ page: 'inner/' }).replace('plugins', "base: '/app/', plugins"),
  });
  const server = await serve(t, 'vite', it.dir);
  const [, origin] = await server.says(/Juzi: +(http:\/\/127\.0\.0\.1:\d+)\/__juzi\//);
  const { page } = await openIn(t, browser, `${origin}/app/`);
  await page.getByRole('link', { name: 'Not in a sidebar · Open in the workbench ↗' }).click();
  await page.frameLocator('#frame').locator('h2', { hasText: 'inner' }).waitFor();
  // The default scenario's pictures are the console's own files.
  const [avatar] = await page.locator('img.photo, .avatar img').evaluateAll((images) => images.map((image) => image.src));
  assert.match(avatar, /\/__juzi\/media\/avatars\//);
  assert.equal((await fetch(avatar)).status, 200);
  assert.equal((await fetch(`${origin}/__juzi`)).url, `${origin}/__juzi/`);
  for (const path of ['nothing.js', '..%2fpackage.json', '%2e%2e/vite.js', '_workbench/nothing'])
    assert.equal((await fetch(`${origin}/__juzi/${path}`)).status, 404, path);
});

test('a production build is the same bytes with and without the plugin', () => {
  const built = (files) => {
    const it = make(files);
    execFileSync('node', [binOf('vite'), 'build', '--logLevel', 'error'], { cwd: it.dir, stdio: 'pipe' });
    return filesUnder(it.path('dist'))
      .sort()
      .map((file) => [file.slice(it.dir.length), readFileSync(file, 'base64')]);
  };
  const page = { ...PAGE, 'main.js': PAGE['main.js'].replace('import.meta.hot', 'import.meta.hot?') };
  assert.deepEqual(built({ ...page, 'vite.config.js': config({ page: '/x', overlay: true }) }), built(page));
});

test('a configuration in CommonJS, and no overlay', async (t) => {
  const it = make({ ...PAGE, 'vite.config.cjs': "module.exports = { plugins: [require('vite-plugin-juzi')({ overlay: false })] };" });
  const server = await serve(t, 'vite6', it.dir);
  const [, origin] = await server.says(/Juzi: +(http:\/\/127\.0\.0\.1:\d+)\/__juzi\//);
  assert.doesNotMatch(await (await fetch(`${origin}/`)).text(), /overlay/);
  assert.equal((await fetch(`${origin}/__juzi/host.js`)).status, 200);
});

test('errors in the options or the scenario are reported at the start', async (t) => {
  const it = make({ ...PAGE, 'broken.json': '{ "account": 7, "conversations": [] }', 'a.yaml': '' });
  for (const [options, message] of [
    [{ scenaro: 'a.json' }, 'there is no option "scenaro"; the options are page, scenario, codeTtl, overlay'],
    [{ codeTtl: '5m' }, '`codeTtl` must be a number of seconds above 0'],
    [{ scenario: 'none.json' }, 'none.json: cannot be read: ENOENT'],
    [{ scenario: 'a.yaml' }, "a.yaml: the file's name must end in .json or .toml"],
    [{ scenario: 'broken.json' }, 'broken.json: line 1, column 14: account: invalid type: integer `7`, expected struct Account'],
  ]) {
    writeFileSync(it.path('vite.config.js'), config(options));
    const server = await serve(t, 'vite', it.dir);
    await assert.rejects(server.says(/never printed/), (error) => error.message.includes(message) || assert.fail(error.message));
  }
});
