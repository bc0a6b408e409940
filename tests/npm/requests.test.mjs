// No request ends a server that we ship or show. The requests of tests/vectors/requests.json are sent as written there. The servers in Rust
// have the same table: workbench/tests/abuse.rs, examples/login_server.rs.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { createHost } from '../../pkg/playwright.js';
import { throwAllAt } from './raw.mjs';
import { dev, launch, pack, plugin, project, root, startWorkbench, tools } from './workshop.mjs';

const SECRET = 'a secret of more than 32 characters';
/** An address at which nothing listens. */
const NO_HUB = 'http://127.0.0.1:9';

let packed = [];
before(() => (packed = [pack(), pack(plugin)]));
after(() => packed.forEach(({ remove }) => remove()));

function made(t, files) {
  const it = project(
    packed.map(({ tarball }) => tarball),
    files,
  );
  t.after(it.remove);
  return it;
}

async function port(server, pattern) {
  const [, found] = await server.says(pattern);
  return `http://127.0.0.1:${found}`;
}

/** A free port, for a server that accepts only a number. */
async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port: free } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return free;
}

const standing = async (origin, ordinary, options) => assert.deepEqual(await throwAllAt(origin, ordinary, options), []);

test('the workbench', async (t) => {
  const { address } = await startWorkbench(t);
  await standing(address, { path: '/host.js' });
});

for (const name of ['vite6', 'vite7', 'vite']) {
  test(`the plugin and the starter’s login server, in ${name}’s dev server`, async (t) => {
    const it = made(t, {
      'index.html': '<!doctype html><title>page</title>',
      'vite.config.js': `import juzi from 'vite-plugin-juzi'; import { loginServer } from './server/dev.js';
        export default { plugins: [juzi(), loginServer()], optimizeDeps: { noDiscovery: true } };`,
    });
    it.copy(join(root, 'starter/templates/node/server'), 'server');
    const server = await dev(t, 'node', [join(tools, 'node_modules', name, 'bin/vite.js'), '--port', '0', '--host', '127.0.0.1'], it.dir);
    await standing(
      await port(server, /Juzi: +http:\/\/127\.0\.0\.1:(\d+)\/__juzi\//),
      { path: '/__juzi/host.js' },
      {
        prefixes: ['', '/__juzi'],
        // Vite answers requests that are neither the console's nor the login's, some of them with 500.
        answers: (line) => /^GET \/(__juzi[/?]|api\/(login|callback|user)(\?|$)|[/\\])/.test(line),
        // Vite parses the target before it calls any plugin, and crashes by itself. No browser sends a target of this form.
        spares: (line) => /^GET http:\/\/(\[|x:99999)/.test(line),
      },
    );
  });
}

test('the starter’s server in production', async (t) => {
  const it = made(t, {});
  it.copy(join(root, 'starter/templates/node/server'), 'server');
  it.copy(join(root, 'starter/templates/shared/policy.json'), 'policy.json');
  mkdirSync(it.path('dist'));
  writeFileSync(it.path('dist/index.html'), '<!doctype html><title>page</title>');
  const server = await dev(
    t,
    'env',
    ['ORIGIN=https://page.example', `SECRET=${SECRET}`, `HUB=${NO_HUB}`, `PORT=${await freePort()}`, 'node', 'server/index.js'],
    it.dir,
  );
  await standing(await port(server, /port (\d+)/), { path: '/' });
});

for (const command of ['node server.mjs', 'python3 server.py']) {
  test(`the login guide’s server: ${command}`, async (t) => {
    const it = made(t, {});
    it.copy(join(root, 'site/snippets/login'), '.');
    const settings = ['ORIGIN=https://page.example', `SECRET=${SECRET}`, `JUZI_HUB=${NO_HUB}`, 'PORT=0'];
    const server = await dev(t, 'env', [...settings, ...command.split(' ')], it.dir);
    const origin = await port(server, /port (\d+)/);
    await standing(origin, { path: '/login', status: 302 });
  });
}

test('the site’s static server', async (t) => {
  const it = made(t, { 'index.html': '<!doctype html><title>page</title>' });
  for (const base of ['/', '/docs/']) {
    const script = `const { serveSite } = await import(${JSON.stringify(join(root, 'site/lib/static-server.mjs'))});
      console.log((await serveSite(${JSON.stringify(it.dir)}, { base: '${base}' })).url);`;
    const server = await dev(t, 'node', ['--input-type=module', '-e', script], it.dir);
    // It listens on 127.0.0.1.
    await standing(await port(server, /http:\/\/localhost:(\d+)/), { path: base }, { prefixes: ['', base.slice(0, -1)] });
  }
});

test('the console of the kit for Playwright', async (t) => {
  const browser = await launch();
  t.after(() => browser.close());
  const page = await browser.newPage();
  // The kit's page opens before the page under test, which does not exist, fails to load.
  await createHost(page, { url: `${NO_HUB}/` }).catch(() => {});
  await standing(new URL(page.url()).origin, { path: '/testing.js' });
});
