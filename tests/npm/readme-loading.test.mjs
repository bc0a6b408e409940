// The blocks of the package's readmes that show how to load it, unchanged, in both languages.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { HTML, inHost, packed } from './pages.mjs';
import { project, root, serve, tools } from './workshop.mjs';

const CONTACT = `{ contact: (await juziWx.getCurExternalContact()).userId, engine: juziWx.env.engine }`;
const SHOW = `document.documentElement.dataset.result = JSON.stringify(${CONTACT});`;
const RUNS = { contact: 'wmA', engine: 'wasm' };

/** The block after the comment `<!-- tested: NAME -->`. */
function block(readme, name) {
  const found = new RegExp(`<!-- tested: ${name} -->\n\`\`\`\\w+\n([\\s\\S]*?)\`\`\``).exec(readme);
  assert.ok(found, `there is no block "${name}"`);
  return found[1];
}

async function viteBuilds(t, code) {
  const made = project(packed.tarball, { 'index.html': HTML('<script type="module" src="./main.ts"></script>'), 'main.ts': code });
  t.after(made.remove);
  symlinkSync(join(tools, 'node_modules/vite'), made.path('node_modules/vite'));
  execFileSync('node', [join(tools, 'node_modules/vite/bin/vite.js'), 'build', '--logLevel', 'error'], { cwd: made.dir, stdio: 'pipe' });
  const site = await serve(made.path('dist'));
  t.after(site.close);
  return inHost(site.url);
}

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
    // The host of this test is no subdomain of Juzi's.
    const code = block(readme, 'Vite').replace("'https://*.juzibot.com'", "'http://127.0.0.1:*', document.referrer");
    const { result, sent } = await viteBuilds(t, `${code}${SHOW}`);
    assert.deepEqual(result, RUNS);
    assert.match(sent[0].messages[0].content.content, /wmA$/);
  });

  test(`${file}: the file of its own, built by Vite`, async (t) => {
    const code = block(readme, 'external').replace('import { init }', 'import { init, juziWx }');
    assert.deepEqual((await viteBuilds(t, `${code}${SHOW}`)).result, RUNS);
  });
}
