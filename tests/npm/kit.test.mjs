// The testing kit in the example projects. Each project is copied, gets the packed tarball, and runs its own tests.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { createHost } from '../../pkg/playwright.js';
import { CHROMIUM_ARGS, chromium, launch, pack, pkg, project, root, serve, tool, tools } from './workshop.mjs';

let packed;
before(() => {
  packed = pack();
});
after(() => packed?.remove());

const PASSED = { vitest: /Tests\s+7 passed/, playwright: /4 passed/ };

function runs(t, example, command, env) {
  const made = project(packed.tarball, join(root, 'examples', example));
  t.after(made.remove);
  const { status, stdout, stderr } = spawnSync('node', command, {
    cwd: made.dir,
    encoding: 'utf8',
    env: { ...process.env, NO_COLOR: '1', FORCE_COLOR: undefined, ...env },
  });
  assert.equal(status, 0, stdout + stderr);
  assert.match(stdout, PASSED[example]);
}

test('examples/vitest passes', (t) => {
  runs(t, 'vitest', [join(tools, 'node_modules/vitest/vitest.mjs'), 'run']);
});

test('examples/playwright passes', async (t) => {
  runs(t, 'playwright', [join(tools, 'node_modules/@playwright/test/cli.js'), 'test'], {
    CHROMIUM: chromium(),
    CHROMIUM_ARGS: CHROMIUM_ARGS.join(' '),
    PORT: String(await freePort()),
    VITE: `node ${join(tools, 'node_modules/vite/bin/vite.js')}`,
  });
});

const KIT = readFileSync(new URL('./pages/kit.js', import.meta.url), 'utf8');
const NAMES = '{ createHost, reset }';

for (const environment of ['jsdom', 'happy-dom']) {
  test(`Vitest with ${environment}: names, clocks, origins, reset`, (t) => {
    const made = project(packed.tarball, {
      'kit.test.js': `
      import { afterEach, beforeAll, beforeEach, expect, test, vi as clock } from 'vitest';
      import ${NAMES} from 'juzi-helper-wasm/testing';
      import { init, juziWx } from 'juzi-helper-wasm';
      ${KIT}`,
    });
    t.after(made.remove);
    const { stdout, stderr } = spawnSync('node', [join(tools, 'node_modules/vitest/vitest.mjs'), 'run', '--environment', environment], {
      cwd: made.dir,
      encoding: 'utf8',
      env: { ...process.env, NO_COLOR: '1', FORCE_COLOR: undefined },
    });
    assert.match(stdout, /Tests\s+9 passed \(9\)/, stdout + stderr);
  });
}

for (const environment of ['jsdom', 'happy-dom']) {
  test(`Vitest with ${environment}: the panel for development does nothing`, (t) => {
    const made = project(packed.tarball, {
      'dev.test.js': `
      import { expect, test } from 'vitest';
      import { host } from 'juzi-helper-wasm/dev';
      test('nothing', () => {
        expect(host).toBeUndefined();
        expect(window.parent).toBe(window);
        expect(document.querySelector('juzi-dev')).toBeNull();
      });`,
    });
    t.after(made.remove);
    const { stdout, stderr } = spawnSync('node', [join(tools, 'node_modules/vitest/vitest.mjs'), 'run', '--environment', environment], {
      cwd: made.dir,
      encoding: 'utf8',
      env: { ...process.env, NO_COLOR: '1', FORCE_COLOR: undefined },
    });
    assert.match(stdout, /Tests\s+1 passed \(1\)/, stdout + stderr);
  });
}

test('in Playwright a held call waits until the test ends it', async (t) => {
  const made = project(packed.tarball, {
    'index.html': `<!doctype html><script src="/node_modules/juzi-helper-wasm/juzi-helper.js"></script><ol></ol>
      <script>
        const shown = ({ err_msg, userId }) => document.querySelector('ol').append(Object.assign(document.createElement('li'), { textContent: userId ?? err_msg }));
        const ask = () => juziWx.invoke('getCurExternalContact', {}, shown);
      </script><button onclick="ask()">Ask</button>`,
  });
  t.after(made.remove);
  const site = await serve(made.dir);
  t.after(site.close);
  const browser = await launch();
  t.after(() => browser.close());
  const host = await createHost(await browser.newPage(), { url: site.url, contact: { externalUserId: 'wmA' } });
  await host.hold('getCurExternalContact');
  const ask = async () => {
    const call = host.nextCall('getCurExternalContact');
    await host.frame.getByRole('button').click();
    return call;
  };
  const calls = [await ask(), await ask(), await ask()];
  assert.equal(await host.frame.getByRole('listitem').count(), 0);
  await calls[1].answer({ externalUserId: 'wmB' });
  await calls[0].proceed();
  await (await host.calls('getCurExternalContact'))[2].fail('no permission');
  await calls[0].answer({ externalUserId: 'too late' });
  await host.frame.getByRole('listitem').nth(2).waitFor();
  assert.deepEqual(await host.frame.getByRole('listitem').allInnerTexts(), ['wmB', 'wmA', 'getCurExternalContact:fail no permission']);
  await assert.rejects(host.hold('getCurExternalContakt'), /did you mean "getCurExternalContact"/);
});

