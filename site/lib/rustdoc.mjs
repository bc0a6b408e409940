/** Adds the crate's documentation, and moves its inline scripts into files. */
import { cpSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { externaliseScripts } from './inline-scripts.mjs';
import { pages, root } from './places.mjs';

/** Where `./build.sh site` lets cargo put it. */
const made = join(process.env.CARGO_TARGET_DIR ?? join(root, 'target'), 'site-doc/doc');

/** @param {string} to */
export function externaliseRustdoc(to) {
  if (!existsSync(made)) throw new Error(`${made} is missing: run ./build.sh site`);
  cpSync(made, to, { recursive: true });
  // Some of rustdoc's pages link to a list of crates, of which there is one.
  writeFileSync(
    join(to, 'index.html'),
    '<!doctype html>\n<title>juzi_helper</title>\n<meta http-equiv="refresh" content="0; url=juzi_helper/index.html">\n<a href="juzi_helper/index.html">juzi_helper</a>\n',
  );
  for (const entry of readdirSync(to, { recursive: true, withFileTypes: true })) {
    if (!entry.name.endsWith('.html')) continue;
    const file = join(entry.parentPath ?? entry.path, entry.name);
    writeFileSync(file, externaliseScripts(readFileSync(file, 'utf8'), pages));
  }
}
