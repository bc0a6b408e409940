/** Moves built pages to another base: the base is a literal in them, which nothing else contains. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { extname, join } from 'node:path';

const TEXTS = new Set(['.html', '.js', '.css', '.json', '.txt', '.xml', '.md']);

/** @param {string} dir @param {string} from @param {string} to Both with a slash at the beginning and at the end. */
export function relocate(dir, from, to) {
  for (const entry of readdirSync(dir, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || !TEXTS.has(extname(entry.name))) continue;
    const file = join(entry.parentPath ?? entry.path, entry.name);
    const text = readFileSync(file, 'utf8');
    if (text.includes(from)) writeFileSync(file, text.replaceAll(from, to));
  }
}
