// `node scripts/check-release.mjs v1.2.3` fails unless that is the version in Cargo.toml and has a section with a date in CHANGELOG.md.
import { readFileSync } from 'node:fs';
import { versionOf } from './bundle/entries.mjs';

const [tag] = process.argv.slice(2);
const version = versionOf(readFileSync('Cargo.toml', 'utf8'));
const section = new RegExp(`^## \\[${version.replaceAll('.', '\\.')}\\] - \\d{4}-\\d{2}-\\d{2}$`, 'm');

if (tag !== `v${version}`) fail(`the tag is ${tag}, but the version in Cargo.toml is ${version}`);
if (!section.test(readFileSync('CHANGELOG.md', 'utf8'))) fail(`CHANGELOG.md has no section "## [${version}] - YYYY-MM-DD"`);
console.log(`${tag} can be released`);

function fail(message) {
  console.error(`error: ${message}`);
  process.exit(1);
}
