// The playground in Chromium: every example, the login, sharing, and what a page in it can reach.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { strFromU8, unzipSync } from 'fflate';
import { examples } from '../playground/examples.mjs';
import { launch, servedBelowAPath, watched } from './site.mjs';

let site;
let browser;
before(async () => {
  site = await servedBelowAPath();
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await site?.close();
});

async function open(t, path) {
  const context = await browser.newContext({ viewport: { width: 1400, height: 900 } });
  t.after(() => context.close());
  // A busy machine may need long. What never appears still fails the test.
  context.setDefaultTimeout(120_000);
  const page = await context.newPage();
  const problems = await watched(page);
  await page.goto(site.url + path);
  const console = page.frameLocator('[data-testid=console]');
  return { context, page, problems, console, sidebar: console.frameLocator('#frame') };
}

/** Replaces the text of the editor that is shown. */
async function type(page, text) {
  await page.getByTestId('editor').locator('.cm-content').click();
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.insertText(text);
}

/** What an example shows at its end. */
const SHOWS = {
  contact: /wmSonghuo\w+/,
  group: /single_chat_tools[\s\S]*getCurExternalChat:fail/,
  'chat-info': /"name"/,
  'open-chat': /openEnterpriseChat:ok/,
  preview: /previewImage:ok/,
  follow: /listening/,
  'first-calls': /"ready"[\s\S]*"sendChatMessage": true[\s\S]*"scanQRCode": false/,
  several: /sendMultiChatMessage:ok/,
  login: /"userId": "GuYan"/,
  slow: /"\d{4} ms"/,
  'one-slow': /\[\s*\d+,\s*[1-9]\d*\s*\]/,
  lost: /getCurChatInfo:fail timeout/,
  twice: /^"[^"]+"\s*$/,
  order: /getContext[\s\S]*getCurChatInfo|getCurChatInfo[\s\S]*getContext/,
  former: /^("[^"]+")\s+\1\s+(?!\1)"[^"]+"\s*$/,
  garbage: /getCurExternalContact:ok/,
  old: /"name"[\s\S]*previewImage:fail timeout/,
  refused: /sendChatMessage:fail no permission/,
  jweixin: /getCurExternalContact:ok/,
  'wecom-jssdk': /single_chat_tools[\s\S]*getCurExternalContact:ok/,
  ...Object.fromEntries(['text', 'image', 'video', 'file', 'news', 'miniprogram'].map((type) => [type, /sendChatMessage:ok/])),
};

test('the examples show every call and every fault', async () => {
  const { CALLS } = await import('../../www/lib/catalogue.js');
  const { NO_FAULTS } = await import('../../www/host.js');
  const types = readFileSync(new URL('../../pkg-template/types/index.d.ts', import.meta.url), 'utf8');
  const catalogue = [...(/export interface Catalogue \{([\s\S]*?)\n\}/.exec(types)?.[1] ?? '').matchAll(/^ {2}(\w+):/gm)].map(
    ([, name]) => name,
  );
  const shown = new Set(examples.flatMap(({ calls }) => calls));
  assert.ok(catalogue.length > 10 && CALLS.length > 5);
  assert.deepEqual(
    [...catalogue, ...CALLS.map(({ name }) => name).filter(Boolean), 'ready', 'error', 'on', 'off'].filter((name) => !shown.has(name)),
    [],
  );
  const faults = new Set(examples.flatMap((one) => Object.keys(one.faults ?? {})));
  assert.deepEqual(
    Object.keys(NO_FAULTS).filter((name) => !faults.has(name)),
    [],
  );
  assert.deepEqual(
    examples.map(({ id }) => id).filter((id) => !SHOWS[id] && !['start', 'demo'].includes(id)),
    [],
  );
});

test('every example shows what it should', async (t) => {
  const { page, sidebar, problems } = await open(t, 'playground.html');
  const out = sidebar.locator('#out');
  for (const [id, shows] of Object.entries(SHOWS)) {
    await page.getByTestId('example').selectOption(id);
    await out
      .filter({ hasText: shows })
      .waitFor()
      .catch(async () => assert.fail(`${id} shows ${await out.innerText().catch((error) => error.message)}`));
    // The images at made-up addresses do not exist.
    assert.deepEqual(
      problems.filter((text) => !/404/.test(text)),
      [],
      id,
    );
  }
});

