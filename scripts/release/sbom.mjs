// node scripts/release/sbom.mjs STAGE OUTPUT: what the release is made of, in CycloneDX. cargo-cyclonedx describes the crates,
// npm the packages. STAGE has the packages' folders (npm/).
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const [stage, output] = process.argv.slice(2);
const moment = new Date(Number(process.env.SOURCE_DATE_EPOCH) * 1000).toISOString();
const json = (file) => JSON.parse(readFileSync(file, 'utf8'));

for (const crate of [
  { name: 'juzi-helper', folder: root, args: ['--target', 'wasm32-unknown-unknown', '--features', 'script'] },
  { name: 'juzi-hub', folder: join(root, 'hub'), args: ['--target', 'all'] },
  { name: 'juzi-workbench', folder: join(root, 'workbench'), args: ['--target', 'all'] },
]) {
  write(`${crate.name}.crate.cdx.json`, describeCrate(crate));
}
for (const folder of [
  join(root, 'pkg'),
  join(root, 'pkg-vite'),
  join(root, 'target/create-juzi-sidebar'),
  ...readdirSync(join(stage, 'npm')).map((name) => join(stage, 'npm', name)),
]) {
  const { name } = json(join(folder, 'package.json'));
  write(`${name.replace('@', '').replace('/', '-')}.npm.cdx.json`, describePackage(folder));
}

function describeCrate({ name, folder, args }) {
  const file = 'sbom-being-made';
  // It writes a file into the folder of each crate of the workspace.
  const members = [root, join(root, 'hub'), join(root, 'hub/wasm'), join(root, 'workbench'), join(root, 'tests/e2e')];
  try {
    const options = ['--format', 'json', '--spec-version', '1.5', '--override-filename', file, '--quiet'];
    execFileSync('cargo-cyclonedx', ['cyclonedx', '--manifest-path', join(folder, 'Cargo.toml'), ...options, ...args], {
      stdio: 'inherit',
    });
    // Crates of the workspace are named by their directory.
    const here = `path+${pathToFileURL(root.replace(/\/$/, ''))}`;
    return linkedOnly(JSON.parse(readFileSync(join(folder, `${file}.json`), 'utf8').replaceAll(here, `path+file:///${name}`)), name, args);
  } finally {
    for (const member of members) rmSync(join(member, `${file}.json`), { force: true });
  }
}

/** cargo-cyclonedx switches on what the tests of the workspace need. What a user gets is what cargo resolves for the crate alone. */
function linkedOnly(described, name, args) {
  const tree = ['tree', '--locked', '--package', name, '--edges', 'normal,build', '--prefix', 'none', '--format', '{p}', ...args];
  const lines = execFileSync('cargo', tree, { cwd: root, encoding: 'utf8', maxBuffer: 1 << 27 }).split('\n');
  const linked = new Set(lines.map((line) => line.split(' ').slice(0, 2).join(' ')));
  described.components = described.components.filter((one) => linked.has(`${one.name} v${one.version}`));
  const left = new Set([described.metadata.component, ...described.components].map((one) => one['bom-ref']));
  described.dependencies = described.dependencies
    .filter(({ ref }) => left.has(ref))
    .map(({ ref, dependsOn = [] }) => ({ ref, dependsOn: dependsOn.filter((one) => left.has(one)) }));
  return described;
}

/** `npm sbom` reads a manifest and its lock file. Ours has what the package will depend on, although nothing is published yet. */
function describePackage(folder) {
  const manifest = json(join(folder, 'package.json'));
  const copy = join(stage, 'sbom', manifest.name);
  // A peer is the user's own. npm would call it missing.
  delete manifest.peerDependencies;
  // Bundled code is part of the package, not a dependency of it.
  const listed = join(root, 'target', `${basename(folder)}.bundled.json`);
  const { npm: bundled, cargo: crates } = existsSync(listed) ? json(listed) : { npm: [], cargo: [] };
  if (bundled.length > 0) manifest.dependencies = Object.fromEntries(bundled.map(({ name, version }) => [name, version]));
  mkdirSync(copy, { recursive: true });
  writeFileSync(join(copy, 'package.json'), JSON.stringify(manifest));
  const packages = { '': manifest };
  for (const name of Object.keys(manifest.optionalDependencies ?? {})) packages[`node_modules/${name}`] = locked(name, manifest);
  for (const { name, ...about } of bundled) packages[`node_modules/${name}`] = about;
  writeFileSync(
    join(copy, 'package-lock.json'),
    JSON.stringify({ name: manifest.name, version: manifest.version, lockfileVersion: 3, packages }),
  );
  const args = ['sbom', '--sbom-format', 'cyclonedx', '--sbom-type', manifest.bin ? 'application' : 'library', '--package-lock-only'];
  const described = JSON.parse(execFileSync('npm', args, { cwd: copy, encoding: 'utf8' }));
  // npm takes the folder's name as the package's.
  described.metadata.component.name = manifest.name;
  described.metadata.timestamp = moment;
  delete described.serialNumber;
  addCrates(described, crates);
  return described;
}

/** The crates in the package's WebAssembly, which npm knows nothing of. */
function addCrates(described, crates) {
  const own = described.metadata.component['bom-ref'];
  for (const { name, version, license } of crates) {
    const purl = `pkg:cargo/${name}@${encodeURIComponent(version)}`;
    // Older manifests write "MIT/Apache-2.0".
    const licenses = license ? [{ expression: license.replaceAll('/', ' OR ') }] : undefined;
    described.components.push({ 'bom-ref': purl, type: 'library', name, version, scope: 'required', purl, licenses });
    described.dependencies.push({ ref: purl, dependsOn: [] });
    described.dependencies.find(({ ref }) => ref === own).dependsOn.push(purl);
  }
}

/** What a lock file says about a platform's package. */
function locked(name, { version, license }) {
  const [os, cpu] = name.split('/')[1].split('-');
  return { version, license, optional: true, os: [os], cpu: [cpu] };
}

function write(name, described) {
  writeFileSync(join(output, name), `${JSON.stringify(described, null, 2)}\n`);
}
