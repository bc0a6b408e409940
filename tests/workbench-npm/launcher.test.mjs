// The launcher of the npm package `juzi-workbench`: what it passes on to the binary and back, and what it says without one.
// The binary is a shell script here, except where the workbench itself matters.
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import test, { after } from 'node:test';
import { fileURLToPath } from 'node:url';
import { platforms, writePackages } from '../../scripts/release/workbench-packages.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const workbench = join(process.env.CARGO_TARGET_DIR ?? join(root, 'target'), 'debug/juzi-workbench');
const here = `${process.platform}-${process.arch}`;
const scratch = mkdtempSync(join(tmpdir(), 'juzi launcher-'));
after(() => rmSync(scratch, { recursive: true }));

/** A project with the packages installed. @returns {string} the launcher's path */
function install(binaries) {
  const project = mkdtempSync(join(scratch, 'project-'));
  const modules = join(project, 'node_modules');
  writePackages(join(project, 'packages'), binaries);
  mkdirSync(join(modules, '@juzi-workbench'), { recursive: true });
  renameSync(join(project, 'packages/juzi-workbench'), join(modules, 'juzi-workbench'));
  for (const platform of Object.keys(binaries)) renameSync(join(project, 'packages', platform), join(modules, '@juzi-workbench', platform));
  return join(modules, 'juzi-workbench/bin/juzi-workbench.js');
}

function shellScript(text) {
  const file = join(mkdtempSync(join(scratch, 'binary-')), 'binary');
  writeFileSync(file, `#!/bin/sh\n${text}\n`);
  return file;
}

const installScript = (text) => install({ [here]: shellScript(text) });
const run = (launcher, args = [], options = {}) => spawnSync(process.execPath, [launcher, ...args], { encoding: 'utf8', ...options });

/** Starts the launcher, and waits until the binary has printed a line with `sign` in it. */
async function start(launcher, args, sign, nodeArgs = []) {
  return watch(spawn(process.execPath, [...nodeArgs, launcher, ...args], { stdio: ['ignore', 'pipe', 'inherit'] }), sign);
}

async function watch(child, sign) {
  const lines = [];
  const reader = createInterface({ input: child.stdout });
  const ready = new Promise((resolve, reject) => {
    reader.on('line', (line) => {
      lines.push(line);
      if (line.includes(sign)) resolve();
    });
    reader.on('close', () => reject(new Error(`it ended before it printed ${sign}: ${lines.join('\n')}`)));
  });
  const ended = once(child, 'close').then(([code, signal]) => ({ code, signal }));
  await ready;
  return { child, lines, ended };
}

/** A module that makes Node.js report another platform. */
function pretend(changes) {
  const file = join(mkdtempSync(join(scratch, 'platform-')), 'pretend.cjs');
  writeFileSync(
    file,
    `for (const [name, value] of Object.entries(${JSON.stringify(changes)})) Object.defineProperty(process, name, { value });\n`,
  );
  return ['--require', file];
}

test('it runs the workbench, whose version is the package’s', () => {
  const launcher = install({ [here]: workbench });
  const { version } = JSON.parse(readFileSync(join(launcher, '../../package.json'), 'utf8'));
  const { stdout, status } = run(launcher, ['--version']);
  assert.equal(stdout, `juzi-workbench ${version}\n`);
  assert.equal(status, 0);
});

test('arguments, stdin, stdout, stderr and the exit code pass through', () => {
  const launcher = installScript('printf "<%s>" "$@"; cat; echo problem >&2; exit 7');
  const { stdout, stderr, status } = run(launcher, ['--page', 'a b', '', '*'], { input: 'typed' });
  assert.equal(stdout, '<--page><a b><><*>typed');
  assert.equal(stderr, 'problem\n');
  assert.equal(status, 7);
});

test('the workbench’s own refusals keep their exit code', () => {
  const { stderr, status } = run(install({ [here]: workbench }), ['--port', '70000']);
  assert.match(stderr, /--port/);
  assert.equal(status, 2);
});

for (const signal of ['SIGINT', 'SIGTERM']) {
  test(`${signal} to the launcher alone stops the workbench, which takes its leave`, async () => {
    const { child, lines, ended } = await start(install({ [here]: workbench }), ['--port', '0'], 'Ctrl-C');
    child.kill(signal);
    assert.deepEqual(await ended, { code: 0, signal: null });
    assert.equal(lines.at(-1), 'Stopping…');
  });
}

for (const signal of ['SIGHUP', 'SIGQUIT']) {
  test(`${signal} reaches the binary`, async () => {
    const launcher = installScript(`trap 'exit 9' ${signal.slice(3)}; echo ready; while :; do sleep 0.05; done`);
    const { child, ended } = await start(launcher, [], 'ready');
    child.kill(signal);
    assert.deepEqual(await ended, { code: 9, signal: null });
  });
}

