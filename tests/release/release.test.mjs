// dist/ as its users meet it: installed from a registry into empty folders, unpacked, run.
import assert from 'node:assert/strict';
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { createInterface } from 'node:readline';
import test, { after, before } from 'node:test';
import { fileURLToPath } from 'node:url';
import { platforms } from '../../scripts/release/workbench-packages.mjs';
import { checkSignature, isStatic, platformOf } from './binaries.mjs';
import { manifestIn, startRegistry } from './registry.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const dist = process.env.JUZI_DIST ?? join(root, 'dist');
const here = `${process.platform}-${process.arch}`;
const scratch = mkdtempSync(join(tmpdir(), 'juzi release-'));
const { version } = manifestIn(
  join(
    dist,
    'npm',
    readdirSync(join(dist, 'npm')).find((name) => name.startsWith('juzi-helper-wasm-')),
  ),
);
const made = Object.keys(platforms).filter((platform) => existsSync(join(dist, `npm/juzi-workbench-${platform}-${version}.tgz`)));
const linux = made.filter((platform) => platform.startsWith('linux'));
const darwin = made.filter((platform) => platform.startsWith('darwin'));

let registry;
before(async () => (registry = await startRegistry(join(dist, 'npm'))));
after(() => {
  registry.close();
  rmSync(scratch, { recursive: true });
});

const emptyFolder = () => mkdtempSync(join(scratch, 'empty-'));
/** npm with nothing of this user's: an empty cache, an empty configuration, and only our registry. */
const settings = (folder) => ({
  PATH: process.env.PATH,
  HOME: folder,
  NO_COLOR: '1',
  npm_config_cache: join(folder, '.cache'),
  npm_config_registry: registry.url,
  npm_config_update_notifier: 'false',
  npm_config_audit: 'false',
  npm_config_fund: 'false',
  npm_config_loglevel: 'error',
});
const npm = (folder, ...args) => spawn('npm', args, { cwd: folder, env: settings(folder), stdio: 'inherit' });

async function succeeds(child) {
  assert.deepEqual(await once(child, 'exit'), [0, null]);
}

/** Waits until the workbench has printed its addresses and its console has answered. */
async function firstPage(command, args, folder) {
  const started = performance.now();
  const child = spawn(command, args, { cwd: folder, env: settings(folder), stdio: ['ignore', 'pipe', 'inherit'] });
  // Its output ends when the workbench does, even if npx has ended before.
  const ended = once(child, 'close').then(([code, signal]) => code ?? signal);
  const console = await new Promise((resolve, reject) => {
    const reader = createInterface({ input: child.stdout });
    reader.on('line', (line) => /^ +Console +(http\S+)/.test(line) && resolve(line.trim().split(/ +/)[1]));
    reader.on('close', () => reject(new Error(`${command} ${args.join(' ')} ended without an address`)));
  });
  const answer = await fetch(console);
  const page = await answer.text();
  return { child, ended, console, page, ms: Math.round(performance.now() - started) };
}

async function measure(label, command, args, folder, signal = 'SIGTERM') {
  const { child, ended, page, ms } = await firstPage(command, args, folder);
  child.kill(signal);
  assert.match(page, /<title>/);
  console.log(`${label}: ${ms} ms to the first page`);
  return ended;
}

/** The binary in a platform's tarball. */
function binaryOf(platform) {
  const file = `package/bin/juzi-workbench${platform.startsWith('win32') ? '.exe' : ''}`;
  return execFileSync('tar', ['-xzOf', join(dist, `npm/juzi-workbench-${platform}-${version}.tgz`), file], { maxBuffer: 2 ** 26 });
}

function unpacked(platform) {
  const folder = emptyFolder();
  const name = `juzi-workbench-${version}-${platform}`;
  if (platform.startsWith('win32')) execFileSync('python3', ['-m', 'zipfile', '-e', join(dist, 'binaries', `${name}.zip`), folder]);
  else execFileSync('tar', ['-xzf', join(dist, 'binaries', `${name}.tar.gz`), '-C', folder]);
  return join(folder, name, `juzi-workbench${platform.startsWith('win32') ? '.exe' : ''}`);
}

test('npx juzi-workbench serves the console from an empty folder, and stops when npx is told to', async () => {
  const folder = emptyFolder();
  const args = ['--yes', 'juzi-workbench', '--port', '0'];
  assert.equal(await measure('npx, nothing installed', 'npx', args, folder), 'SIGTERM');
  const platformPackages = registry.requests.filter((path) => /^-\/juzi-workbench-\w+-\w+-/.test(path));
  assert.deepEqual(platformPackages, [`-/juzi-workbench-${here}-${version}.tgz`], 'npm fetches this platform’s binary alone');
  assert.equal(await measure('npx, from its cache', 'npx', args, folder), 'SIGTERM');
  assert.equal(await measure('the binary alone', unpacked(here), ['--port', '0'], folder), 0);
});

