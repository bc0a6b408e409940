// Shared by the tests of the packages: the packed tarballs installed in clean directories, a static server, Chromium.
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { delimiter, dirname, extname, join, normalize } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { assertInstalled, nuxtTools, oldTools, tools } from './tools.mjs';

const here = dirname(fileURLToPath(import.meta.url));
export const root = join(here, '../..');
export const pkg = join(root, 'pkg');
/** The package vite-plugin-juzi. */
export const plugin = join(root, 'pkg-vite');

assertInstalled();
export { nuxtTools, oldTools, tools };

export function npm(args, cwd) {
  return execFileSync('npm', args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
}

/** The first build of Bun that runs here. Bun's install script would choose it, but the tools are installed without scripts. */
export function bun() {
  const builds = join(tools, 'node_modules/@oven');
  const files = readdirSync(builds).map((name) => join(builds, name, 'bin/bun'));
  const found = files.find((file) => spawnSync(file, ['--version']).status === 0);
  if (!found) throw new Error(`no build of Bun in ${builds} runs here`);
  return found;
}

/** Imports a module of the tools. */
export async function tool(name) {
  const module = await import(pathToFileURL(createRequire(join(tools, 'index.js')).resolve(name)));
  return module.default ?? module;
}

/** Packs the tarball that `npm publish` would upload. @param {string} folder */
export function pack(folder = pkg) {
  const dir = mkdtempSync(join(tools, 'tarball-'));
  const [{ filename, files, size }] = JSON.parse(npm(['pack', '--json', '--pack-destination', dir], folder));
  return {
    tarball: join(dir, filename),
    files: files.map(({ path }) => path).sort(),
    size,
    remove: () => rmSync(dir, { recursive: true }),
  };
}

/** The tarballs' `node_modules`. Installed once: npm takes longer than a copy. */
const installations = new Map();
function installed(tarballs) {
  const key = tarballs.join();
  if (!installations.has(key)) {
    const dir = mkdtempSync(join(dirname(tarballs[0]), 'installed-'));
    writeFileSync(join(dir, 'package.json'), '{ "private": true, "type": "module" }');
    // The plugin's peer, Vite, is one of the tools.
    npm(['install', '--no-save', '--no-package-lock', '--offline', '--ignore-scripts', '--legacy-peer-deps', ...tarballs], dir);
    installations.set(key, join(dir, 'node_modules'));
  }
  return installations.get(key);
}

/**
 * A project in a directory of its own, with the packages installed from their tarballs and the tools in a parent directory.
 * @param {string | string[]} tarballs
 * @param {Record<string, string>} files by path; or a directory to copy
 * @param {string} parent the tools' directory
 */
export function project(tarballs, files, parent = tools) {
  mkdirSync(join(parent, 'projects'), { recursive: true });
  const dir = mkdtempSync(join(parent, 'projects/p-'));
  writeFileSync(join(dir, 'package.json'), '{ "private": true, "type": "module" }');
  cpSync(installed([tarballs].flat()), join(dir, 'node_modules'), { recursive: true });
  if (typeof files === 'string') cpSync(files, dir, { recursive: true });
  else {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(dir, path)), { recursive: true });
      writeFileSync(join(dir, path), text);
    }
  }
  return {
    dir,
    path: (...parts) => join(dir, ...parts),
    copy: (from, to) => cpSync(from, join(dir, to), { recursive: true }),
    remove: () => rmSync(dir, { recursive: true, force: true }),
  };
}

/** Every file below a directory. */
export function filesUnder(dir) {
  return readdirSync(dir, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name));
}

const TYPES = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.wasm': 'application/wasm',
  '.css': 'text/css; charset=utf-8',
};

/** An action returns this to leave its request without an answer. */
export const NEVER = Symbol('never');

/**
 * Serves a directory on a free port. `actions` has functions that run on a request of their path; `pages` has the sources of
 * HTML pages by path; `types` the content types by the end of the name.
 */
