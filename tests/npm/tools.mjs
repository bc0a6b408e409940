// The tools that users of the package build and test with. `node tests/npm/tools.mjs` installs them. It is the only step of
// these tests that may use the registry; the tests themselves need no network.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const FILES = ['package.json', 'package-lock.json'];

/** Where the tools of a lock file are: outside the directories that the tests check; one directory for each version of the file. */
const directoryOf = (source) => {
  const hash = createHash('sha256');
  for (const file of FILES) hash.update(readFileSync(join(source, file)));
  return join(here, '../../target/npm-tools', hash.digest('hex').slice(0, 16));
};
/** Written last, so an interrupted installation does not have it. */
const done = (directory) => join(directory, 'installed');

export const tools = directoryOf(here);
/** Old ones: webpack 4, Vite 4 and 5, React 17, Vue 2.7 and 3.2. */
export const oldTools = directoryOf(join(here, 'old'));
export const nuxtTools = directoryOf(join(here, 'nuxt'));

export function assertInstalled() {
  if ([tools, oldTools, nuxtTools].every((directory) => existsSync(done(directory)))) return;
  throw new Error('the tools of these tests are not installed: run `node tests/npm/tools.mjs`, or `./build.sh test npm`, which does');
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  install(here, tools, 'the tools that the package’s users build with, from the npm registry (about 1 min)');
  install(join(here, 'old'), oldTools, 'old tools and frameworks, in which the package has to work');
  install(join(here, 'nuxt'), nuxtTools, 'Nuxt');
}

function install(source, directory, what) {
  if (existsSync(done(directory))) return;
  console.log(`installing ${what}…`);
  mkdirSync(dirname(directory), { recursive: true });
  // Two runs may install at the same time. Each installs into its own directory, and the first to finish is kept.
  const fresh = mkdtempSync(`${directory}-`);
  for (const file of FILES) cpSync(join(source, file), join(fresh, file));
  const { status } = spawnSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], { cwd: fresh, stdio: 'inherit' });
  if (status !== 0) {
    rmSync(fresh, { recursive: true });
    console.error(`npm ci failed for ${join(source, 'package-lock.json')} (exit status ${status})`);
    process.exit(1);
  }
  writeFileSync(done(fresh), '');
  if (existsSync(done(directory))) rmSync(fresh, { recursive: true });
  else renameSync(fresh, directory);
}
