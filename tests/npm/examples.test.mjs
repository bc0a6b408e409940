// examples/react and examples/vue, from the tarball: the production build in the workbench, and the development server, with the panel of
// `juzi-helper-wasm/dev`, outside any console.
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { createHost } from '../../pkg/playwright.js';
import { filesUnder, launch, pack, project, root, serve, startWorkbench, tool } from './workshop.mjs';

let packed;
let browser;
let vite;
before(async () => {
  packed = pack();
  browser = await launch();
  vite = await tool('vite');
});
after(async () => {
  await browser?.close();
  packed?.remove();
});

/** `origins` makes the page allow only origins that its own console could not guess. */
const EXAMPLES = {
  react: {
    entry: 'main.jsx',
    shown: 'Customer.jsx',
    origins: ['<JuziProvider>', "<JuziProvider options={{ allowedHosts: ['https://*.juzibot.com'] }}>"],
  },
  vue: {
    entry: 'main.js',
    shown: 'Customer.vue',
    origins: ['createJuzi()', "createJuzi({ allowedHosts: 'https://console.example.org https://*.example.org' })"],
  },
};

/** A page of a browser, whose errors fail the test. */
async function open(t, url, options) {
  const context = await browser.newContext({ locale: 'en', ...options });
  t.after(() => context.close());
  const page = await context.newPage();
  const errors = [];
  page.on('pageerror', (error) => errors.push(`uncaught: ${error.message}`));
  page.on('console', (message) => ['error', 'warning'].includes(message.type()) && errors.push(message.text()));
  t.after(() => assert.deepEqual(errors, []));
  await page.goto(url);
  return page;
}

/** An earlier run of Vite in this process has set it, and it decides the mode of the next build. */
const forgetMode = () => delete process.env.NODE_ENV;

function edit(file, text, replacement) {
  const before = readFileSync(file, 'utf8');
  assert.ok(before.includes(text), `${file} has no ${text}`);
  writeFileSync(
    file,
    before.replaceAll(text, () => replacement),
  );
}

async function build(made) {
  forgetMode();
  await vite.build({ root: made.dir, logLevel: 'error' });
  return filesUnder(made.path('dist'))
    .filter((file) => /\.(js|html|css)$/.test(file))
    .sort()
    .map((file) => readFileSync(file, 'utf8'))
    .join('\n');
}

