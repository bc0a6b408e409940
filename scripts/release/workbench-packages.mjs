// The folders of the workbench's npm packages: `juzi-workbench`, which has the launcher, and one for each platform, which has
// that platform's binary. They are what `npm pack` makes tarballs of.
//
// node scripts/release/workbench-packages.mjs OUTPUT [PLATFORM=BINARY]…
import { chmodSync, copyFileSync, cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { versionOf } from '../bundle/entries.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const template = join(root, 'workbench/npm');
const manifest = JSON.parse(readFileSync(join(template, 'package.json'), 'utf8'));
const version = versionOf(readFileSync(join(root, 'Cargo.toml'), 'utf8'));

/** From `process.platform` and `process.arch` to the Rust target and a name for people. */
export const platforms = JSON.parse(readFileSync(join(template, 'platforms.json'), 'utf8'));

/**
 * @param {string} output the folder to make: one folder for each package in it
 * @param {Record<string, string>} binaries the binary of each platform that gets a package
 */
export function writePackages(output, binaries) {
  rmSync(output, { recursive: true, force: true });
  writeLauncher(join(output, 'juzi-workbench'));
  for (const [platform, binary] of Object.entries(binaries)) writePlatform(join(output, platform), platform, binary);
}

function writeLauncher(folder) {
  cpSync(join(template, 'bin'), join(folder, 'bin'), { recursive: true });
  chmodSync(join(folder, 'bin/juzi-workbench.js'), 0o755);
  for (const file of ['README.md', 'README.zh-CN.md']) copyFileSync(join(root, 'workbench', file), join(folder, file));
  writeDocuments(folder, ['CHANGELOG.md', 'LICENSE-APACHE', 'LICENSE-MIT']);
  const optionalDependencies = Object.fromEntries(Object.keys(platforms).map((platform) => [packageName(platform), version]));
  writeManifest(folder, { ...manifest, version, optionalDependencies });
}

function writePlatform(folder, platform, binary) {
  if (!platforms[platform]) throw new Error(`unknown platform: ${platform} (known: ${Object.keys(platforms).join(', ')})`);
  const [os, cpu] = platform.split('-');
  const file = `bin/juzi-workbench${os === 'win32' ? '.exe' : ''}`;
  const { author, license, repository, homepage, bugs, engines } = manifest;
  mkdirSync(join(folder, 'bin'), { recursive: true });
  copyFileSync(binary, join(folder, file));
  chmodSync(join(folder, file), 0o755);
  writeDocuments(folder, ['LICENSE-APACHE', 'LICENSE-MIT']);
  const description = `The binary of juzi-workbench for ${platforms[platform].name}`;
  writeFileSync(
    join(folder, 'README.md'),
    `# ${packageName(platform)}\n\n${description}. Install \`juzi-workbench\`, which depends on it.\n`,
  );
  writeManifest(folder, {
    name: packageName(platform),
    version,
    description,
    author,
    license,
    repository,
    homepage,
    bugs,
    os: [os],
    cpu: [cpu],
    files: ['bin', 'LICENSE-*'],
    engines,
    // Yarn keeps packages zipped, and a zipped binary cannot run.
    preferUnplugged: true,
  });
}

const packageName = (platform) => `@juzi-workbench/${platform}`;
const writeManifest = (folder, fields) => writeFileSync(join(folder, 'package.json'), `${JSON.stringify(fields, null, 2)}\n`);
const writeDocuments = (folder, files) => files.forEach((file) => copyFileSync(join(root, file), join(folder, file)));

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [output, ...binaries] = process.argv.slice(2);
  writePackages(output, Object.fromEntries(binaries.map((it) => it.split(/=(.*)/s).slice(0, 2))));
}