test('Jest with jsdom: names, clocks, origins, reset', (t) => {
  const made = project(packed.tarball, {
    'package.json': '{ "private": true }',
    'kit.test.js': `
      const ${NAMES} = require('juzi-helper-wasm/testing');
      const { init, juziWx } = require('juzi-helper-wasm');
      const clock = jest;
      ${KIT}`,
  });
  t.after(made.remove);
  const jest = [join(tools, 'node_modules/jest/bin/jest.js'), '--env', 'jsdom', '--rootDir', made.dir];
  const { stdout, stderr } = spawnSync('node', jest, {
    cwd: made.dir,
    encoding: 'utf8',
    env: { ...process.env, NO_COLOR: '1', FORCE_COLOR: undefined },
  });
  assert.match(stderr, /Tests:\s+9 passed, 9 total/, stdout + stderr);
});

test('Jest with fakeTimers.enableGlobally: calls are answered by the real clock', (t) => {
  const made = project(packed.tarball, {
    'package.json': '{ "private": true, "jest": { "testEnvironment": "jsdom", "fakeTimers": { "enableGlobally": true } } }',
    'kit.test.js': `
      const { createHost, reset } = require('juzi-helper-wasm/testing');
      const { init, juziWx } = require('juzi-helper-wasm');
      afterEach(reset);
      test('answers arrive, and the timeout follows the fake clock', async () => {
        const host = createHost({ contact: { externalUserId: 'wmA' } });
        await init();
        expect((await juziWx.getCurExternalContact()).userId).toBe('wmA');
        host.silence('getCurChatInfo');
        const waiting = juziWx.getCurChatInfo().catch((error) => error.code);
        await host.nextCall('getCurChatInfo');
        jest.advanceTimersByTime(10_000);
        expect(await waiting).toBe('timeout');
      });`,
  });
  t.after(made.remove);
  const jest = [
    join(tools, 'node_modules/jest/bin/jest.js'),
    '--env',
    join(tools, 'node_modules/jest-environment-jsdom'),
    '--rootDir',
    made.dir,
  ];
  const { stdout, stderr } = spawnSync('node', jest, {
    cwd: made.dir,
    encoding: 'utf8',
    env: { ...process.env, NO_COLOR: '1', FORCE_COLOR: undefined },
  });
  assert.match(stderr, /Tests:\s+1 passed, 1 total/, stdout + stderr);
});

test('where no real timer can be had, the kit says what to change', async (t) => {
  const { window, require } = await jest();
  t.after(() => window.close());
  window.process = { versions: process.versions };
  window.setTimeout.clock = {};
  assert.throws(() => require('./testing.cjs').createHost({}), /fakeTimers\.enableGlobally/);
});

/** The environment of Jest 30: CommonJS modules in a jsdom window without some newer globals, and with only `process` of Node's. */
async function jest() {
  const { JSDOM } = await tool('jsdom');
  const { window } = new JSDOM('', { url: 'https://page.example/', runScripts: 'outside-only' });
  window.process = process;
  for (const name of ['TextEncoder', 'structuredClone']) delete window[name];
  const loaded = new Map();
  const require = (name) => {
    const module = loaded.get(name) ?? { exports: {} };
    if (!loaded.has(name)) {
      loaded.set(name, module);
      window.eval(`(function (require, module, exports) {${readFileSync(join(pkg, name), 'utf8')}\n})`)(require, module, module.exports);
    }
    return module.exports;
  };
  return { window, require };
}

for (const entry of ['index.cjs', 'compat.cjs']) {
  test(`in a window with as few globals as Jest's: the kit, and ${entry}`, async (t) => {
    const { window, require } = await jest();
    t.after(() => window.close());
    const host = require('./testing.cjs').createHost({ contact: { externalUserId: 'wmA' } });
    const { init, juziWx, oauth } = require(`./${entry}`);
    const { env } = await init();
    assert.deepEqual([env.reason, env.engine], ['ok', entry.startsWith('compat') ? 'js' : 'wasm']);
    assert.equal((await juziWx.getCurExternalContact()).userId, 'wmA');
    await juziWx.sendMultiChatMessage([{ msgtype: 'text', text: { content: 'Hello' } }]);
    assert.equal(host.callsTo('sendMultiChatMessage')[0].params[0].text.content, 'Hello');
    host.fail('sendChatMessage', 'no permission');
    await assert.rejects(juziWx.sendChatMessage({ msgtype: 'text', text: { content: 'Hello' } }), {
      err_msg: 'sendChatMessage:fail no permission',
    });
    assert.equal(oauth.newState().length, 32);
    assert.throws(() => window.parent.postMessage({ list: [() => {}] }, '*'), { name: 'DataCloneError' });
  });
}

async function freePort() {
  const server = createServer().listen(0, 'localhost');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}
