/** Adds the crate's documentation, and moves its inline scripts into files. */
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { externaliseScripts } from './inline-scripts.mjs';
import { pages, root } from './places.mjs';

/** Where `./build.sh site` lets cargo put it. */
const built = join(process.env.CARGO_TARGET_DIR ?? join(root, 'target'), 'site-doc/doc');

/** @param {string} to */
export function externaliseRustdoc(to) {
  if (!existsSync(built)) throw new Error(`${built} is missing: run ./build.sh site`);
  mkdirSync(to, { recursive: true });
  for (const name of readdirSync(built)) if (name !== 'src') cpSync(join(built, name), join(to, name), { recursive: true });
  for (const entry of readdirSync(to, { recursive: true, withFileTypes: true })) {
    if (!entry.name.endsWith('.html')) continue;
    const file = join(entry.parentPath ?? entry.path, entry.name);
    writeFileSync(file, externaliseScripts(readFileSync(file, 'utf8'), pages));
  }
}
