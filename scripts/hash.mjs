// Prints one SHA-256 over standard input and every file under the paths given, names included.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

function* filesUnder(path) {
  if (!existsSync(path)) return;
  if (statSync(path).isFile()) {
    yield path;
    return;
  }
  for (const name of readdirSync(path).sort()) {
    if (name !== 'node_modules') yield* filesUnder(join(path, name));
  }
}

const hash = createHash('sha256').update(readFileSync(0));
for (const path of process.argv.slice(2)) {
  for (const file of filesUnder(path)) {
    const content = readFileSync(file);
    hash.update(`\0${file}\0${content.length}\0`).update(content);
  }
}
console.log(hash.digest('hex'));