test('the first example: sends into the conversation, and follows it', async (t) => {
  const { sidebar, console, problems } = await open(t, 'playground.html');
  await sidebar.locator('#name').filter({ hasText: '林晓棠' }).waitFor();
  await sidebar.locator('#greet').click();
  await console.getByTestId('thread').getByText('Hello from the sidebar!').waitFor();
  await console.getByTestId('chat-list').locator('[title="周子墨"]').click();
  await sidebar.locator('#name').filter({ hasText: '周子墨' }).waitFor();
  assert.deepEqual(problems, []);
});

test('an edited page runs; opened elsewhere by its link, it runs only when the visitor says so', async (t) => {
  const { page, sidebar, context } = await open(t, 'playground.html#contact');
  await sidebar.locator('#out').filter({ hasText: 'wmSonghuo' }).waitFor();
  await page.getByTestId('tab-html').click();
  const editor = page.getByTestId('editor').locator('.cm-content');
  await editor.click();
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.insertText('<p id="mine">mine</p><script src="../../vendor/juzi-helper.js"></script>');
  await page.getByTestId('tab-script').click();
  await editor.click();
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.insertText(
    "juziWx.getCurChatInfo().then((chat) => { document.getElementById('mine').textContent = `edited ${chat.name} </script>`; });",
  );
  await page.getByTestId('run').click();
  await sidebar.locator('#mine').filter({ hasText: 'edited 林晓棠 </script>' }).waitFor();
  await page.getByTestId('share').click();
  const link = await page.getByTestId('link').inputValue();
  assert.ok(new URL(link).hash.startsWith('#page='));
  assert.equal(new URL(link).search, '');

  const other = await context.newPage();
  await other.goto(link);
  await other.getByTestId('note').filter({ hasText: 'came with the link' }).waitFor();
  assert.equal(await other.getByTestId('console').count(), 0);
  await other.getByTestId('run').click();
  await other.frameLocator('[data-testid=console]').frameLocator('#frame').locator('#mine').filter({ hasText: 'edited 林晓棠' }).waitFor();
});

test('a damaged link says so', async (t) => {
  const { page } = await open(t, 'playground.html#page=AAAA');
  await page.getByTestId('note').filter({ hasText: 'damaged' }).waitFor();
});

test('a page in the playground has an origin of its own: it reaches nothing of the site', async (t) => {
  const { page, sidebar } = await open(t, 'playground.html#contact');
  const out = sidebar.locator('#out');
  await out.filter({ hasText: 'wmSonghuo' }).waitFor();
  const can = (code) =>
    out.evaluate((_, source) => {
      try {
        return String(new Function(`return ${source}`)());
      } catch (error) {
        return error.name;
      }
    }, code);
  assert.equal(await can('self.origin'), 'null');
  for (const code of ['parent.document.title', 'top.document.title', 'localStorage.length', 'document.cookie'])
    assert.equal(await can(code), 'SecurityError', code);
  assert.notEqual(await can('navigator.serviceWorker.controller'), '[object ServiceWorker]');
  await page.close();
});

test('the demo page: the login by redirect, and a hub that refuses', async (t) => {
  const { sidebar, console } = await open(t, 'playground.html#demo');
  await sidebar.locator('#login-oauth').click();
  await sidebar.getByTestId('user-userId').filter({ hasText: 'GuYan' }).waitFor();
  await console.getByTestId('tab-codes').click();
  await console.getByTestId('code-attempt').filter({ hasText: '0 success' }).waitFor();
  // A code works once.
  await sidebar.locator('#login-again').click();
  await sidebar.locator('#login-error').filter({ hasText: /\S/ }).waitFor();
  await console.getByTestId('code-attempt').filter({ hasText: '-1' }).waitFor();
  await sidebar.locator('#login-sidebarAuth').click();
  await sidebar.getByTestId('user-userId').filter({ hasText: 'GuYan' }).waitFor();
});

