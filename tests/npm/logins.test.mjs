// The servers of the login guide and of the package's readme, with the workbench as Juzi's hub: one for each framework, and one without
// JavaScript. What a login must do stands once; a row of the table says how to start a server.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { after, before, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { block, dev, filesUnder, pack, project, root, startWorkbench, tool, tools } from './workshop.mjs';

const ORIGIN = 'https://page.example';
const SECRET = 'a secret of more than 32 characters';
const snippets = join(root, 'site/snippets/login');
const modules = join(tools, 'node_modules');

/** By the heading in the guide: where the guide puts `login.js`, and how the server starts. It resolves with the server's address. */
const SERVERS = {
  Node: { login: 'login.js', start: node },
  Hono: { login: 'login.js', start: node },
  'Express 5': { login: 'login.js', start: node },
  Fastify: { login: 'login.js', start: node },
  Koa: { login: 'login.js', start: node },
  'Next.js': { login: 'login.js', start: next },
  Nuxt: { login: 'server/utils/login.js', start: nitro },
  SvelteKit: { login: 'src/lib/server/login.js', start: svelteKit },
  'Cloudflare Workers': { login: 'login.js', start: worker },
  'A server in Python': { start: python },
};

async function listening(t, env, command, cwd, pattern = /port (\d+)/) {
  const variables = Object.entries({ PORT: '0', ...env }).map(([name, value]) => `${name}=${value}`);
  const server = await dev(t, 'env', [...variables, ...command], cwd);
  const [, port] = await server.says(pattern);
  return `http://localhost:${port}`;
}

function node(t, { dir, main }, env) {
  return listening(t, env, ['node', main], dir);
}

function python(t, { dir, main }, env) {
  return listening(t, env, ['python3', main], dir);
}

function next(t, { dir, write, path }, env) {
  write('package.json', '{ "private": true }');
  // The tools are in a folder above the project.
  write('next.config.mjs', `export default { turbopack: { root: ${JSON.stringify(tools)} } };`);
  write('app/layout.js', 'export default function Layout({ children }) { return <html lang="en"><body>{children}</body></html>; }');
  for (const name of ['next', 'react', 'react-dom']) symlinkSync(join(modules, name), path('node_modules', name));
  const command = ['node', join(modules, 'next/dist/bin/next'), 'dev', '--hostname', 'localhost'];
  return listening(t, { ...env, NEXT_TELEMETRY_DISABLED: '1' }, command, dir, /http:\/\/localhost:([1-9]\d*)/);
}

/** Nuxt's server is Nitro, which finds the same files. Nuxt's own build is of the pages. */
function nitro(t, { dir, write }, env) {
  write('nitro.config.mjs', "export default { srcDir: 'server', preset: 'node-server', compatibilityDate: '2026-01-01' };");
  const built = spawnSync('node', [join(modules, 'nitropack/dist/cli/index.mjs'), 'build'], { cwd: dir, encoding: 'utf8' });
  assert.equal(built.status, 0, built.stdout + built.stderr);
  return listening(t, env, ['node', '.output/server/index.mjs'], dir, /:(\d+)/);
}

function svelteKit(t, { dir, write }, env) {
  write('src/app.html', '<!doctype html>%sveltekit.head%<div>%sveltekit.body%</div>');
  write('vite.config.js', "import { sveltekit } from '@sveltejs/kit/vite'; export default { plugins: [sveltekit()] };");
  const command = ['node', join(modules, 'vite/bin/vite.js'), '--port', '0'];
  return listening(t, env, command, dir, /http:\/\/localhost:(\d+)/);
}

async function worker(t, { path, main }, bindings) {
  const { Miniflare } = await tool('miniflare');
  const { build } = await tool('esbuild');
  const bundled = await build({ entryPoints: [path(main)], bundle: true, write: false, format: 'esm' });
  const [{ text: script }] = bundled.outputFiles;
  const server = new Miniflare({ modules: true, script, compatibilityDate: '2026-04-01', cf: false, bindings });
  t.after(() => server.dispose());
  return (await server.ready).origin;
}

