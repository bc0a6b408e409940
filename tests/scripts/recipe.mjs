// Does the recipe "Adding a call" of docs/architecture.md in a copy of the tree: what stands there is enough, and what is forgotten
// is named. It compiles the crate again, so it is a step of its own: `./build.sh test recipe`.
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));
const recipe = /## Adding a call\n[^]*?(?=\n## )/.exec(readFileSync(join(root, 'docs/architecture.md'), 'utf8'))?.[0] ?? '';
const BLOCK = /<!-- recipe: (\S+), (before|after) (`+)(.*?)\3 -->\n\n( *)```\w+\n([^]*?)\n\5```$/gm;
const pieces = [...recipe.matchAll(BLOCK)].map(([, file, side, , anchor, indent, text]) => ({
  file,
  side,
  anchor,
  text: text.replaceAll(new RegExp(`^${indent}`, 'gm'), ''),
}));

let copy = '';
const read = (file) => readFileSync(join(copy, file), 'utf8');
const write = (file, text) => writeFileSync(join(copy, file), text);
/** Runs a command in the copy. @param {string} command @param {string[]} args @param {Record<string, string>} [env] */
function run(command, args, env = {}) {
  const { status, stdout, stderr } = spawnSync(command, args, {
    cwd: copy,
    encoding: 'utf8',
    env: { ...process.env, CARGO_TARGET_DIR: join(root, 'target/recipe'), NODE_TEST_CONTEXT: undefined, ...env },
  });
  return { status, output: `${stdout}\n${stderr}` };
}

const CHECKS = {
  rules: () => run('cargo', ['test', '--locked', '--quiet', '-p', 'juzi-helper', '--lib']),
  host: () => run('node', ['--test', 'tests/host/catalogue.test.mjs']),
  texts: () => run('node', ['--test', 'site/test/trees.test.mjs', 'site/test/guides.test.mjs', 'site/test/chinese.test.mjs']),
  js: () => run('node_modules/.bin/tsc', ['-p', 'www']),
  client: () =>
    run('cargo', ['check', '--locked', '--quiet', '-p', 'juzi-helper', '--target', 'wasm32-unknown-unknown', '--features', 'client']),
};
/** The check that names a file which was forgotten, by the recipe's table. */
const NAMED_BY = {
  'site/docs/guide/workbench.md': 'texts',
  'site/docs/zh/guide/workbench.md': 'texts',
  'site/reference/zh.mjs': 'texts',
  'www/host/types.js': 'js',
  'pkg-template/types/testing.d.ts': 'host',
};

/** Puts a piece where the recipe says, indented as the line that follows. */
function insert(piece) {
  const lines = read(piece.file).split('\n');
  const at = lines.findIndex((line) => line.includes(piece.anchor));
  assert.notEqual(at, -1, `${piece.file} has no ${piece.anchor}`);
  const line = piece.side === 'before' ? at : at + 1;
  const indent = /^ */.exec(lines[line])?.[0];
  piece.text = piece.text.replaceAll(/^(?=.)/gm, indent);
  lines.splice(line, 0, piece.text);
  write(piece.file, lines.join('\n'));
}

/** The marks of the Chinese, which the check gives. */
function withMarks() {
  const { output } = CHECKS.texts();
  const marked = read('site/reference/zh.mjs').replace(/'(index\.[\w.]+)': \['MARK'/g, (_, symbol) => {
    const mark = new RegExp(`'${symbol.replaceAll('.', '\\.')}': \\['([0-9a-f]{8})'`).exec(output)?.[1];
    assert.ok(mark, `the check names the mark of ${symbol}`);
    return `'${symbol}': ['${mark}'`;
  });
  write('site/reference/zh.mjs', marked);
}

before(() => {
  copy = mkdtempSync(join(tmpdir(), 'juzi recipe '));
  const files = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], { cwd: root, encoding: 'utf8' });
  for (const file of files.split('\0').filter(Boolean)) {
    mkdirSync(dirname(join(copy, file)), { recursive: true });
    cpSync(join(root, file), join(copy, file), { verbatimSymlinks: true });
  }
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));
});
after(() => rmSync(copy, { recursive: true, force: true }));

test('the recipe names as many files as it has', () => {
  assert.match(recipe, /^Twelve files are written by hand/m);
  assert.equal(pieces.length, 12);
});

test('what the recipe says is enough', () => {
  for (const piece of pieces) insert(piece);
  const generated = run('./build.sh', ['generate']);
  assert.equal(generated.status, 0, generated.output);
  // What is generated has a sentence too.
  withMarks();
  for (const [name, check] of Object.entries(CHECKS)) {
    const { status, output } = check();
    assert.equal(status, 0, `${name}:\n${output}`);
  }
  assert.match(read('docs/public-api.txt'), /chat_tags/);
  for (const file of ['src/browser/calls.js', 'www/lib/catalogue.js', 'pkg-template/README.md', 'docs/spec.zh-CN.md']) {
    assert.match(read(file), /getChatTags/, file);
  }
});

for (const added of pieces.slice(1)) {
  const { file } = added;
  test(`${file}: a check names it when it is forgotten`, () => {
    const whole = read(file);
    const piece = file === 'site/reference/zh.mjs' ? whole.split('\n').find((line) => line.includes('getChatTags')) : added.text;
    assert.ok(whole.includes(`${piece}\n`), `the piece stands in ${file}`);
    write(file, whole.replace(`${piece}\n`, ''));
    try {
      const { status, output } = CHECKS[NAMED_BY[file] ?? 'rules']();
      assert.notEqual(status, 0, 'nothing fails');
      assert.match(output, /getChatTags|\btags\b/);
      if (!NAMED_BY[file]) assert.ok(output.includes(`${file}: getChatTags`), output);
    } finally {
      write(file, whole);
    }
  });
}
