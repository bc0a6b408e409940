// The tools that users of the package build and test with. `node tests/npm/tools.mjs` installs them. It is the only step of
// these tests that may use the registry; the tests themselves need no network.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const files = ['package.json', 'package-lock.json'];
const hash = createHash('sha256');
for (const file of files) hash.update(readFileSync(join(here, file)));

/** Outside the directories that the tests check; one directory for each version of the lock file. */
export const tools = join(here, '../../target/npm-tools', hash.digest('hex').slice(0, 16));
/** Written last, so an interrupted installation does not have it. */
const done = join(tools, 'installed');

export function assertInstalled() {
  if (!existsSync(done)) throw new Error('the tools of these tests are not installed: run `node tests/npm/tools.mjs`, or `./build.sh test npm`, which does');
}

if (process.argv[1] === fileURLToPath(import.meta.url) && !existsSync(done)) install();

function install() {
  console.log('installing the tools that the package’s users build with, from the npm registry (about 1 min)…');
  mkdirSync(dirname(tools), { recursive: true });
  // Two runs may install at the same time. Each installs into its own directory, and the first to finish is kept.
  const fresh = mkdtempSync(`${tools}-`);
  for (const file of files) cpSync(join(here, file), join(fresh, file));
  const { status } = spawnSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], { cwd: fresh, stdio: 'inherit' });
  if (status !== 0) {
    rmSync(fresh, { recursive: true });
    console.error(`npm ci failed for tests/npm/package-lock.json (exit status ${status})`);
    process.exit(1);
  }
  writeFileSync(join(fresh, 'installed'), '');
  if (existsSync(done)) rmSync(fresh, { recursive: true });
  else renameSync(fresh, tools);
}
