// The built site in Chromium, below a path and under a strict policy: links, accessibility, width, weight, search.
import assert from 'node:assert/strict';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { BASE, launch, cratePagesIn, pagesIn, servedBelowAPath, watched } from './site.mjs';

/** Bytes over the network for a page, before the playground's parts. */
const MOST = 100 * 1024;
/** The parts of the playground: the console's frame, and what edits and runs a page. */
const PLAYGROUND = /\/playground\/|PlayGround|examples\.|editors\.|chunks\/run\./;
const axe = readFileSync(new URL('../node_modules/axe-core/axe.min.js', import.meta.url), 'utf8');

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

/** A new page of the site. @param {object} [options] */
async function open(t, path, options = {}) {
  const context = await browser.newContext({ locale: path.startsWith('zh/') ? 'zh-CN' : 'en-GB', ...options });
  t.after(() => context.close());
  context.setDefaultTimeout(120_000);
  const page = await context.newPage();
  const problems = await watched(page);
  await page.goto(site.url + path, { waitUntil: 'load' });
  return { page, problems };
}

test('every link leads somewhere, with its fragment', (t) => {
  let count = 0;
  const wrong = [];
  const texts = new Map();
  const read = (file) => texts.get(file) ?? texts.set(file, readFileSync(file, 'utf8')).get(file);
  for (const path of [...pagesIn(site.dir), ...cratePagesIn(site.dir), '404.html', 'llms.txt', 'changes.xml']) {
    const html = read(join(site.dir, path));
    const found = path.endsWith('.txt') ? html.matchAll(/\]\(([^)]+)\)/g) : html.matchAll(/(?:href|src)="([^"]*)"/g);
    for (const [, raw] of found) {
      const address = raw.replaceAll('&amp;', '&');
      if (/^(https?|data|mailto|urn|javascript):/.test(address)) continue;
      count++;
      const url = new URL(address, `http://site${BASE}${path}`);
      if (!url.pathname.startsWith(BASE)) {
        wrong.push(`${path}: ${address} is outside the site`);
        continue;
      }
      let file = join(site.dir, decodeURIComponent(url.pathname.slice(BASE.length)));
      if (existsSync(file) && statSync(file).isDirectory()) file = join(file, 'index.html');
      if (!existsSync(file)) {
        wrong.push(`${path}: ${address} leads nowhere`);
        continue;
      }
      const id = decodeURIComponent(url.hash.slice(1));
      // Rustdoc's script adds the marks for lines and implementations.
      if (id && file.endsWith('.html') && !/\/(playground|crate)\b/.test(file) && !read(file).includes(`id="${id}"`))
        wrong.push(`${path}: ${address} has no such place`);
    }
  }
  t.diagnostic(`${count} links`);
  assert.ok(count > 500, String(count));
  assert.deepEqual(wrong, []);
});

/** What one visit to each page has found. */
async function visitAll() {
  const found = { problems: [], accessibility: [], wide: [], weights: new Map() };
  const context = await browser.newContext();
  context.setDefaultTimeout(120_000);
  const page = await context.newPage();
  const problems = await watched(page);
  const session = await context.newCDPSession(page);
  await session.send('Network.enable');
  await session.send('Network.setCacheDisabled', { cacheDisabled: true });
  let bytes = 0;
  const addresses = new Map();
  session.on('Network.responseReceived', ({ requestId, response }) => addresses.set(requestId, response.url));
  session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    if (!PLAYGROUND.test(addresses.get(requestId) ?? '')) bytes += encodedDataLength;
  });
  for (const path of pagesIn(site.dir)) {
    problems.length = bytes = 0;
    addresses.clear();
    await page.setViewportSize({ width: 1280, height: 800 });
    await page.emulateMedia({ colorScheme: 'light' });
    await page.goto(site.url + path, { waitUntil: 'load' });
    await page.locator('.VPContent').first().waitFor();
    found.weights.set(path, bytes);
    // Playwright's evaluation is not subject to the page's policy.
    await page.evaluate(axe);
    for (const colorScheme of ['light', 'dark']) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      // Of all rules, only those about colours can differ in the dark.
      const only = colorScheme === 'dark' ? { runOnly: ['color-contrast'] } : {};
      const { violations } = await page.evaluate((more) => window.axe.run({ exclude: ['iframe'] }, { iframes: false, ...more }), only);
      found.accessibility.push(
        ...violations.map(
          ({ id, nodes }) =>
            `${colorScheme} ${path}: ${id}: ${nodes
              .slice(0, 3)
              .map(({ target }) => target)
              .join(' | ')}`,
        ),
      );
    }
    await page.setViewportSize({ width: 320, height: 640 });
    const width = await page.evaluate(() => document.documentElement.scrollWidth);
    if (width > 320) found.wide.push(`${path}: ${width}`);
    found.problems.push(...problems.map((problem) => `${path}: ${problem}`));
  }
  await context.close();
  return found;
}