for (const signal of ['SIGKILL', 'SIGTERM']) {
  test(`a binary that ${signal} ends makes the launcher end the same way`, () => {
    const { status, signal: ended } = run(installScript(`kill -${signal.slice(3)} $$`));
    assert.equal(status, null);
    assert.equal(ended, signal);
  });
}

test('when npm’s shell is ended, as npx ends it, the workbench does not stay behind', async () => {
  // Not the shell's last command, or the shell would become the launcher.
  const command = `'${process.execPath}' '${install({ [here]: workbench })}' --port 0; true`;
  const shell = spawn('sh', ['-c', command], { stdio: ['ignore', 'pipe', 'inherit'], env: { ...process.env, npm_command: 'exec' } });
  const { lines, ended } = await watch(shell, 'Ctrl-C');
  shell.kill('SIGTERM');
  // Its output ends only when the workbench does.
  assert.deepEqual(await ended, { code: null, signal: 'SIGTERM' });
  assert.equal(lines.at(-1), 'Stopping…');
});

test(
  'the binary has the terminal, so it knows whether to use colours',
  { skip: process.platform !== 'linux' && 'script(1) has other options here' },
  () => {
    const launcher = installScript('[ -t 0 ] && [ -t 1 ] && [ -t 2 ] && echo a terminal; exit 0');
    const command = `'${process.execPath}' '${launcher}'`;
    const { stdout } = spawnSync('script', ['--quiet', '--return', '--command', command, '/dev/null'], { encoding: 'utf8' });
    assert.match(stdout, /a terminal/);
    assert.doesNotMatch(run(launcher).stdout, /a terminal/);
  },
);

test('without the platform’s package it says which, how to get it, and exits with 2', () => {
  const { stdout, stderr, status } = run(install({}));
  const version = JSON.parse(readFileSync(join(root, 'pkg/package.json'), 'utf8')).version;
  assert.equal(stdout, '');
  assert.equal(status, 2);
  assert.match(stderr, new RegExp(`^juzi-workbench: the package @juzi-workbench/${here}, `));
  assert.ok(stderr.includes(`npm install --include=optional juzi-workbench@${version}`), stderr);
});

test('on a platform without a binary it names those that have one', () => {
  const launcher = installScript('exit 0');
  const { stderr, status } = spawnSync(process.execPath, [...pretend({ arch: 'riscv64' }), launcher], { encoding: 'utf8' });
  assert.equal(status, 2);
  assert.match(stderr, new RegExp(`no binary for ${process.platform}-riscv64`));
  for (const platform of Object.keys(platforms)) assert.ok(stderr.includes(platform), platform);
  assert.match(stderr, /cargo install juzi-workbench/);
});

test('a binary that cannot be run is named, with the reason', () => {
  const launcher = installScript('exit 0');
  const binary = join(launcher, `../../../@juzi-workbench/${here}/bin/juzi-workbench`);
  rmSync(binary);
  mkdirSync(binary);
  writeFileSync(join(binary, 'index.js'), '');
  chmodSync(join(binary, 'index.js'), 0o644);
  const { stderr, status } = run(launcher);
  assert.equal(status, 2);
  assert.match(stderr, /^juzi-workbench: cannot run .*EACCES/);
});

test('on Windows it runs the .exe, and leaves Ctrl-C to the system', async () => {
  const launcher = install({ 'win32-x64': shellScript("trap 'exit 9' INT; echo ready; sleep 0.5; echo undisturbed; exit 3") });
  const { child, lines, ended } = await start(launcher, [], 'ready', pretend({ platform: 'win32', arch: 'x64' }));
  child.kill('SIGINT');
  assert.deepEqual(await ended, { code: 3, signal: null });
  assert.deepEqual(lines, ['ready', 'undisturbed']);
});

test('each platform’s package is installed only there, and the launcher wants exactly its version', () => {
  const output = join(scratch, 'packages');
  const keys = Object.keys(platforms);
  writePackages(output, Object.fromEntries(keys.map((platform) => [platform, shellScript('')])));
  const manifest = (name) => JSON.parse(readFileSync(join(output, name, 'package.json'), 'utf8'));
  const { version, optionalDependencies } = manifest('juzi-workbench');
  assert.deepEqual(
    Object.keys(optionalDependencies),
    keys.map((platform) => `@juzi-workbench/${platform}`),
  );
  for (const platform of keys) {
    const { name, os, cpu, version: own, libc } = manifest(platform);
    assert.equal(name, `@juzi-workbench/${platform}`);
    assert.equal(`${os}-${cpu}`, platform);
    assert.equal(own, version);
    assert.equal(optionalDependencies[name], own);
    assert.equal(libc, undefined, 'the binary is static: it needs neither glibc nor musl');
  }
});
