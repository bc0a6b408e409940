// Assembles the package create-juzi-sidebar in target/create-juzi-sidebar: its command in one file, with the prompts in it, its templates,
// and in javascript/ those of them that are in TypeScript, without the types. target/create-juzi-sidebar.bundled.json lists the packages
// that are in the file, for the release's SBOM.
import { chmodSync, cpSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { versionOf } from './bundle/entries.mjs';
import { javascriptOf } from './bundle/javascript.mjs';
import { NOTICES, listed, notices, packagesIn } from './bundle/licences.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const source = join(root, 'starter');
const output = join(root, 'target/create-juzi-sidebar');

rmSync(output, { recursive: true, force: true });
cpSync(join(source, 'templates'), join(output, 'templates'), { recursive: true });
for (const part of readdirSync(join(source, 'templates'))) await translate(part);
for (const name of ['LICENSE-MIT', 'LICENSE-APACHE']) cpSync(join(root, name), join(output, name));
for (const name of ['README.md', 'README.zh-CN.md']) if (existsSync(join(source, name))) cpSync(join(source, name), join(output, name));
const version = versionOf(readFileSync(join(root, 'Cargo.toml'), 'utf8'));
writeFileSync(join(output, 'package.json'), readFileSync(join(source, 'package.json'), 'utf8').replace('"0.0.0"', JSON.stringify(version)));
const command = join(output, 'dist/index.js');
// For bundled CommonJS modules, which need `require`.
const banner = { js: "import { createRequire as __createRequire } from 'node:module';\nconst require = __createRequire(import.meta.url);" };
const { metafile } = await build({
  entryPoints: [join(source, 'src/index.js')],
  outfile: command,
  absWorkingDir: root,
  bundle: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  banner,
  minifyWhitespace: true,
  minifySyntax: true,
  legalComments: 'none',
  metafile: true,
});
chmodSync(command, 0o755);

const bundled = packagesIn(root, Object.keys(metafile.inputs));
writeFileSync(join(output, NOTICES), notices(bundled));
writeFileSync(`${output}.bundled.json`, listed({ npm: bundled }));

/** A part with TypeScript once more in JavaScript, with all of its files. */
async function translate(part) {
  const folder = join(source, 'templates', part);
  const paths = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath ?? entry.path, entry.name)));
  if (!paths.some((path) => /\.(tsx?|vue)$/.test(path))) return;
  for (const path of paths) {
    const [to, text] = await javascriptOf(path, readFileSync(join(folder, path), 'utf8'));
    const target = join(output, 'javascript', part, to);
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, text);
  }
}