for (const [name, { entry, shown, origins }] of Object.entries(EXAMPLES)) {
  test(`examples/${name}, built for production: in the workbench, without a byte of the panel`, async (t) => {
    const made = project(packed.tarball, join(root, 'examples', name));
    t.after(made.remove);
    const code = await build(made);
    for (const text of ['juzi-dev', 'attachShadow', 'Simulated console', '模拟控制台', 'createHost']) assert.ok(!code.includes(text), text);
    const site = await serve(made.path('dist'));
    t.after(site.close);

    const { address } = await startWorkbench(t, '--page', site.url);
    const console_ = await open(t, address);
    const page = console_.frameLocator('[data-testid=sidebar] iframe');
    const chats = console_.getByTestId('chat-list').getByRole('button');
    const [first, second] = [await console_.getByTestId('thread-name').innerText(), await chats.nth(1).getAttribute('title')];
    await page.getByRole('heading', { name: first, exact: true }).waitFor();
    await chats.nth(1).click();
    await page.getByRole('heading', { name: second, exact: true }).waitFor();

    await page.getByLabel('Price').fill('300');
    await page.getByRole('button', { name: 'Send the quotation' }).click();
    await page.getByText('Sent.').waitFor();
    await console_.getByTestId('bubble-text').filter({ hasText: 'Spring tea, 500 g: ¥300' }).waitFor();

    await page.getByLabel('Article').fill('');
    await page.getByRole('button', { name: 'Send the quotation' }).click();
    assert.match(await page.getByRole('alert').innerText(), /text content is empty/);
    assert.equal(await page.getByText('Sent.').count(), 0);

    // The same page without the panel's import has the same bytes.
    edit(made.path('src', entry), "import 'juzi-helper-wasm/dev';\n", '');
    assert.ok((await build(made)) === code);
  });

  test(`examples/${name} in Vite's development server, outside any console: the panel, and a module that is replaced`, async (t) => {
    const made = project(packed.tarball, join(root, 'examples', name));
    t.after(made.remove);
    edit(made.path('src', entry), ...origins);
    forgetMode();
    const server = await vite.createServer({
      root: made.dir,
      logLevel: 'error',
      server: { port: 0, host: 'localhost' },
      clearScreen: false,
    });
    t.after(() => server.close());
    await server.listen();
    const url = `http://localhost:${server.httpServer.address().port}/`;
    const page = await open(t, url);
    await page.getByRole('heading', { name: 'Lin (customer)' }).waitFor({ timeout: 60_000 });

    // With the keyboard only: the panel, the second conversation, and a call that fails.
    await page.getByRole('button', { name: 'Simulated console: Lin (customer)' }).press('Enter');
    await page.getByLabel('Conversation').press('ArrowDown');
    await page.getByRole('heading', { name: 'Coffee club (group)' }).waitFor();
    await page.getByLabel('Answer to sendChatMessage').selectOption('fail');
    await page.getByLabel('Reason of sendChatMessage').fill('it is late');
    const send = page.getByRole('button', { name: 'Send the quotation' });
    await send.click();
    await page.getByText('The console refused: it is late').waitFor();
    await page.getByLabel('Answer to sendChatMessage').selectOption('ok');
    await page.getByLabel('Price').fill('300');
    await send.click();
    await page.getByText('Sent.').waitFor();
    await page.getByText('Sent to Coffee club (group): Spring tea, 500 g: ¥300').waitFor();
    await page.getByRole('button', { name: '中文' }).click();
    await page.getByRole('dialog', { name: '模拟控制台' }).waitFor();
    await page.keyboard.press('Escape');
    const toggle = page.getByRole('button', { name: '模拟控制台：Coffee club (group)' });
    assert.ok(await toggle.evaluate((button) => button.getRootNode().activeElement === button));

    // A module is replaced while the page runs: the page keeps its state, and goes on following the conversation.
    await page.evaluate(() => {
      window.same = true;
    });
    edit(made.path('src', shown), "? 'group'", "? 'a group'");
    await page.getByText('a group', { exact: true }).waitFor();
    await toggle.press('Enter');
    await page.getByLabel('会话').selectOption('chat-contact');
    await page.getByRole('heading', { name: 'Lin (customer)' }).waitFor();
    assert.equal(await page.evaluate(() => window.same), true);

    // In a frame there is no panel, and the console is the one around the frame.
    const framed = await (await browser.newContext()).newPage();
    t.after(() => framed.context().close());
    const host = await createHost(framed, {
      url,
      contact: { name: 'Ming' },
      hostOrigin: name === 'react' ? 'https://chat.juzibot.com' : 'https://chat.example.org',
    });
    await host.frame.getByRole('heading', { name: 'Ming' }).waitFor();
    assert.equal(await host.frame.locator('juzi-dev').count(), 0);
  });
}

for (const bundler of ['webpack', '@rspack/core']) {
  test(`${bundler} has the panel in development only, imported or required`, async (t) => {
    const made = project(packed.tarball, {
      'import.js': "import 'juzi-helper-wasm/dev';",
      'require.cjs': "require('juzi-helper-wasm/dev');",
    });
    t.after(made.remove);
    const module = await tool(bundler);
    const bundle = module.rspack ?? module;
    for (const entry of ['./import.js', './require.cjs']) {
      for (const mode of ['development', 'production']) {
        await new Promise((resolve, reject) => {
          bundle({ mode, context: made.dir, entry, output: { path: made.path(mode) } }, (error, stats) =>
            error || stats.hasErrors() ? reject(error ?? new Error(stats.toString())) : resolve(),
          );
        });
        const found = readFileSync(made.path(mode, 'main.js'), 'utf8').includes('juzi-dev');
        assert.equal(found, mode === 'development', `${entry}, ${mode}`);
      }
    }
  });
}
