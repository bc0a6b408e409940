/** The versions in CHANGELOG.md, or in CHANGELOG.zh-CN.md. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './places.mjs';

const FILES = { en: 'CHANGELOG.md', zh: 'CHANGELOG.zh-CN.md' };

/** The date of an unreleased section: that of the last change to the file; without a repository, the day of the build. */
function dateOfFile(file) {
  try {
    return (
      execFileSync('git', ['log', '-1', '--format=%cs', '--', file], {
        cwd: root,
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'ignore'],
      }).trim() || today()
    );
  } catch {
    return today();
  }
}
const today = () => new Date().toISOString().slice(0, 10);

/** @param {'en' | 'zh'} language @returns {{ version: string, date: string, text: string }[]} Newest first. */
export function changes(language) {
  const file = FILES[language];
  const [, ...parts] = readFileSync(join(root, file), 'utf8').split(/^## /m);
  return parts.map((part) => {
    const [heading, ...rest] = part.split('\n');
    const version = /\[?([^\]\s]+)/.exec(heading)?.[1] ?? heading;
    return { version, date: /\d{4}-\d{2}-\d{2}/.exec(heading)?.[0] ?? dateOfFile(file), text: rest.join('\n').trim() };
  });
}