let packed;
/** The guide's own functions. They read the sessions of every server, since all have one form. */
let guide;
let home;
before(async () => {
  packed = pack();
  home = project(packed.tarball, { 'login.js': readFileSync(join(snippets, 'login.js'), 'utf8') });
  guide = await import(pathToFileURL(home.path('login.js')));
});
after(() => {
  home?.remove();
  packed?.remove();
});

/** A project with files by their path. */
function made(t, files, main) {
  const it = project(packed.tarball, {});
  t.after(it.remove);
  const write = (path, text) => {
    mkdirSync(dirname(it.path(path)), { recursive: true });
    writeFileSync(it.path(path), text);
  };
  for (const [path, text] of Object.entries(files)) write(path, text);
  return { ...it, write, main };
}

/** The snippets that a section of the guide includes, each with its path in the reader's project: the label, or else the file's name. */
function included(heading) {
  const text = readFileSync(join(root, 'site/docs/guide/login.md'), 'utf8');
  const section = text.split(/^#+ /m).find((part) => part.startsWith(`${heading}\n`)) ?? '';
  const lines = section.matchAll(/^<<< @\/\.\.\/snippets\/login\/([^\s{]+)(?:\{\w+\})?(?: \[([^\]]+)\])?$/gm);
  return [...lines].map(([, snippet, label]) => ({ snippet, path: label ?? basename(snippet) }));
}

const ALL = ['HttpOnly', 'Partitioned', 'Path=/', 'SameSite=None', 'Secure'];
const STACK = /\n\s+at |Traceback|node_modules/;

/** The cookies that an answer sets, each with the attributes that a cookie in another site's frame must have. */
function cookiesOf(answer) {
  return answer.headers.getSetCookie().map((text) => {
    const [pair, ...attributes] = text.split('; ');
    const age = attributes.find((it) => it.startsWith('Max-Age='));
    assert.deepEqual(attributes.filter((it) => it !== age).sort(), ALL, text);
    return { name: pair.split('=')[0], pair, age: Number(age.slice('Max-Age='.length)) };
  });
}

/** A browser, as far as a login needs one. */
const visitor = (at) => {
  const get = (path, cookie = '', headers = {}) => fetch(at + path, { redirect: 'manual', headers: { cookie, ...headers } });
  return {
    get,
    /** Begins a login and lets the hub answer. Returns the login's cookie, and the path to which the hub sends the browser back. */
    async begin(hub) {
      const login = await get('/login');
      assert.deepEqual([login.status, login.headers.get('cache-control')], [302, 'no-store']);
      const [cookie, ...others] = cookiesOf(login);
      assert.match(cookie.name, /^__Host-juzi-login-[a-f0-9]{8}$/);
      assert.deepEqual([others, cookie.age], [[], 600]);
      const address = login.headers.get('location');
      assert.ok(address.startsWith(`${hub}/oauth/connect/authorize?`), address);
      const back = (await fetch(address, { redirect: 'manual' })).headers.get('location');
      assert.ok(back.startsWith(`${ORIGIN}/callback?`), back);
      return { cookie, path: back.slice(ORIGIN.length) };
    },
  };
};

/** The answer to a login that failed is a page that says what to do. It removes the login's cookie if the login was this browser's. */
async function isProblem(answer, status, code, removed = []) {
  assert.deepEqual([answer.status, answer.headers.get('cache-control')], [status, 'no-store'], code);
  assert.match(answer.headers.get('content-type'), /^text\/html\b/);
  const page = await answer.text();
  assert.match(page, /<a href="\/login">Log in again/);
  assert.ok(page.includes(code), page);
  assert.doesNotMatch(page, STACK);
  assert.deepEqual(
    cookiesOf(answer).map(({ name, age }) => [name, age]),
    removed.map(({ name }) => [name, 0]),
  );
}

const setFault = (hub, errcode) =>
  fetch(`${hub}/_workbench/faults`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ getUserInfo: errcode }),
  }).then(({ ok }) => assert.ok(ok));

