// The playground in Chromium: every example, the login, sharing, and what a page in it can reach.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
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