export async function serve(dir, actions = {}, pages = new Map(), types = TYPES) {
  const asked = [];
  const server = createServer((request, response) => {
    const path = normalize(decodeURIComponent(new URL(request.url, 'http://localhost').pathname));
    asked.push(path);
    if (actions[path]?.() === NEVER) return;
    if (pages.has(path)) {
      response.writeHead(200, { 'content-type': TYPES['.html'] }).end(pages.get(path));
      return;
    }
    const file = join(dir, path.endsWith('/') ? `${path}index.html` : path);
    if (!file.startsWith(dir) || !existsSync(file)) {
      response.writeHead(404).end();
      return;
    }
    response.writeHead(200, { 'content-type': types[extname(file)] ?? 'application/octet-stream' }).end(readFileSync(file));
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://localhost:${server.address().port}/`,
    asked,
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(resolve));
    },
  };
}

export function chromium() {
  const names = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome'];
  const candidates = process.env.PATH.split(delimiter).flatMap((dir) => names.map((name) => join(dir, name)));
  candidates.push('/Applications/Google Chrome.app/Contents/MacOS/Google Chrome');
  const found = process.env.CHROMIUM ?? candidates.find(existsSync);
  if (!found) throw new Error('Chromium was not found on PATH; say where it is with CHROMIUM=/path/to/it');
  return found;
}

export const CHROMIUM_ARGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-dev-shm-usage',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export async function launch() {
  const { chromium: engine } = await tool('@playwright/test');
  return engine.launch({ executablePath: chromium(), args: CHROMIUM_ARGS });
}

/**
 * Starts a dev server. `says` waits until its output matches.
 * @param {import('node:test').TestContext} t
 */
export async function dev(t, command, args, cwd) {
  // In its own process group, because npm starts other processes, which must end too.
  const child = spawn(command, args, {
    cwd,
    detached: true,
    env: { ...process.env, NO_COLOR: '1', FORCE_COLOR: '0' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  t.after(async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    process.kill(-child.pid, 'SIGKILL');
    await ended;
  });
  let output = '';
  const waiting = new Set();
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (chunk) => {
      output += chunk;
      for (const look of waiting) look();
    });
  }
  const says = (pattern) =>
    new Promise((resolve, reject) => {
      const look = () => {
        const found = pattern.exec(output);
        if (!found) return;
        waiting.delete(look);
        resolve(found);
      };
      waiting.add(look);
      // Not `exit`, because output may still come after it.
      child.on('close', (code) => reject(new Error(`it ended with ${code}: ${output}`)));
      look();
    });
  return { says };
}

/** Opens a page in English, and collects what it reports as errors. */
export async function openIn(t, browser, address) {
  const context = await browser.newContext({ locale: 'en' });
  t.after(() => context.close());
  const page = await context.newPage();
  const problems = [];
  page.on('pageerror', (error) => problems.push(String(error)));
  page.on('console', (message) => message.type() === 'error' && problems.push(`${message.text()} (${message.location().url})`));
  await page.goto(address);
  return { page, problems };
}

/** The workbench's program. */
export const workbench = join(process.env.CARGO_TARGET_DIR ?? join(root, 'target'), 'debug/juzi-workbench');

/** Starts the workbench on a free port. */
export async function startWorkbench(t, ...options) {
  const running = spawn(workbench, ['--port', '0', ...options], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, NO_COLOR: '1' },
  });
  t.after(() => running.kill());
  const address = await new Promise((resolve, reject) => {
    let output = '';
    const onOutput = (chunk) => {
      output += chunk;
      const found = /http:\/\/127\.0\.0\.1:\d+/.exec(output);
      if (found) resolve(found[0]);
    };
    running.stdout.on('data', onOutput);
    running.stderr.on('data', onOutput);
    running.on('error', reject);
    running.on('exit', () => reject(new Error(`the workbench ended: ${output}`)));
  });
  return { workbench: running, address };
}

/** The blocks of code of one of the package's READMEs. */
export function blocks(readme) {
  const text = readFileSync(join(pkg, readme), 'utf8');
  return [...text.matchAll(/^```\w+\n([\s\S]*?)^```$/gm)].map(([, code]) => code);
}

/** The only block of the English README with this text. */
export function block(having) {
  const found = blocks('README.md').filter((code) => having.test(code));
  if (found.length !== 1) throw new Error(`${found.length} blocks of README.md have ${having}`);
  return found[0];
}
