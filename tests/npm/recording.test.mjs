// "Copy as a test" of the console: a person uses a page in Vite's console, and copies the run. The copied tests then run in a project of
// their own, on that page and on pages that are broken.
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { CHROMIUM_ARGS, chromium, launch, pack, plugin, project, root, tools, workbench } from './workshop.mjs';

const chat = (id, name, more) => ({ id, wxid: `x-${id}`, name, external: true, ...more });
const SCENARIO = {
  account: JSON.parse(readFileSync(new URL('../vectors/hub.json', import.meta.url), 'utf8')).scenario.account,
  conversations: [
    chat('lin', "Lin's “café”", { type: 'single', contact: { externalUserId: 'wmLin', wxUserId: 'wmLin' } }),
    chat('club', 'Coffee club', { type: 'group', group: { chatId: 'wrClub', wxChatId: 'wrClub' } }),
    chat('other', 'Takes no part', { type: 'single', contact: { externalUserId: 'wmOther', wxUserId: 'wmOther' } }),
  ],
};
const CONFIG = "import juzi from 'vite-plugin-juzi'; export default { plugins: [juzi({ scenario: 'scenario.json' })] };";

/** What is wrong with each page: what is replaced in its source, and what the test then misses. */
const BROKEN = {
  'a dead button': {
    instead: ["button.addEventListener('click', ", 'void (', ''],
    misses: /step\(\(\) => host\.frame\.getByRole\('button'/,
  },
  'no subscription': { instead: ["juziWx.on('updateBaseInfo', show);", '', ''], misses: /step\(\(\) => host\.switchTo\('club'\)/ },
  'the wrong field': { instead: ['`Hello ${chat.name}`', '`Hello ${chat.id}`', ''], misses: /'sendChatMessage'/ },
  'the wrong customer': {
    instead: ['    shown = chat;', '    shown ??= chat; first ??= chat; shown = first;', 'let first;'],
    misses: /'Hello Coffee club'/,
  },
  'a late answer': { instead: ['if (mine !== turn) return;', '', ''], misses: /toBeVisible/ },
};

let packed = [];
let made;
let vite;
let pageUrl;
before(async () => {
  packed = [pack(), pack(plugin)];
  made = project(
    packed.map(({ tarball }) => tarball),
    join(root, 'examples/playwright'),
  );
  writeFileSync(made.path('vite.config.js'), CONFIG);
  writeFileSync(made.path('scenario.json'), JSON.stringify(SCENARIO));
  const [source, html] = ['src/page.js', 'index.html'].map((file) => readFileSync(made.path(file), 'utf8'));
  for (const [i, { instead }] of Object.values(BROKEN).entries()) {
    const [from, to, ahead] = instead;
    assert.ok(source.includes(from), from);
    writeFileSync(made.path(`src/broken${i}.js`), `${ahead}\n${source.replace(from, to)}`);
    writeFileSync(made.path(`broken${i}.html`), html.replace('./src/page.js', `./src/broken${i}.js`));
  }
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
  for (const { remove } of packed) remove();
});

/** Collects what is copied: the clipboard of a browser without a window cannot be read everywhere. */
const NOTE_COPIES = () => {
  window.copied = [];
  Object.defineProperty(navigator, 'clipboard', { value: { writeText: async (text) => void window.copied.push(text) } });
};

/**
 * A user's run: the page starts; the user greets the customer, switches, greets the group; then an answer about the group comes when the
 * customer is open again.
 */
async function record() {
  const browser = await launch();
  try {
    const page = await browser.newPage({ locale: 'en', viewport: { width: 1440, height: 900 } });
    await page.addInitScript(NOTE_COPIES);
    await page.goto(`${pageUrl}__juzi/`);
    const frame = page.frameLocator('#frame');
    const shows = (name) => frame.getByRole('heading', { name, exact: true }).waitFor();
    const open = (id) => page.getByTestId(`chat-${id}`).click();
    const greet = async (status) => {
      await frame.getByRole('button', { name: 'Greet' }).click();
      await frame.getByText(status, { exact: true }).waitFor();
    };
    await shows("Lin's “café”");
    await greet('Sent');
    await open('club');
    await shows('Coffee club');
    await greet('Sent');
    const fault = async (api, how, text) => {
      await page.getByTestId('fault-error-api').fill(api);
      await page.getByTestId('fault-error-how').selectOption(how);
      if (text !== undefined) await page.getByTestId('fault-error-text').fill(text);
      await page.getByTestId('fault-error-add').click();
      await page.getByTestId(`fault-error-remove-${api}`).first().waitFor();
    };
    // The customer's name waits for the user's answer; meanwhile the user goes on.
    await page.getByTestId('tab-faults').click();
    await fault('sendChatMessage', 'fail', 'no permission');
    await greet('Not sent: sendChatMessage:fail no permission');
    await fault('getCurChatInfo', 'hold');
    await open('lin');
    await page.getByTestId('tab-messages').click();
    const held = page.locator('[data-testid=log-row][data-api=getCurChatInfo][data-outcome=pending]');
    await held.waitFor();
    await page.getByTestId('tab-faults').click();
    await page.getByTestId('fault-off').click();
    await open('club');
    await shows('Coffee club');
    await page.getByTestId('tab-messages').click();
    await held.click();
    await page.getByTestId('hold-data').fill('{ "err_msg": "getCurChatInfo:ok", "id": "lin", "name": "Too late" }');
    await page.getByTestId('hold-answer').click();
    await held.waitFor({ state: 'detached' });
    const copy = async (kind) => {
      await page.getByTestId('log-copy-test').click();
      await page.getByTestId(`log-copy-${kind}`).click();
      return page.evaluate(() => window.copied.at(-1));
    };
    return { playwright: await copy('playwright'), vitest: await copy('vitest'), check: await copy('check') };
  } finally {
    await browser.close();
  }
}

/** Runs a command of the tools in a project. */
function run(dir, command) {
  const env = { ...process.env, NO_COLOR: '1', FORCE_COLOR: undefined };
  return spawnSync('node', command, { cwd: dir, encoding: 'utf8', env });
}

test('what was recorded is a test that passes on the page and fails on broken ones', async (t) => {
  const code = await record();

  await t.test('Playwright', () => {
    const launchOptions = { executablePath: chromium(), args: CHROMIUM_ARGS };
    /** @param {number} patience Milliseconds of one expectation. */
    const playwright = (only, patience) => {
      const use = { launchOptions, actionTimeout: patience };
      const config = {
        testDir: 'tests',
        reporter: 'json',
        timeout: 600_000,
        fullyParallel: true,
        workers: 5,
        expect: { timeout: patience },
        use,
      };
      writeFileSync(made.path('recorded.config.js'), `export default ${JSON.stringify(config)};`);
      const cli = [join(tools, 'node_modules/@playwright/test/cli.js'), 'test', '--config', 'recorded.config.js', only];
      return JSON.parse(run(made.dir, cli).stdout);
    };
    const specOf = ({ suites }, file) => suites.find((suite) => suite.file.endsWith(file)).specs[0];
    assert.ok(code.playwright.includes(`url: '${pageUrl}'`), code.playwright);
    writeFileSync(made.path('tests/recorded.spec.js'), code.playwright);
    // Longer than the expectations take on the busiest machine.
    const good = specOf(playwright('recorded', 60_000), 'recorded.spec.js');
    assert.ok(good.ok, `${code.playwright}\n${JSON.stringify(good, null, 1)}`);
    assert.doesNotMatch(code.playwright, /Takes no part|WRITE ITS NAME/);

    for (const i of Object.keys(BROKEN).keys()) {
      writeFileSync(made.path(`tests/broken${i}.spec.js`), code.playwright.replaceAll(pageUrl, `${pageUrl}broken${i}.html`));
    }
    const results = playwright('broken', 15_000);
    for (const [i, [name, { misses }]] of Object.entries(BROKEN).entries()) {
      const { ok, tests } = specOf(results, `broken${i}.spec.js`);
      const [{ error }] = tests[0].results;
      assert.equal(ok, false, `${name} was not noticed`);
      // It fails where the page is broken, and not because something was late.
      const at = Math.max(...[...error.stack.matchAll(/broken\d\.spec\.js:(\d+)/g)].map(([, line]) => Number(line)));
      const lines = code.playwright.split('\n').slice(0, at);
      const since = lines.slice(lines.findLastIndex((line) => line.includes('run.step('))).join('\n');
      assert.match(since, misses, `${name}: ${error.message}`);
    }
  });

  await t.test('check', () => {
    writeFileSync(made.path('recorded.toml'), code.check);
    /** @param {string[]} more */
    const check = (...more) => {
      const command = ['check', '--script', 'recorded.toml', '--scenario', 'scenario.json', '--browser', chromium(), ...more];
      const { status, stdout, stderr } = spawnSync(workbench, command, {
        cwd: made.dir,
        encoding: 'utf8',
        env: { ...process.env, NO_COLOR: '1' },
      });
      return { status, said: `${stdout}${stderr}` };
    };
    const good = check();
    assert.equal(good.status, 0, `${code.check}\n${good.said}`);
    const index = Object.keys(BROKEN).indexOf('no subscription');
    const broken = check('--page', `${pageUrl}broken${index}.html`);
    assert.equal(broken.status, 1, broken.said);
    assert.match(broken.said, /no call of getContext/);
  });

  await t.test('Vitest', () => {
    const vitest = project(packed[0].tarball, join(root, 'examples/vitest'));
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