test('installed in a project, it frames the project’s page and serves the demo’s helper', async () => {
  const folder = emptyFolder();
  writeFileSync(join(folder, 'package.json'), '{"name":"a-page","private":true}');
  await succeeds(npm(folder, 'install', '--save-dev', 'juzi-workbench'));
  const launcher = join(folder, 'node_modules/.bin/juzi-workbench');
  const { child, ended, console } = await firstPage(launcher, ['--port', '0', '--page', registry.url], folder);
  const config = await (await fetch(`${console}_workbench/config`)).json();
  const script = Buffer.from(await (await fetch(`${console}vendor/juzi-helper.js`)).arrayBuffer());
  child.kill('SIGTERM');
  assert.equal(await ended, 0);
  assert.ok(JSON.stringify(config).includes(registry.url), JSON.stringify(config).slice(0, 400));
  assert.ok(script.equals(readFileSync(join(dist, 'script/juzi-helper.js'))), 'it is the released script');
  assert.equal(await measure('the launcher', launcher, ['--port', '0'], folder), 0);
});

test('without optional packages the launcher says what is missing', async () => {
  const folder = emptyFolder();
  writeFileSync(join(folder, 'package.json'), '{"name":"a-page","private":true}');
  await succeeds(npm(folder, 'install', '--omit=optional', 'juzi-workbench'));
  const { status, stderr } = spawnSync(join(folder, 'node_modules/.bin/juzi-workbench'), { encoding: 'utf8' });
  assert.equal(status, 2);
  assert.match(stderr, new RegExp(`@juzi-workbench/${here}.*\\n.*\\n.*npm install --include=optional juzi-workbench@${version}`));
  await succeeds(npm(folder, 'install', '--include=optional', `juzi-workbench@${version}`));
  assert.equal(
    await measure('the launcher, after what it said', join(folder, 'node_modules/.bin/juzi-workbench'), ['--port', '0'], folder),
    0,
  );
});

test('the helper’s package installs and imports', async () => {
  const folder = emptyFolder();
  writeFileSync(join(folder, 'package.json'), '{"name":"a-page","private":true}');
  await succeeds(npm(folder, 'install', 'juzi-helper-wasm'));
  const script = "import { juziWx } from 'juzi-helper-wasm'; console.log(typeof juziWx.invoke)";
  assert.equal(execFileSync(process.execPath, ['--input-type=module', '-e', script], { cwd: folder, encoding: 'utf8' }), 'function\n');
});

test('the plugin for Vite installs and imports', async () => {
  const folder = emptyFolder();
  writeFileSync(join(folder, 'package.json'), '{"name":"a-page","private":true}');
  // Vite is the project's own, and not in this registry.
  await succeeds(npm(folder, 'install', '--save-dev', '--legacy-peer-deps', 'vite-plugin-juzi'));
  const script = "import juzi from 'vite-plugin-juzi'; console.log(juzi().name)";
  assert.equal(execFileSync(process.execPath, ['--input-type=module', '-e', script], { cwd: folder, encoding: 'utf8' }), 'juzi\n');
});

