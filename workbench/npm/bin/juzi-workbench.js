#!/usr/bin/env node
// Runs the workbench's binary, which is in the package of this platform: npm installs only the optional dependency whose `os`
// and `cpu` fit.
'use strict';
const { spawn } = require('node:child_process');
const { optionalDependencies, version } = require('../package.json');

/** The workbench's own code for "could not start". */
const CANNOT_START = 2;
const FORWARDED = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT'];

const platform = `${process.platform}-${process.arch}`;
const packageName = `@juzi-workbench/${platform}`;

const binary = findBinary();
if (binary) run(binary);

/** The binary's path. Without it, says what to do and sets the exit code. */
function findBinary() {
  if (!optionalDependencies[packageName]) {
    const known = Object.keys(optionalDependencies).map((name) => name.split('/')[1]);
    fail(`there is no binary for ${platform}, only for ${known.join(', ')}.
With Rust you can compile it yourself: cargo install juzi-workbench`);
    return undefined;
  }
  try {
    return require.resolve(`${packageName}/bin/juzi-workbench${process.platform === 'win32' ? '.exe' : ''}`);
  } catch {
    fail(`the package ${packageName}, which has the binary for this platform, is not installed.
Package managers leave it out if they are told to omit optional dependencies, or if node_modules comes from another platform.
To install it: npm install --include=optional juzi-workbench@${version}
If it is still missing, delete node_modules and the lock file, and install again.`);
    return undefined;
  }
}

/** Runs the binary on this terminal, and ends as it ends. */
function run(file) {
  // Before the binary runs: afterwards a signal could come too early. It is handled when `child` is there.
  const handlers = FORWARDED.map((signal) => [signal, () => forward(child, signal)]);
  for (const [signal, handler] of handlers) process.on(signal, handler);
  const child = spawn(file, process.argv.slice(2), { stdio: 'inherit' });
  if (process.env.npm_command) endWithParent(child);
  child.on('error', (error) => fail(`cannot run ${file}: ${error.message}`));
  child.on('exit', (code, signal) => {
    if (!signal) {
      process.exitCode = code;
      return;
    }
    // Whoever started this process sees the signal that ended the binary.
    for (const [name, handler] of handlers) process.off(name, handler);
    process.kill(process.pid, signal);
  });
}

/** npx and `npm run` start this through a shell, and when they are ended, they end that shell alone. */
function endWithParent(child) {
  const parent = process.ppid;
  setInterval(() => process.ppid === parent || child.kill('SIGTERM'), 250).unref();
}

function forward(child, signal) {
  // Windows itself delivers Ctrl-C to both processes, and kill() there would end the binary at once.
  if (process.platform !== 'win32') child.kill(signal);
}

function fail(message) {
  console.error(`juzi-workbench: ${message}`);
  process.exitCode = CANNOT_START;
}