async function logsInByRedirect(at, hub, { userOf, hubFault = 502 }) {
  const { get, begin } = visitor(at);
  const { cookie, path } = await begin(hub);
  const other = await begin(hub);
  await isProblem(await get(path), 401, 'state_mismatch');
  await isProblem(await get(path, other.cookie.pair), 401, 'state_mismatch');
  await isProblem(await get(path.replace(/state=\w{4}/, 'state=0000'), cookie.pair), 401, 'state_mismatch');
  await isProblem(await get('/callback'), 401, 'state_mismatch');

  const both = `${other.cookie.pair}; ${cookie.pair}`;
  const ended = await get(path, both);
  // Away from the address that has the code, which a reload would redeem again.
  assert.deepEqual([ended.headers.get('location'), ended.headers.get('cache-control')], ['/', 'no-store']);
  assert.ok([302, 303].includes(ended.status), `${ended.status}`);
  const cookies = cookiesOf(ended);
  const [removal, session] = ['__Host-juzi-login', '__Host-session'].map((name) => cookies.find((it) => it.name.startsWith(name)));
  assert.deepEqual([cookies.length, removal.name, removal.age], [2, cookie.name, 0]);
  assert.equal(session.age, 8 * 3_600);
  if (userOf) assert.equal((await userOf(session.pair)).userId, 'GuYan');
  await isProblem(await get(path, both), 401, 'invalid_code', [cookie]);

  for (const [errcode, code, status] of [
    [-2, 'expired_code', 401],
    [-5, 'unknown_error', hubFault],
  ]) {
    await setFault(hub, errcode);
    const failed = await begin(hub);
    await isProblem(await get(failed.path, failed.cookie.pair), status, code, [failed.cookie]);
  }
  await setFault(hub, 0);
  assert.equal((await get('/login', '', { 'sec-purpose': 'prefetch' })).status, 503);
  const five = Array.from({ length: 5 }, (_it, index) => `__Host-juzi-login-aaaaaaa${index}=x`).join('; ');
  const ages = cookiesOf(await get('/login', five)).map(({ age }) => age);
  assert.deepEqual(ages, [0, 600], 'the oldest makes room for the new one');
}

async function logsInFromTheSidebar(at, hub, { userOf }) {
  const post = (body, headers = { origin: ORIGIN }) =>
    fetch(`${at}/session`, { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body });
  const { currentConversation: conversationId } = await (await fetch(`${hub}/_workbench/config`)).json();
  const issued = await fetch(`${hub}/_workbench/codes`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ conversationId, via: 'sidebarAuth' }),
  });
  const { code } = await issued.json();
  const given = JSON.stringify({ code });
  for (const origin of ['https://evil.example', 'null', `${ORIGIN}.evil.example`, `${ORIGIN}:8443`, undefined]) {
    const refused = await post(given, origin === undefined ? {} : { origin });
    assert.deepEqual([refused.status, refused.headers.getSetCookie()], [403, []], `${origin}`);
  }
  for (const body of ['', '{', 'null', '[]', '{}', '{"code":7}', '{"code":"never-issued"}', `{"code":"${'long'.repeat(500)}"}`]) {
    const refused = await post(body);
    assert.ok(refused.status >= 400 && refused.status < 500, `${body}: ${refused.status}`);
    assert.deepEqual(refused.headers.getSetCookie(), []);
  }
  const session = await post(given);
  assert.deepEqual([session.status, await session.json()], [200, { userId: 'GuYan' }]);
  assert.equal(session.headers.get('cache-control'), 'no-store');
  const [cookie, ...others] = cookiesOf(session);
  assert.deepEqual(others, []);
  assert.equal((await userOf(cookie.pair)).userId, 'GuYan');
  const again = await post(given);
  assert.deepEqual([again.status, await again.text(), again.headers.getSetCookie()], [401, 'invalid_code', []]);
}