test('the first page runs a console, in both languages', async (t) => {
  for (const [path, text] of [
    ['index.html', 'Send a greeting'],
    ['zh/index.html', '发送问候'],
  ]) {
    const { page } = await open(t, path);
    const sidebar = page.frameLocator('[data-testid=live-console]').frameLocator('#frame');
    await sidebar.locator('#greet').filter({ hasText: text }).waitFor();
    await sidebar.locator('#name').filter({ hasText: '林晓棠' }).waitFor();
  }
});

test('the list of examples and the texts around it, in Chinese', async (t) => {
  const { page, sidebar } = await open(t, 'zh/playground.html');
  await sidebar.locator('#greet').filter({ hasText: '发送问候' }).waitFor();
  await page.getByTestId('example').selectOption('text');
  await sidebar.locator('#out').filter({ hasText: 'sendChatMessage:ok' }).waitFor();
  assert.equal(await page.getByTestId('run').innerText(), '运行');
});

const REQUESTS = 60;

test(`the playground needs fewer than ${REQUESTS} requests, and says what it waits for`, async (t) => {
  const context = await browser.newContext();
  t.after(() => context.close());
  context.setDefaultTimeout(120_000);
  const page = await context.newPage();
  const requests = [];
  context.on('request', (request) => requests.push(request.url().replace(site.url, '')));
  let release;
  const held = new Promise((resolve) => {
    release = resolve;
  });
  await context.route('**/playground/console/main.js', async (route) => {
    await held;
    await route.continue();
  });
  // Not `load`, for which a frame that waits is waited for.
  await page.goto(`${site.url}playground.html`, { waitUntil: 'commit' });
  const start = page.getByTestId('start');
  await start.filter({ hasText: 'Loading the console' }).waitFor();
  release();
  const sidebar = page.frameLocator('[data-testid=console]').frameLocator('#frame');
  await sidebar.locator('#name').filter({ hasText: '林晓棠' }).waitFor();
  await start.filter({ hasText: /^\s*$/ }).waitFor({ state: 'attached' });
  t.diagnostic(`${requests.length} requests`);
  assert.ok(requests.some((path) => path === 'playground/console/main.js'));
  assert.ok(requests.length < REQUESTS, requests.join('\n'));
});

test('a console that does not load: says so, and loads at another try', async (t) => {
  const { page, sidebar, context } = await open(t, 'guide/start.html');
  await context.route('**/playground/console/main.js', (route) => route.abort(), { times: 1 });
  await page.goto(`${site.url}playground.html`);
  await page.getByTestId('start').filter({ hasText: 'could not be loaded' }).waitFor();
  await page.getByTestId('retry').click();
  await sidebar.locator('#name').filter({ hasText: '林晓棠' }).waitFor();
  assert.equal(await page.getByTestId('retry').count(), 0);
});

