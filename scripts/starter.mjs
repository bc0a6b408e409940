// Assembles the package create-juzi-sidebar in target/create-juzi-sidebar: its command in one file, with the prompts in it, and its
// templates. target/create-juzi-sidebar.bundled.json lists the packages that are in the file, for the release's SBOM.
import { chmodSync, cpSync, existsSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { versionOf } from './bundle/entries.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const source = join(root, 'starter');
const output = join(root, 'target/create-juzi-sidebar');

rmSync(output, { recursive: true, force: true });
cpSync(join(source, 'templates'), join(output, 'templates'), { recursive: true });
for (const name of ['LICENSE-MIT', 'LICENSE-APACHE']) cpSync(join(root, name), join(output, name));
for (const name of ['README.md', 'README.zh-CN.md']) if (existsSync(join(source, name))) cpSync(join(source, name), join(output, name));
const version = versionOf(readFileSync(join(root, 'Cargo.toml'), 'utf8'));
writeFileSync(join(output, 'package.json'), readFileSync(join(source, 'package.json'), 'utf8').replace('"0.0.0"', JSON.stringify(version)));
const command = join(output, 'dist/index.js');
// Where modules are found that are in CommonJS and want `require`.
const banner = { js: "import { createRequire as __createRequire } from 'node:module';\nconst require = __createRequire(import.meta.url);" };
const { metafile } = await build({
  entryPoints: [join(source, 'src/index.js')], outfile: command, absWorkingDir: root, bundle: true, format: 'esm', platform: 'node', target: 'node20', banner,
  minifyWhitespace: true, minifySyntax: true, legalComments: 'inline', metafile: true,
});
chmodSync(command, 0o755);

const folders = [...new Set(Object.keys(metafile.inputs).map((path) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path)?.[0]).filter(Boolean))].sort();
const bundled = folders.map((folder) => {
  const { name, version: its, license } = JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8'));
  const file = readdirSync(join(root, folder)).find((one) => /^licen[cs]e/i.test(one));
  if (!file) throw new Error(`${name}, which is in the command, has no file with its licence`);
  return { name, version: its, license, text: readFileSync(join(root, folder, file), 'utf8').trim() };
});
writeFileSync(join(output, 'dist/THIRD-PARTY-LICENSES.txt'), bundled.map(({ name, version: its, text }) => `${name} ${its}\n\n${text}\n`).join('\n\n'));
writeFileSync(`${output}.bundled.json`, JSON.stringify(bundled.map(({ name, version: its, license }) => ({ name, version: its, license }))));
