/** The versions in CHANGELOG.md. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './places.mjs';

/** What has no release yet has the date of the last change to the file; without a repository, the day of the build. */
function dateOfFile() {
  try {
    return execFileSync('git', ['log', '-1', '--format=%cs', '--', 'CHANGELOG.md'], { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim() || today();
  } catch {
    return today();
  }
}
const today = () => new Date().toISOString().slice(0, 10);

/** @returns {{ version: string, date: string, text: string }[]} Newest first. */
export function changes() {
  const [, ...parts] = readFileSync(join(root, 'CHANGELOG.md'), 'utf8').split(/^## /m);
  return parts.map((part) => {
    const [heading, ...rest] = part.split('\n');
    const version = /\[?([^\]\s]+)/.exec(heading)?.[1] ?? heading;
    return { version, date: /\d{4}-\d{2}-\d{2}/.exec(heading)?.[0] ?? dateOfFile(), text: rest.join('\n').trim() };
  });
}