test('an error of the page: its text and its line are beside the code, and lead to it', async (t) => {
  const { page, sidebar } = await open(t, 'playground.html#contact');
  await sidebar.locator('#out').filter({ hasText: 'wmSonghuo' }).waitFor();
  const problem = page.getByTestId('problem');
  const marker = page.getByTestId('editor').locator('.cm-lint-marker-error');
  for (const [code, text] of [
    ['// first\n\nmissing();', /^Script, line 3 ReferenceError: missing is not defined$/],
    ['const a = 1;\nPromise.reject(new TypeError("no"));', /^Script, line 2 Rejected, and nothing handles it: TypeError: no$/],
    // The helper refuses, in a script of its own.
    ['\n\nasync function f() {\n  await juziWx.invoke("sendChatMessage", null);\n}\nf();', /nothing handles it: .*sendChatMessage:fail/],
    ['\nsetTimeout(() => { throw new RangeError("late"); });', /^Script, line 2 RangeError: late$/],
  ]) {
    await type(page, code);
    await page.getByTestId('run').click();
    await problem.filter({ hasText: /./ }).first().waitFor();
    assert.match((await problem.allInnerTexts()).join('|').replaceAll('\n', ' '), text);
    if (text.source.includes('line')) await marker.waitFor();
  }
  await problem.getByRole('button').press('Enter');
  const line = page.getByTestId('editor').locator('.cm-activeLine');
  assert.match(await line.innerText(), /late/);
  assert.ok(await page.evaluate(() => document.activeElement.shadowRoot?.activeElement?.classList.contains('cm-content')));

  // In the HTML, whose lines the helper's text must not shift.
  await page.getByTestId('tab-html').click();
  await type(
    page,
    '<!doctype html>\n<script src="../../vendor/juzi-helper.js"></script>\n<p>\n<script>\nthrow new Error("inline");\n</script>',
  );
  await page.getByTestId('run').click();
  await problem.filter({ hasText: 'HTML, line 5' }).filter({ hasText: 'Error: inline' }).waitFor();

  // What works has no problems.
  await page.getByTestId('reset').click();
  await sidebar.locator('#out').filter({ hasText: 'wmSonghuo' }).waitFor();
  assert.equal(await problem.count(), 0);
});

test('an error of syntax is marked before the page runs, and named by the browser when it does', async (t) => {
  const { page, sidebar } = await open(t, 'playground.html#contact');
  await sidebar.locator('#out').filter({ hasText: 'wmSonghuo' }).waitFor();
  await type(page, 'const a = 1;\nconst b = ;\nconst c = 2;');
  const problem = page.getByTestId('problem');
  await problem.filter({ hasText: 'line 2' }).filter({ hasText: 'Syntax error: something' }).waitFor();
  await page.getByTestId('editor').locator('.cm-lint-marker-error').waitFor();
  await page.getByTestId('run').click();
  await problem.filter({ hasText: 'line 2' }).filter({ hasText: 'SyntaxError: Unexpected token' }).waitFor();
  assert.equal(await problem.count(), 1);
});

test('only the page in the console’s frame reports to the editor', async (t) => {
  const { page, sidebar } = await open(t, 'playground.html#contact');
  const out = sidebar.locator('#out');
  await out.filter({ hasText: 'wmSonghuo' }).waitFor();
  const report = { type: 'playground', ask: 'page', run: 1, text: 'forged', lines: [1] };
  await out.evaluate((_, message) => {
    top.postMessage(message, '*');
    top.postMessage({ ...message, run: 0 }, '*');
    // A stranger's values are no lines, and markup is text.
    parent.postMessage({ ...message, text: '<img src=x onerror=alert(1)>', lines: ['1', {}, null, 1e9] }, '*');
    parent.postMessage({ ...message, text: { not: 'a text' } }, '*');
    parent.postMessage({ ...message, run: 99, text: 'of another run' }, '*');
    parent.postMessage({ ...message, text: 'the last' }, '*');
  }, report);
  await page.getByTestId('problem').filter({ hasText: 'the last' }).waitFor();
  assert.deepEqual(
    (await page.getByTestId('problem').allInnerTexts()).map((text) => text.trim()),
    ['<img src=x onerror=alert(1)>', 'the last'],
  );
});

test('Ctrl+Enter runs, in the editor and beside it, and adds no line', async (t) => {
  const { page, sidebar } = await open(t, 'playground.html#contact');
  const out = sidebar.locator('#out');
  await out.filter({ hasText: 'wmSonghuo' }).waitFor();
  assert.match(await page.getByTestId('run').getAttribute('title'), /Ctrl\+Enter|⌘/);
  const code = (text) => `document.getElementById('out').textContent = '${text}';`;
  await type(page, code('typed'));
  await page.keyboard.press('Control+Enter');
  await out.filter({ hasText: 'typed' }).waitFor();
  assert.equal(await page.getByTestId('editor').locator('.cm-line').count(), 1);
  await type(page, code('again'));
  await page.getByTestId('share').focus();
  await page.keyboard.press('Meta+Enter');
  await out.filter({ hasText: 'again' }).waitFor();
});

