// What a release needs: the version's section in the changelog, a workflow that may publish, and a package that npm would take.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { pkg, root, tool } from './workshop.mjs';

const { version } = JSON.parse(readFileSync(join(pkg, 'package.json'), 'utf8'));

test('npm publish would upload the package, and has nothing to complain about but that nobody is logged in', () => {
  const { status, stdout, stderr } = spawnSync('npm', ['publish', '--dry-run', '--json', pkg], { encoding: 'utf8' });
  assert.equal(status, 0, stderr);
  const complaints = stderr.split('\n').filter((line) => /^npm (warn|error)/i.test(line) && !/requires you to be logged in/.test(line));
  assert.deepEqual(complaints, []);
  assert.match(stdout, new RegExp(`juzi-helper-wasm@${version.replaceAll('.', '\\.')}`));
});

test('a tag of this version can be released, and another cannot', () => {
  const check = (tag) => spawnSync('node', ['scripts/check-release.mjs', tag], { cwd: root, encoding: 'utf8' });
  const right = check(`v${version}`);
  assert.equal(right.status, 0, right.stderr);
  const wrong = check('v999.0.0');
  assert.equal(wrong.status, 1);
  assert.match(wrong.stderr, new RegExp(`the tag is v999\\.0\\.0, but the version in Cargo\\.toml is ${version.replaceAll('.', '\\.')}`));
});

test('the workflow publishes with provenance, and may do nothing else', async () => {
  const { parse } = await tool('yaml');
  const workflow = parse(readFileSync(join(root, '.github/workflows/release.yml'), 'utf8'), { strict: true });
  assert.deepEqual(Object.keys(workflow.on), ['push']);
  assert.deepEqual(workflow.permissions, {});
  const { permissions, steps } = workflow.jobs.npm;
  assert.deepEqual(permissions, { contents: 'read', 'id-token': 'write' });
  const runs = steps.map(({ run }) => run).filter(Boolean);
  assert.deepEqual(runs, ['node scripts/check-release.mjs "$GITHUB_REF_NAME"', './.ci/run', 'npm publish ./pkg --provenance --access public']);
});
