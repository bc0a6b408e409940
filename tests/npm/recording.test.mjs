// "Copy as a test" of the workbench: the console's code records what a page does in a real browser and writes it as a test. The test then
// runs in a project of its own.
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { CHROMIUM_ARGS, chromium, launch, pack, project, root, serve, tools } from './workshop.mjs';

let packed;
let made;
let vite;
let pageUrl;
before(async () => {
  packed = pack();
  made = project(packed.tarball, join(root, 'examples/playwright'));
  vite = spawn('node', [join(tools, 'node_modules/vite/bin/vite.js'), '--port', '0', '--host', 'localhost'], { cwd: made.dir });
  pageUrl = await new Promise((resolve, reject) => {
    let said = '';
    vite.stdout.on('data', (text) => {
      said += text;
      const found = /http:\/\/localhost:\d+\//.exec(said.replace(/\u001b\[\d+m/g, ''));
      if (found) resolve(found[0]);
    });
    vite.on('exit', () => reject(new Error(said)));
  });
});
after(() => {
  vite?.kill();
  made?.remove();
  packed?.remove();
});

/** The console's recorder around the page, without its user interface. */
const RECORDER = `<!doctype html><iframe id=frame></iframe><script type="module">
  import { createHost } from '/www/host.js';
  import { createLogStore } from '/www/console/log/store.js';
  import * as code from '/www/console/log/as-code.js';
  window.start = (url) => {
    const store = createLogStore(1000);
    const host = createHost({ frame: document.querySelector('iframe'), url,
      contact: { id: 'lin', name: "Lin's “café”", externalUserId: 'wmLin' }, chat: { id: 'club', name: 'Coffee club', chatId: 'wrClub' } });
    let byUser = false;
    host.on('message', (entry) => {
      const row = store.message(entry);
      if (byUser && entry.kind === 'request') row.byUser = true;
    });
    host.on('update', (entry) => store.updated(entry));
    host.on('load', ({ url: text }) => store.mark({ mark: 'load', text, id: host.current.id }));
    host.on('switch', ({ to, by }) => store.mark({ mark: 'switch', text: to.name, by, id: to.id }));
    host.load();
    Object.assign(window, { host, user: (on) => { byUser = on; } });
    window.write = (name) => code[name]({ rows: store.all, url: host.url, mode: host.mode, chats: host.chats, faults: {} });
  };
</script>`;

/** A user's run: the page starts, greets the contact after a click, and learns of a switch. */
async function record() {
  const server = await serve(root, {}, new Map([['/recorder.html', RECORDER]]));
  const browser = await launch();
  try {
    const page = await browser.newPage();
    await page.goto(`${server.url}recorder.html`);
    await page.waitForFunction(() => window.start !== undefined);
    await page.evaluate((url) => window.start(url), pageUrl);
    const called = (api, count) =>
      page.waitForFunction(([name, n]) => window.host.callsTo(name).filter(({ state }) => state === 'ok').length >= n, [api, count]);
    await called('getCurChatInfo', 1);
    await page.evaluate(() => window.user(true));
    await page.frameLocator('iframe').getByRole('button', { name: 'Greet' }).click();
    await called('sendChatMessage', 1);
    await page.evaluate(() => window.user(false));
    await page.evaluate(() => window.host.switchTo('club'));
    await called('getCurChatInfo', 2);
    return {
      playwright: await page.evaluate(() => window.write('asPlaywrightTest')),
      vitest: await page.evaluate(() => window.write('asVitestTest')),
    };
  } finally {
    await browser.close();
    await server.close();
  }
}

/** Runs a command of the tools in a project. */
function run(dir, command) {
  const env = { ...process.env, NO_COLOR: '1', FORCE_COLOR: undefined };
  return spawnSync('node', command, { cwd: dir, encoding: 'utf8', env });
}

test('what was recorded is a Playwright test and a Vitest test, and both pass', async (t) => {
  const code = await record();

  await t.test('Playwright', () => {
    writeFileSync(made.path('tests/recorded.spec.js'), code.playwright);
    const launchOptions = { executablePath: chromium(), args: CHROMIUM_ARGS };
    const configure = (patience) => {
      // Longer than the expectations take on the busiest machine.
      const config = { testDir: 'tests', reporter: 'line', timeout: 600_000, expect: { timeout: patience }, use: { launchOptions } };
      writeFileSync(made.path('recorded.config.js'), `export default ${JSON.stringify(config)};`);
    };
    configure(60_000);
    const cli = [join(tools, 'node_modules/@playwright/test/cli.js'), 'test', '--config', 'recorded.config.js', 'recorded'];
    const { status, stdout, stderr } = run(made.dir, cli);
    assert.equal(status, 0, `${code.playwright}\n${stdout}${stderr}`);
    assert.match(stdout, /1 passed/);
    assert.match(code.playwright, /await host\.switchTo\('club'\);/);
    assert.match(code.playwright, /await make\(host, 'sendChatMessage'/);
    // The test fails if the page does not do what was recorded.
    configure(20_000);
    const ended = "'getCurChatInfo', { params: {}, state: 'ok' }";
    assert.ok(code.playwright.includes(ended), code.playwright);
    writeFileSync(made.path('tests/recorded.spec.js'), code.playwright.replaceAll(ended, ended.replace("'ok'", "'fail'")));
    const broken = run(made.dir, cli);
    assert.notEqual(broken.status, 0);
    // It fails for this reason, and not because something was late.
    assert.match(broken.stdout, /Expected.*"state": "fail"/s);
  });

  await t.test('Vitest', () => {
    const vitest = project(packed.tarball, join(root, 'examples/vitest'));
    try {
      writeFileSync(join(vitest.dir, 'test/recorded.test.js'), code.vitest);
      const cli = [join(tools, 'node_modules/vitest/vitest.mjs'), 'run', 'recorded'];
      const { status, stdout, stderr } = run(vitest.dir, cli);
      assert.equal(status, 0, `${code.vitest}\n${stdout}${stderr}`);
      assert.match(stdout, /Tests\s+1 passed/);
      writeFileSync(join(vitest.dir, 'test/recorded.test.js'), code.vitest.replace("'sendChatMessage:ok'", "'sendChatMessage:fail'"));
      assert.notEqual(run(vitest.dir, cli).status, 0);
    } finally {
      vitest.remove();
    }
  });
});