let visits;
const visited = () => (visits ??= visitAll());

test('every page runs under the policy, without a violation and without an error', async () =>
  assert.deepEqual((await visited()).problems, []));
test('no page has a violation of accessibility rules, light or dark', async () => assert.deepEqual((await visited()).accessibility, []));
test('every page fits into 320 pixels', async () => assert.deepEqual((await visited()).wide, []));

test('no page weighs more than 100 KB before the playground', async (t) => {
  const { weights } = await visited();
  const heaviest = [...weights].sort(([, one], [, other]) => other - one);
  t.diagnostic(`${weights.size} pages; the heaviest: ${heaviest[0].join(' ')} bytes`);
  assert.ok(heaviest.at(-1)[1] > 10_000, 'the weights are measured');
  assert.deepEqual(
    heaviest.filter(([, bytes]) => bytes > MOST),
    [],
  );
});

test('dark mode, from the system and by the switch', async (t) => {
  const { page } = await open(t, 'guide/start.html', { colorScheme: 'dark' });
  const background = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const dark = await background();
  await page.locator('.VPSwitchAppearance').first().click();
  assert.notEqual(await background(), dark);
});

for (const [path, query, title, address] of [
  ['index.html', 'old console', /console/i, /degraded/],
  ['zh/index.html', '推送切换', /会话|切换|通知/, /zh\/guide/],
  ['zh/index.html', '发送消息', /发送/, /zh\/guide/],
  ['index.html', 'sendMultiChatMessage', /./, /\.html/],
]) {
  test(`search finds “${query}”`, async (t) => {
    const { page, problems } = await open(t, path);
    await page.locator('.DocSearch-Button, .VPNavBarSearchButton').first().click();
    await page.locator('.VPLocalSearchBox input[type=search], #localsearch-input').fill(query);
    const first = page.locator('.VPLocalSearchBox .result').first();
    await first.waitFor();
    const results = await page
      .locator('.VPLocalSearchBox .result')
      .evaluateAll((all) => all.map((one) => ({ text: one.textContent, href: one.getAttribute('href') })));
    assert.ok(
      results.some(({ text, href }) => title.test(text) && address.test(href)),
      JSON.stringify(results.slice(0, 5)),
    );
    assert.deepEqual(
      results.filter(({ text }) => text.includes('\u200a')),
      [],
    );
    assert.deepEqual(problems, []);
    await first.click();
    await page.waitForURL((url) => url.pathname.startsWith(BASE) && url.pathname !== `${BASE}${path}`);
  });
}

test('navigation between pages stays below the path', async (t) => {
  const { page, problems } = await open(t, 'index.html');
  await page.getByRole('link', { name: 'A page in ten minutes' }).first().click();
  await page.waitForURL(`**${BASE}guide/start.html`);
  await page.locator('.vp-doc a', { hasText: 'Log the user in' }).first().click();
  await page.waitForURL(`**${BASE}guide/login.html`);
  assert.deepEqual(problems, []);
});

test('llms.txt lists every page, and the feed is XML with an entry for each version', async (t) => {
  const llms = readFileSync(join(site.dir, 'llms.txt'), 'utf8');
  assert.match(llms, /^# juzi-helper-wasm\n\n> /);
  const { page } = await open(t, 'index.html');
  const feed = readFileSync(join(site.dir, 'changes.xml'), 'utf8');
  const entries = await page.evaluate((xml) => {
    const parsed = new DOMParser().parseFromString(xml, 'application/xml');
    return parsed.querySelector('parsererror') ? -1 : parsed.querySelectorAll('entry').length;
  }, feed);
  const versions = readFileSync(new URL('../../CHANGELOG.md', import.meta.url), 'utf8').match(/^## /gm).length;
  assert.equal(entries, versions);
  for (const path of pagesIn(site.dir)) {
    if (/guide|reference/.test(path)) assert.ok(llms.includes(`(${BASE}${path})`), path);
  }
});