for (const [heading, { login, start }] of Object.entries(SERVERS)) {
  test(`${heading}: by redirect, from the sidebar, and what goes wrong`, { timeout: 180_000 }, async (t) => {
    const sources = included(heading);
    assert.notEqual(sources.length, 0, `the guide has no section "${heading}"`);
    const files = Object.fromEntries(sources.map(({ snippet, path }) => [path, readFileSync(join(snippets, snippet), 'utf8')]));
    if (login) files[login] = readFileSync(join(snippets, 'login.js'), 'utf8');
    const { address: hub } = await startWorkbench(t);
    const settings = { ORIGIN, SECRET, JUZI_HUB: hub };
    const at = await start(t, made(t, files, sources[0].path), settings);
    const userOf = (cookie) => guide.loginOf(settings).userOf({ headers: { cookie } });
    await logsInByRedirect(at, hub, { userOf });
    await logsInFromTheSidebar(at, hub, { userOf });
  });
}

test('a session counts until it ends, and only as it was signed', async (t) => {
  t.mock.method(globalThis, 'fetch', async () => Response.json({ errcode: 0, data: { userId: '林;=.\u{1f375}', corpId: 'ww1' } }));
  t.mock.timers.enable({ apis: ['Date'], now: Date.now() });
  const { session, userOf } = guide.loginOf({ ORIGIN, SECRET });
  const request = { headers: { origin: ORIGIN } };
  const [{ pair }] = cookiesOf(await session(request, { code: 'f00d' }));
  const user = (cookie, of = userOf) => of({ headers: new Headers({ cookie }) });
  assert.deepEqual(await user(`a=b; ${pair}; c=d`), { userId: '林;=.\u{1f375}', corpId: 'ww1' });
  const forged = [pair.replace('ww1', 'ww2'), pair.slice(0, -1), `x${pair}`, '__Host-session=', '__Host-session=.', 'a=b'];
  for (const cookie of forged) assert.equal(await user(cookie), null, cookie);
  assert.equal(await user(pair, guide.loginOf({ ORIGIN, SECRET: SECRET.toUpperCase() }).userOf), null);
  t.mock.timers.tick(8 * 3_600_000);
  assert.equal(await user(pair), null);
  // Settings that are missing let nobody in.
  await assert.rejects(guide.loginOf({ ORIGIN, SECRET: 'short' }).session(request, { code: 'f00d' }), /SECRET must have/);
  assert.equal((await guide.loginOf({ SECRET }).session({ headers: {} }, { code: 'f00d' })).status, 403);
});

test('the readme: by redirect, and what goes wrong', async (t) => {
  const { transformSync } = await tool('esbuild');
  const { address: hub } = await startWorkbench(t);
  const files = {
    'app.mjs': transformSync(block(/setSignedCookie/), { loader: 'ts' }).code,
    'main.mjs': `import { serve } from '@hono/node-server'; import app from './app.mjs';
      serve({ fetch: app.fetch, port: 0 }, ({ port }) => console.log('port ' + port));`,
  };
  const at = await node(t, made(t, files, 'main.mjs'), { ORIGIN, SECRET, JUZI_HUB: hub });
  // Hono signs the session.
  await logsInByRedirect(at, hub, { hubFault: 401 });
});

test('every file of the guide’s login is part of one of these servers, or of the page', () => {
  const ours = Object.keys(SERVERS).flatMap((heading) => included(heading).map(({ snippet }) => snippet));
  const files = filesUnder(snippets).map((file) => relative(snippets, file));
  assert.deepEqual([...ours, 'login.js', 'page.js'].sort(), files.sort());
});
