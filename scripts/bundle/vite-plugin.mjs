// The package vite-plugin-juzi, in pkg-vite/: the plugin in one file with what it needs, its hub, and the console's files.
import { copyFileSync, cpSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { DOCUMENTS, manifestOf, versionOf } from './entries.mjs';
import { NOTICES, cratesIn, listed, notices, packagesIn } from './licences.mjs';
import { Script } from './script.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '../..');
const template = join(root, 'vite-plugin');
/** It is moved into place when it is complete. */
const output = join(root, 'target/pkg-vite');
/** The console's files: the same as the workbench's. */
const CONSOLE = ['index.html', 'host.js', 'host', 'console', 'lib', 'media', 'scenarios'];
const HUB = { crate: 'juzi-hub-wasm', features: '' };

rmSync(output, { recursive: true, force: true });
mkdirSync(join(output, 'workbench'), { recursive: true });
const write = (file, text) => writeFileSync(join(output, file), text);
const version = versionOf(readFileSync(join(root, 'Cargo.toml'), 'utf8'));
const plugin = await bundlePlugin();
plugin.write(output, 'index.js');
// Vite also takes the promise of a plugin.
write(
  'index.cjs',
  "module.exports = (options) => import('./index.js').then((module) => module.default(options));\nmodule.exports.default = module.exports;\n",
);
const types = readFileSync(join(template, 'types/index.d.ts'), 'utf8');
write('index.d.ts', types);
write('index.d.cts', requiredTypes(types));
copyFileSync(join(root, 'target/hub-wasm/hub.wasm'), join(output, 'hub.wasm'));
for (const name of CONSOLE) cpSync(join(root, 'www', name), join(output, 'workbench', name), { recursive: true });
write('workbench/overlay.js', (await bundle('overlay.js', { format: 'esm', target: 'es2022' })).text);
const libraries = packagesIn(root, plugin.map.sources);
const crates = cratesIn(root, HUB);
write(NOTICES, notices([...libraries, ...crates]));
writeFileSync(join(root, 'target/pkg-vite.bundled.json'), listed({ npm: libraries, cargo: crates }));
for (const file of readdirSync(template).filter((name) => /^README.*\.md$/.test(name)))
  copyFileSync(join(template, file), join(output, file));
for (const file of DOCUMENTS) copyFileSync(join(root, file), join(output, file));
write('package.json', manifestOf(template, version));
rmSync(join(root, 'pkg-vite'), { recursive: true, force: true });
renameSync(output, join(root, 'pkg-vite'));

function bundlePlugin() {
  return bundle('index.js', {
    format: 'esm',
    platform: 'node',
    target: 'node20',
    mainFields: ['module', 'main'],
    minifyWhitespace: true,
    minifySyntax: true,
    define: { JUZI_VERSION: JSON.stringify(version) },
    // A CommonJS package needs `require`, which a module lacks.
    banner: {
      js: "import { createRequire as __createRequire } from 'node:module';\nconst require = __createRequire(import.meta.url);",
    },
  });
}

async function bundle(entry, options) {
  const { outputFiles } = await build({
    entryPoints: [join(template, 'src', entry)],
    // esbuild writes paths in comments relative to this.
    absWorkingDir: root,
    bundle: true,
    charset: 'utf8',
    legalComments: 'none',
    sourcemap: 'external',
    // Not written: the sources' paths in the map are relative to it.
    outfile: join(root, 'pkg-vite/script.js'),
    write: false,
    alias: { 'juzi:host': join(root, 'www/host.js') },
    ...options,
  });
  const [map, script] = outputFiles;
  return new Script(script.text, JSON.parse(map.text));
}

/** The types of what `require` returns: the function itself, which returns a promise. */
function requiredTypes(text) {
  return text.replaceAll('export interface', 'interface').replace(
    /export default function juzi\((.*)\): JuziPlugin;/,
    (_, parameters) => `declare function juzi(${parameters}): Promise<JuziPlugin>;

declare namespace juzi {
  export { juzi as default, JuziOptions, JuziPlugin };
}

export = juzi;`,
  );
}
