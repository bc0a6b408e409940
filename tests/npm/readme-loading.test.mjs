// The blocks of the package's readmes that show how to load it, unchanged, in both languages.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { HTML, inHost, packed } from './pages.mjs';
import { launch, project, root, serve, startWorkbench, tools } from './workshop.mjs';

const CONTACT = `{ contact: (await juziWx.getCurExternalContact()).userId, engine: juziWx.env.engine }`;
const SHOW = `document.documentElement.dataset.result = JSON.stringify(${CONTACT});`;
const RUNS = { contact: 'wmA', engine: 'wasm' };

/** The block after the comment `<!-- tested: NAME -->`. */
function block(readme, name) {
  const found = new RegExp(`<!-- tested: ${name} -->\n\`\`\`\\w+\n([\\s\\S]*?)\`\`\``).exec(readme);
  assert.ok(found, `there is no block "${name}"`);
  return found[1];
}

/** Builds a page for production and serves it. */
async function built(t, code) {
  const made = project(packed.tarball, { 'index.html': HTML('<script type="module" src="./main.ts"></script>'), 'main.ts': code });
  t.after(made.remove);
  symlinkSync(join(tools, 'node_modules/vite'), made.path('node_modules/vite'));
  execFileSync('node', [join(tools, 'node_modules/vite/bin/vite.js'), 'build', '--logLevel', 'error'], { cwd: made.dir, stdio: 'pipe' });
  const site = await serve(made.path('dist'));
  t.after(site.close);
  return site.url;
}
const viteBuilds = async (t, code) => inHost(await built(t, code));

test('the page with a bundler works in the workbench as it is in production', async (t) => {
  const url = await built(t, block(readFileSync(join(root, 'pkg-template/README.md'), 'utf8'), 'Vite') + SHOW);
  const { address } = await startWorkbench(t, '--page', url);
  const browser = await launch();
  t.after(() => browser.close());
  const page = await browser.newPage();
  await page.goto(address);
  const shown = page.frameLocator('[data-testid=sidebar] iframe').locator('html[data-result]');
  await shown.waitFor();
  const { contact } = JSON.parse(await shown.getAttribute('data-result'));
  assert.match(contact, /^wm/);
});

for (const file of ['README.md', 'README.zh-CN.md']) {
  const readme = readFileSync(join(root, 'pkg-template', file), 'utf8');

  test(`${file}: the script tag`, async (t) => {
    // The tag has the address of a file on the network, which tests do not have. This call does not need the SDK.
    const html = block(readme, 'script tag')
      .replace('https://cdn.jsdelivr.net/npm/juzi-helper-wasm/', '/node_modules/juzi-helper-wasm/')
      .replace(/<script src="https:.*\n/, '');
    const made = project(packed.tarball, {
      'index.html': HTML(`<script>window.wx = {}; console.log = (...told) => { window.told = told; };</script>${html}
      <script type="module">await juziWx.getCurExternalContact(); document.documentElement.dataset.result = JSON.stringify(told);</script>`),
    });
    t.after(made.remove);
    const site = await serve(made.dir);
    t.after(site.close);
    assert.deepEqual((await inHost(site.url)).result, ['wmA', 'getCurExternalContact:ok']);
  });

  test(`${file}: a page with a bundler, built by Vite`, async (t) => {
    // The host of this test is no subdomain of Juzi's. It is on this machine, as the page is.
    const code = block(readme, 'Vite');
    const { result, sent } = await viteBuilds(t, `${code}${SHOW}`);
    assert.deepEqual(result, RUNS);
    assert.match(sent[0].messages[0].content.content, /wmA$/);
  });

  test(`${file}: the file of its own, built by Vite`, async (t) => {
    const code = block(readme, 'external').replace('import { init }', 'import { init, juziWx }');
    assert.deepEqual((await viteBuilds(t, `${code}${SHOW}`)).result, RUNS);
  });
}
