// The projects that the playground offers, from the packages as they are published: they build, their tests pass and fail when they should,
// and the page is the same in the plugin's console.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, before, test } from 'node:test';
import { assemblePlayground } from '../../site/playground/assemble.mjs';
import { examples, sourceOf } from '../../site/playground/examples.mjs';
import { projectOf } from '../../site/playground/project.mjs';
import { dev, launch, openIn, pack, plugin, project } from './workshop.mjs';

/** With the package, with a timeout, with media, with the tags of an SDK; and what each shows in the console. */
const CASES = {
  start: { selector: '#name', shows: '林晓棠' },
  lost: { selector: '#out', shows: '"name"', timeout: 1500 },
  image: { selector: '#out', shows: 'sendChatMessage:ok' },
  jweixin: { selector: '#out', shows: 'getCurExternalContact:ok', tags: true },
  'wecom-jssdk': { selector: '#out', shows: 'getCurExternalContact:ok', tags: true },
};

let packed = [];
let browser;
let playground;
before(async () => {
  packed = [pack(), pack(plugin)];
  browser = await launch();
  playground = mkdtempSync(join(tmpdir(), 'playground-'));
  assemblePlayground(playground, {});
});
after(async () => {
  await browser?.close();
  for (const { remove } of packed) remove();
  rmSync(playground, { recursive: true });
});

/** @param {{ html: string, script: string }} source */
function create(t, source) {
  const it = project(
    packed.map(({ tarball }) => tarball),
    {},
  );
  t.after(it.remove);
  const { texts, copies } = projectOf(source, JSON.parse(readFileSync(join(playground, 'starter.json'), 'utf8')));
  for (const [path, text] of Object.entries(texts)) {
    mkdirSync(dirname(it.path(path)), { recursive: true });
    writeFileSync(it.path(path), text);
  }
  for (const [path, from] of Object.entries(copies)) cpSync(join(playground, from), it.path(path));
  return it;
}

const run = (it, ...args) =>
  spawnSync('npm', args, { cwd: it.dir, encoding: 'utf8', env: { ...process.env, NO_COLOR: '1', FORCE_COLOR: '0' } });

for (const [id, { selector, shows, timeout, tags = false }] of Object.entries(CASES)) {
  test(`the example ${id} as a project: it builds, is tested, and runs in the plugin's console`, async (t) => {
    const it = create(
      t,
      sourceOf(
        examples.find((one) => one.id === id),
        'en',
      ),
    );
    const built = run(it, 'run', 'build');
    assert.equal(built.status, 0, built.stdout + built.stderr);
    // Under the policy neither scripts nor styles may be in the markup.
    assert.doesNotMatch(readFileSync(it.path('dist/index.html'), 'utf8'), /<script(?![^>]*\bsrc=)|<style/);
    const main = readFileSync(it.path('src/main.js'), 'utf8');
    assert.equal(main.includes("from 'juzi-helper-wasm'"), !tags);
    if (timeout) assert.ok(main.includes(`timeout: ${timeout} });`));
    if (tags) assert.equal(JSON.parse(readFileSync(it.path('package.json'), 'utf8')).scripts.test, undefined);
    else {
      const tested = run(it, 'test');
      assert.match(tested.stdout, /Tests +1 passed/, tested.stdout + tested.stderr);
    }
    const { says } = await dev(t, 'npm', ['run', 'dev', '--', '--port', '0', '--host', '127.0.0.1'], it.dir);
    const [, address] = await says(/Juzi: +(http:\/\/127\.0\.0\.1:\d+\/__juzi\/)/);
    const { page, problems } = await openIn(t, browser, address);
    await page.frameLocator('#frame').locator(selector).filter({ hasText: shows }).waitFor({ timeout: 120_000 });
    assert.deepEqual(problems, []);
  });
}

test('the project’s test fails on a page that throws, at once or later', async (t) => {
  const { html, script } = sourceOf(examples[0], 'en');
  for (const broken of [`${script}\nmissing();`, `${script}\nvoid Promise.reject(new Error('later'));`]) {
    const { status, stdout, stderr } = run(create(t, { html, script: broken }), 'test');
    assert.equal(status, 1, stdout + stderr);
    assert.match(stdout + stderr, /missing is not defined|later/);
  }
});

test('a page with scripts of its own keeps them, in files', (t) => {
  const html = '<script src="../../vendor/juzi-helper.js"></script>\n<p>\n<script>\njuziWx.config({});\n</script>';
  const it = create(t, { html, script: 'go();' });
  const page = readFileSync(it.path('index.html'), 'utf8');
  assert.ok(page.startsWith('<script src="/vendor/juzi-helper.js"></script>\n<p>\n<script src="/inline-1.js"></script>'));
  assert.equal(readFileSync(it.path('public/inline-1.js'), 'utf8').trim(), 'juziWx.config({});');
  assert.equal(readFileSync(it.path('src/main.js'), 'utf8'), 'go();');
  assert.ok(readFileSync(it.path('public/vendor/juzi-helper.js'), 'utf8').length > 1_000);
});