for (const platform of made) {
  test(`${platform}: the binary is that platform’s, the same in both archives, and names no directory of this machine`, () => {
    const binary = binaryOf(platform);
    assert.equal(platformOf(binary), platform);
    assert.ok(binary.equals(readFileSync(unpacked(platform))));
    for (const directory of [root, process.env.HOME, tmpdir()]) assert.ok(!binary.includes(directory.replace(/\/*$/, '/')), directory);
  });
}

for (const platform of linux) {
  test(`${platform}: the binary needs no library, so it runs with glibc and with musl`, () => assert.ok(isStatic(binaryOf(platform))));
}

for (const platform of darwin) {
  test(`${platform}: the signature is of this very file`, () => {
    const pages = checkSignature(binaryOf(platform));
    assert.ok(pages > 0 || platform === 'darwin-x64', 'Apple silicon runs nothing unsigned');
  });
}

/** With the oldest version that can. Wine 8 lacks bcryptprimitives.dll, from which Rust has its random numbers. */
const emulators = { 'linux-arm64': ['qemu-aarch64-static', 0], 'win32-x64': ['wine', 9] };
for (const platform of made.filter((name) => name !== here)) {
  const [emulator, oldest] = emulators[platform] ?? [];
  const found = emulator && /\d+/.exec(spawnSync(emulator, ['--version'], { encoding: 'utf8' }).stdout ?? '');
  const skip =
    !(found && Number(found[0]) >= oldest) && `${emulator ? `no ${emulator} that can` : 'no emulator'}: ${platform} was built and not run`;
  test(`${platform}: it serves the console, in an emulator`, { skip }, async () => {
    const folder = emptyFolder();
    await measure(`${platform} in ${emulator}`, emulator, [unpacked(platform), '--port', '0'], folder, 'SIGINT');
  });
}

test('SHA256SUMS has every file, and the right sums', () => {
  const files = readdirSync(dist, { recursive: true, withFileTypes: true }).filter(
    (entry) => entry.isFile() && entry.name !== 'SHA256SUMS',
  );
  const lines = readFileSync(join(dist, 'SHA256SUMS'), 'utf8').trim().split('\n');
  assert.equal(lines.length, files.length);
  execFileSync('sha256sum', ['--check', '--strict', '--quiet', 'SHA256SUMS'], { cwd: dist });
});

test('every package has the version of Cargo.toml, and the crates contain what they are published with', () => {
  for (const file of readdirSync(join(dist, 'npm'))) assert.equal(manifestIn(join(dist, 'npm', file)).version, version, file);
  const list = (crate) => execFileSync('tar', ['-tzf', join(dist, `crates/${crate}-${version}.crate`)], { encoding: 'utf8' }).split('\n');
  for (const crate of ['juzi-helper', 'juzi-hub']) assert.ok(list(crate).includes(`${crate}-${version}/src/lib.rs`), crate);
  for (const file of ['www/index.html', 'www/vendor/juzi-helper.js', 'LICENSE-MIT']) {
    assert.ok(list('juzi-workbench').includes(`juzi-workbench-${version}/${file}`), file);
  }
});

test('the tags for CDNs have the script’s hash, of the very bytes in the npm package', () => {
  const script = execFileSync('tar', ['-xzOf', join(dist, `npm/juzi-helper-wasm-${version}.tgz`), 'package/juzi-helper.js']);
  assert.ok(script.equals(readFileSync(join(dist, 'script/juzi-helper.js'))));
  const { files } = JSON.parse(readFileSync(join(dist, 'script/integrity.json'), 'utf8'));
  for (const name of ['juzi-helper.js', 'juzi-helper.compat.js', 'juzi-helper.recorder.js'])
    assert.ok(existsSync(join(dist, `script/${name}.map`)), name);
  assert.ok(readFileSync(join(dist, 'script/tags.html'), 'utf8').includes(`integrity="${files['juzi-helper.js'].integrity}"`));
});

test('the SBOMs are CycloneDX, list what is linked in, and name no directory of this machine', () => {
  const boms = readdirSync(join(dist, 'sbom'));
  for (const file of boms) {
    const text = readFileSync(join(dist, 'sbom', file), 'utf8');
    assert.equal(JSON.parse(text).bomFormat, 'CycloneDX', file);
    assert.ok(!text.includes(root) && !text.includes(process.env.HOME), file);
  }
  const names = (file) => JSON.parse(readFileSync(join(dist, 'sbom', file), 'utf8')).components.map(({ name }) => name);
  assert.ok(names('juzi-workbench.crate.cdx.json').includes('axum'));
  assert.ok(!names('juzi-workbench.crate.cdx.json').includes('reqwest'), 'what only tests use is not shipped');
  assert.ok(names('juzi-hub.crate.cdx.json').includes('url'));
  assert.ok(!names('juzi-hub.crate.cdx.json').includes('tokio'), 'the hub is rules alone');
  assert.ok(names('juzi-helper.crate.cdx.json').includes('wasm-bindgen'));
  assert.ok(names('create-juzi-sidebar.npm.cdx.json').includes('@clack/prompts'), 'what is bundled is shipped');
  assert.ok(names('vite-plugin-juzi.npm.cdx.json').includes('picocolors'));
  // The crates in the WebAssembly of a package are those of its licences.
  for (const [name, some] of Object.entries({ 'juzi-helper-wasm': 'wasm-bindgen', 'vite-plugin-juzi': 'toml_parser' })) {
    const licences = execFileSync('tar', ['-xzOf', join(dist, `npm/${name}-${version}.tgz`), 'package/LICENSE-THIRD-PARTY.txt'], {
      encoding: 'utf8',
    });
    const found = names(`${name}.npm.cdx.json`);
    assert.ok(found.includes(some), name);
    for (const one of found) assert.match(licences, new RegExp(`^${one} \\d`, 'm'), `${name}: ${one}`);
  }
  assert.equal(boms.length, 7 + made.length);
});
