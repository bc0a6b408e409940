// The formatter wraps code, not comments. `node scripts/line-width.mjs DIRECTORY|FILE…` lists the lines of comments over the limit.
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { extname, join } from 'node:path';

const LIMIT = 140;
const TYPES = ['.js', '.mjs', '.cjs', '.css', '.ts', '.mts', '.cts', '.jsx', '.vue'];
const SKIPPED = ['.git', 'node_modules', 'vendor', 'pkg', 'pkg-vite', 'target', 'dist'];
const COMMENT = /^\s*(\/\/|\/\*|\* )/;

function* files(path) {
  if (!statSync(path).isDirectory()) return yield path;
  for (const entry of readdirSync(path, { withFileTypes: true })) {
    if (entry.isDirectory() ? !SKIPPED.includes(entry.name) : TYPES.includes(extname(entry.name))) yield* files(join(path, entry.name));
  }
}

let found = 0;
for (const file of process.argv.slice(2).flatMap((path) => [...files(path)])) {
  readFileSync(file, 'utf8')
    .split('\n')
    .forEach((line, i) => {
      const { length } = Array.from(line);
      if (length <= LIMIT || !COMMENT.test(line)) return;
      found++;
      console.error(`${file}:${i + 1}: ${length} characters, of ${LIMIT} at most`);
    });
}
if (found > 0) process.exitCode = 1;
