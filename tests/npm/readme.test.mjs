// The blocks of the package's READMEs, as a reader pastes them.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { createHost } from '../../pkg/playwright.js';
import { CHROMIUM_ARGS, block, blocks, chromium, launch, pack, project, serve, tool, tools } from './workshop.mjs';

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

const TOOLS = join(tools, 'node_modules');
const HTML = (script) =>
  `<!doctype html><meta charset="utf-8"><title>page</title><div id="app"></div><script type="module" src="${script}"></script>`;
const env = { ...process.env, NO_COLOR: '1', FORCE_COLOR: undefined, CI: '1' };

function made(t, files) {
  const one = project(packed.tarball, files);
  t.after(one.remove);
  return one;
}

/** Builds a page for production, and serves it. */
async function site(t, files) {
  const { dir, path } = made(t, files);
  const vite = await tool('vite');
  await vite.build({ root: dir, logLevel: 'error' });
  const served = await serve(path('dist'));
  t.after(served.close);
  return served.url;
}

test('both languages have the same blocks for React, Vue, Next.js, development and tests', () => {
  const [english, chinese] = ['README.md', 'README.zh-CN.md'].map(blocks);
  const shared = /juzi-helper-wasm\/(react|vue|dev|testing|playwright)|export async function greet/;
  const [one, other] = [english, chinese].map((all) => all.filter((text) => shared.test(text)));
  assert.equal(one.length, 9);
  assert.deepEqual(other, one);
});

const GREETERS = {
  React: () => ({
    'index.html': HTML('/main.jsx'),
    'main.jsx': block(/createRoot/),
    'vite.config.js': "import plugin from '@vitejs/plugin-react'; export default { plugins: [plugin()] };",
  }),
  Vue: () => ({
    'index.html': HTML('/main.js'),
    'main.js': block(/createApp/),
    'App.vue': block(/<script setup>/),
    'vite.config.js': "import plugin from '@vitejs/plugin-vue'; export default { plugins: [plugin()] };",
  }),
};
for (const [name, files] of Object.entries(GREETERS)) {
  test(`the block for ${name}`, async (t) => {
    const url = await site(t, files());
    const context = await browser.newContext();
    t.after(() => context.close());
    const page = await context.newPage();
    const host = await createHost(page, { url, contact: { id: 'lin', name: 'Lin' }, chat: { id: 'club', name: 'Club' } });
    await host.frame.getByRole('button', { name: 'Greet Lin' }).click();
    const call = host.nextCall('sendChatMessage');
    await host.switchTo('club');
    await host.fail('sendChatMessage', 'no permission');
    await host.frame.getByRole('button', { name: 'Greet Club' }).click();
    await call;
    await host.frame.getByRole('button', { name: 'sendChatMessage:fail no permission' }).waitFor();
    assert.deepEqual(
      (await host.sent()).map(({ messages }) => messages[0].content.content),
      ['Hello Lin'],
    );

    // The page outside the console.
    await page.goto(url);
    await page.getByText('Open this page in Juzi.').waitFor();
  });
}

const PAGE = () => block(/export async function greet/);

test('the block for Vitest', (t) => {
  const { dir } = made(t, { 'page.js': PAGE(), 'page.test.js': block(/from 'vitest'/) });
  const { stdout, stderr } = spawnSync('node', [join(TOOLS, 'vitest/vitest.mjs'), 'run'], { cwd: dir, encoding: 'utf8', env });
  assert.match(stdout, /Tests\s+1 passed \(1\)/, stdout + stderr);
});

test('the block for Jest', async (t) => {
  // The block assumes that a project has Babel; esbuild does the same here.
  const { transformSync } = await tool('esbuild');
  const { dir } = made(t, {
    'package.json': '{ "private": true }',
    'page.js': transformSync(PAGE(), { format: 'cjs' }).code,
    'page.test.js': block(/@jest-environment/),
  });
  const { stdout, stderr } = spawnSync('node', [join(TOOLS, 'jest/bin/jest.js'), '--rootDir', dir], { cwd: dir, encoding: 'utf8', env });
  assert.match(stderr, /Tests:\s+1 passed, 1 total/, stdout + stderr);
});

test('the block for Playwright', async (t) => {
  const url = await site(t, {
    'index.html': HTML('/main.js'),
    'page.js': PAGE(),
    'main.js':
      "import { greet } from './page.js'; const button = document.createElement('button'); button.textContent = 'Greet'; button.onclick = greet; document.body.append(button);",
  });
  const { dir } = made(t, {
    'page.spec.js': block(/@playwright\/test/).replace('http://localhost:5173/', url),
    'playwright.config.js': `export default { reporter: 'line', use: { launchOptions: ${JSON.stringify({ executablePath: chromium(), args: CHROMIUM_ARGS })} } };`,
  });
  // Asynchronous, because this process serves the page.
  const { spawn } = await import('node:child_process');
  const run = spawn('node', [join(TOOLS, '@playwright/test/cli.js'), 'test'], { cwd: dir, env });
  let output = '';
  for (const stream of [run.stdout, run.stderr]) stream.on('data', (chunk) => (output += chunk));
  const status = await new Promise((resolve) => run.once('exit', resolve));
  assert.equal(status, 0, output);
  assert.match(output, /1 passed/);
});
