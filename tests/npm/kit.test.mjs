// The testing kit, as the example projects use it: each is copied, gets the packed tarball, and runs its own tests.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { CHROMIUM_ARGS, chromium, pack, project, root, tools } from './workshop.mjs';

let packed;
before(() => {
  packed = pack();
});
after(() => packed?.remove());

const PASSED = { vitest: /Tests\s+6 passed/, playwright: /4 passed/ };

function runs(t, example, command, env) {
  const made = project(packed.tarball, join(root, 'examples', example));
  t.after(made.remove);
  const { status, stdout, stderr } = spawnSync('node', command, { cwd: made.dir, encoding: 'utf8', env: { ...process.env, NO_COLOR: '1', FORCE_COLOR: undefined, ...env } });
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

async function freePort() {
  const server = createServer().listen(0, 'localhost');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}
