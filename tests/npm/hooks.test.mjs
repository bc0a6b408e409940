// The React hooks and the Vue composables, in the versions of React that they are for, by the testing kit.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { pack, project, tools } from './workshop.mjs';

let packed;
before(() => {
  packed = pack();
});
after(() => packed?.remove());

const page = (name) => readFileSync(new URL(`./pages/${name}`, import.meta.url), 'utf8');
const TOOLS = join(tools, 'node_modules');

function passes(made, count) {
  const env = { ...process.env, NO_COLOR: '1', FORCE_COLOR: undefined };
  const { stdout, stderr } = spawnSync('node', [join(TOOLS, 'vitest/vitest.mjs'), 'run', '--environment', 'jsdom'], { cwd: made.dir, encoding: 'utf8', env });
  assert.match(stdout, new RegExp(`Tests\\s+${count} passed \\(${count}\\)`), stdout + stderr);
  return stdout;
}

for (const major of [18, 19]) {
  test(`React ${major}`, (t) => {
    const made = project(packed.tarball, { 'react.test.js': `${page('react.js')}
      import { version } from 'react';
      test('it is this React', () => expect(version).toMatch(/^${major}\\./));` });
    t.after(made.remove);
    // Beside the package, so that both it and the page find this one.
    if (major === 18) {
      for (const name of ['react', 'react-dom']) cpSync(join(TOOLS, `${name}18`), made.path('node_modules', name), { recursive: true });
    }
    passes(made, 10);
  });
}

test('Vue 3', (t) => {
  const made = project(packed.tarball, { 'vue.test.js': page('vue.js') });
  t.after(made.remove);
  passes(made, 9);
});
