// The npm packages in a bundle. Their licences require that their text is included.
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

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

/** The list of packages that scripts/release/sbom.mjs reads. @param {ReturnType<typeof packagesIn>} packages */
export const listed = (packages) => JSON.stringify(packages.map(({ name, version, license }) => ({ name, version, license })));

/** @param {ReturnType<typeof packagesIn>} packages */
export const notices = (packages) =>
  packages.map(({ name, version, text }) => `${name} ${version}\n\n${text}\n`).join(`\n${'-'.repeat(80)}\n\n`);
