// What a release needs: the version's section in the changelog, a workflow that may publish, and a package that npm would take.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { pkg, root, tool } from './workshop.mjs';

const { version } = JSON.parse(readFileSync(join(pkg, 'package.json'), 'utf8'));

test('npm publish would upload the package, and complains only that nobody is logged in', () => {
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

test('the workflow publishes every npm package with provenance, and only the job that publishes may', async () => {
  const { parse } = await tool('yaml');
  const workflow = parse(readFileSync(join(root, '.github/workflows/release.yml'), 'utf8'), { strict: true });
  assert.deepEqual(Object.keys(workflow.on), ['push']);
  // Each job has only the permissions that it needs, and only one has the identity for publishing.
  assert.deepEqual(workflow.permissions, {});
  const { publish, ...others } = workflow.jobs;
  for (const [name, { permissions, steps }] of Object.entries(others)) {
    assert.equal(permissions?.['id-token'], undefined, name);
    assert.doesNotMatch(JSON.stringify(steps), /npm publish|cargo publish/, name);
  }
  assert.equal(publish.permissions['id-token'], 'write');
  assert.ok(others.build.steps.some(({ run }) => run === 'node scripts/check-release.mjs "$GITHUB_REF_NAME"'));
  const { run } = publish.steps.find(({ name }) => name === 'npm');
  assert.match(run, /npm publish "\$1" --provenance --access public/);
  for (const name of ['juzi-workbench', 'juzi-helper-wasm', 'create-juzi-sidebar'])
    assert.match(run, new RegExp(`publish "dist/npm/${name}-\\$version\\.tgz"`));
});

test('the workflow of the site builds it for the address that GitHub gives it, and only the job that deploys may publish', async () => {
  const { parse } = await tool('yaml');
  const { jobs, permissions, on } = parse(readFileSync(join(root, '.github/workflows/site.yml'), 'utf8'), { strict: true });
  assert.deepEqual(Object.keys(on), ['push', 'workflow_dispatch']);
  assert.deepEqual(permissions, {});
  assert.equal(jobs.build.permissions?.['id-token'], undefined);
  assert.deepEqual(jobs.deploy.permissions, { pages: 'write', 'id-token': 'write' });
  assert.ok(
    jobs.build.steps.some(
      ({ run, env }) => run === './build.sh site --base "$BASE/"' && env.BASE === '${{ steps.pages.outputs.base_path }}',
    ),
  );
});