test('a draft survives a change of example, a reload and a link; it can be reset', async (t) => {
  const { page, sidebar, context } = await open(t, 'playground.html');
  const out = sidebar.locator('#out');
  await page.getByTestId('example').selectOption('contact');
  await out.filter({ hasText: 'wmSonghuo' }).waitFor();
  assert.equal(await page.getByTestId('changed').count(), 0);
  await type(page, `document.getElementById('out').textContent = 'my draft';`);
  await page.getByTestId('changed').waitFor();
  await page.getByTestId('example').selectOption('text');
  await out.filter({ hasText: 'sendChatMessage:ok' }).waitFor();
  assert.equal(await page.getByTestId('changed').count(), 0);
  assert.match(await page.locator('option[value=contact]').innerText(), /changed/);
  await page.getByTestId('example').selectOption('contact');
  await out.filter({ hasText: 'my draft' }).waitFor();
  await page.reload();
  await out.filter({ hasText: 'my draft' }).waitFor();
  await page.getByTestId('changed').waitFor();

  // A page of a link is another one, with a draft of its own.
  await page.getByTestId('share').click();
  const link = await page.getByTestId('link').inputValue();
  const other = await context.newPage();
  await other.goto(link);
  await other.getByTestId('note').filter({ hasText: 'came with the link' }).waitFor();
  assert.equal(await other.getByTestId('changed').count(), 0);
  await type(other, `document.getElementById('out').textContent = 'of the link';`);
  await other.getByTestId('changed').waitFor();
  await other.reload();
  const linked = other.frameLocator('[data-testid=console]').frameLocator('#frame').locator('#out');
  await other.getByTestId('changed').waitFor();
  await other.getByTestId('run').click();
  await linked.filter({ hasText: 'of the link' }).waitFor();
  await page.reload();
  await out.filter({ hasText: 'my draft' }).waitFor();

  await page.getByTestId('reset').click();
  await out.filter({ hasText: 'wmSonghuo' }).waitFor();
  assert.equal(await page.getByTestId('changed').count(), 0);
  await page.reload();
  await out.filter({ hasText: 'wmSonghuo' }).waitFor();
});

test('without storage the playground works', async (t) => {
  const { page, sidebar, context, problems } = await open(t, 'guide/start.html');
  await context.addInitScript(() => {
    if (self.origin === 'null') return;
    const { setItem } = Storage.prototype;
    // VitePress keeps its colours there.
    Storage.prototype.setItem = function (name, value) {
      if (name.includes('draft')) throw new DOMException('full', 'QuotaExceededError');
      setItem.call(this, name, value);
    };
  });
  await page.goto(`${site.url}playground.html#contact`);
  await sidebar.locator('#out').filter({ hasText: 'wmSonghuo' }).waitFor();
  await type(page, `document.getElementById('out').textContent = 'unsaved';`);
  await page.keyboard.press('Control+Enter');
  await sidebar.locator('#out').filter({ hasText: 'unsaved' }).waitFor();
  assert.deepEqual(
    problems.filter((text) => text.startsWith('error:')),
    [],
  );
});

test('the page can be downloaded as a project', async (t) => {
  const { page, sidebar, problems } = await open(t, 'playground.html#image');
  await sidebar.locator('#out').filter({ hasText: 'sendChatMessage:ok' }).waitFor();
  const downloaded = page.waitForEvent('download');
  await page.getByTestId('download').click();
  const download = await downloaded;
  assert.equal(download.suggestedFilename(), 'juzi-sidebar.zip');
  const files = unzipSync(readFileSync(await download.path()));
  const text = (path) => strFromU8(files[`juzi-sidebar/${path}`]);
  assert.match(text('src/main.js'), /sendChatMessage/);
  assert.match(text('index.html'), /<script type="module" src="\/src\/main\.js">/);
  assert.match(text('vite.config.js'), /vite-plugin-juzi/);
  assert.deepEqual(files['juzi-sidebar/public/media/latte.svg'], new Uint8Array(readFileSync(`${site.dir}/playground/media/latte.svg`)));
  assert.deepEqual(problems, []);
});
