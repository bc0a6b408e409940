// The npm packages in a bundle, and the crates in our WebAssembly. Their licences require that their text is included.
import { execFileSync } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The name of the file with their licences. */
export const NOTICES = 'LICENSE-THIRD-PARTY.txt';

/**
 * @param {string} root
 * @param {readonly string[]} sources Paths of the sources, from `root` or from a folder in it.
 * @returns {{ name: string, version: string, license: string, text: string }[]} By name.
 */
export function packagesIn(root, sources) {
  const folders = sources
    .map((path) => /^(?:\.\.\/)*(.*node_modules\/(?:@[^/]+\/)?[^/]+)/.exec(path)?.[1])
    .filter((folder) => folder !== undefined);
  return [...new Set(folders)].sort().map((folder) => about(join(root, folder)));
}

function about(folder) {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const file = readdirSync(folder).find((one) => /^licen[cs]e/i.test(one));
  if (!file) throw new Error(`${name} is in a bundle, and has no file with its licence`);
  return { name, version, license, text: readFileSync(join(folder, file), 'utf8').trim() };
}

/** The modules in the package: the crate and the features of each. */
const MODULES = [
  ['juzi-helper-module', ''],
  ['juzi-hub-wasm', ''],
];

/**
 * The crates of others in the modules, each once. A crate with a choice of licences is taken under MIT's terms.
 * @returns {{ name: string, version: string, license: string, text: string }[]} By name.
 */
export function cratesIn(root) {
  const cargo = (...args) => execFileSync('cargo', [...args, '--locked'], { cwd: root, encoding: 'utf8', maxBuffer: 1 << 27 });
  const { packages } = JSON.parse(cargo('metadata', '--all-features', '--format-version', '1'));
  const linked = MODULES.flatMap(([crate, features]) =>
    cargo(
      ...['tree', '--package', crate, '--features', features, '--target', 'wasm32-unknown-unknown'],
      ...['--edges', 'normal,no-proc-macro', '--prefix', 'none', '--format', '{p}'],
    )
      .trim()
      .split('\n'),
  );
  const names = new Set(linked.map((line) => line.split(' ').slice(0, 2).join(' v').replace('vv', 'v')));
  return packages
    .filter(({ name, version, source }) => source !== null && names.has(`${name} v${version}`))
    .map(({ manifest_path, authors, ...about }) => ({ ...about, text: termsIn(dirname(manifest_path)) ?? named(about, authors) }))
    .sort((one, other) => (one.name < other.name ? -1 : 1));
}

/** For a crate that names its licence, and whose package has no text of it. */
const named = ({ license, repository }, authors) => [`Licence: ${license}`, ...authors, repository].filter(Boolean).join('\n');

function termsIn(folder) {
  const files = readdirSync(folder).filter((file) => /^licen[cs]e/i.test(file));
  const file = files.find((one) => /mit/i.test(one)) ?? files[0];
  return file && readFileSync(join(folder, file), 'utf8').trim();
}

/** The list of packages that scripts/release/sbom.mjs reads. @param {ReturnType<typeof packagesIn>} packages */
export const listed = (packages) => JSON.stringify(packages.map(({ name, version, license }) => ({ name, version, license })));

/** Each text once, below the names that it is for. @param {ReturnType<typeof packagesIn>} packages */
export function notices(packages) {
  /** @type {Map<string, string[]>} */
  const byText = new Map();
  for (const { name, version, text } of packages) byText.set(text, [...(byText.get(text) ?? []), `${name} ${version}`]);
  return [...byText].map(([text, names]) => `${names.join('\n')}\n\n${text}\n`).join(`\n${'-'.repeat(80)}\n\n`);
}
