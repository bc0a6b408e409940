// The playground in the other engines, by the tests of tests/e2e. `JUZI_SITE_ENGINES` names them; `./build.sh test site` sets it.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { test } from 'node:test';
import { root } from '../../tests/npm/workshop.mjs';
import { servedBelowAPath } from './site.mjs';

const engines = process.env.JUZI_SITE_ENGINES ?? '';

test('the playground in other engines', { skip: engines === '' && 'JUZI_SITE_ENGINES names none' }, async (t) => {
  const site = await servedBelowAPath();
  t.after(site.close);
  const env = { ...process.env, JUZI_E2E_SITE: site.url, JUZI_E2E_ENGINES: engines };
  const child = spawn('cargo', ['test', '--locked', '-p', 'juzi-e2e', '--features', 'browser', '--', 'playground'], {
    cwd: root,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text) => {
      output += text;
    });
  const status = await new Promise((resolve) => {
    child.on('exit', resolve);
  });
  assert.equal(status, 0, output);
  // Not counted by lines, because the message about a second attempt appears in the middle of a line.
  assert.ok(output.includes(`test result: ok. ${4 * engines.split(',').length} passed`), output);
});
