// The login in each JavaScript runtime that a page's server may be written for, against a hub on this machine.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, beforeEach, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { createGzip, gzipSync } from 'node:zlib';
import { bun, pkg, root, tool, tools } from './workshop.mjs';

const folder = join(root, 'tests/npm/runtimes');
const USER = JSON.stringify({ errcode: 0, data: { userId: 'lin' } });
const MEGABYTE = Buffer.alloc(1024 * 1024, ' ');
const JSON_TYPE = { 'content-type': 'application/json' };

/** Redeeming each code. The body of the bomb is 64 MB of white space, and then a user. */
const ANSWERS = {
  'good-code': (response) => response.writeHead(200, { ...JSON_TYPE, 'content-encoding': 'gzip' }).end(gzipSync(USER)),
  'plain-300-code': (response) => response.writeHead(200, JSON_TYPE).end(USER + ' '.repeat(300 * 1024)),
  'gzip-bomb-code': async (response) => response.writeHead(200, { ...JSON_TYPE, 'content-encoding': 'gzip' }).end(await bomb),
  // Practically endless.
  'endless-code': (response) => {
    response.writeHead(200, JSON_TYPE);
    const write = () => {
      if (response.destroyed) return;
      // So that a client that reads on ends, too.
      if (sent >= 256 * MEGABYTE.length) {
        response.end();
        return;
      }
      sent += MEGABYTE.length;
      response.write(MEGABYTE, () => setImmediate(write));
    };
    write();
  },
  'broken-code': (response) => response.writeHead(200, JSON_TYPE).end('<html>'),
  'error-500-code': (response) => response.writeHead(500, JSON_TYPE).end(USER),
  'used-code': (response) => response.writeHead(200, JSON_TYPE).end('{"errcode":-1,"errmsg":"used-code was used, %75sed-code\\n"}'),
  'silent-code': () => waiting.get(silentOnes())?.end(),
  'half-code': (response) => response.writeHead(200, JSON_TYPE).write('{"errcode"'),
};

const EXPECTED = {
  'good-code': ['lin', true],
  'plain-300-code': ['bad_answer', true],
  'gzip-bomb-code': ['bad_answer', true],
  'endless-code': ['bad_answer', true],
  'broken-code': ['bad_answer', true],
  'error-500-code': ['bad_answer', true],
  'used-code': ['invalid_code', true],
  'redirect-301-code': ['hub_unreachable', true],
  'redirect-302-code': ['hub_unreachable', true],
  'redirect-303-code': ['hub_unreachable', true],
  'redirect-307-code': ['hub_unreachable', true],
  'redirect-308-code': ['hub_unreachable', true],
  'silent-code': ['timeout', true],
  'half-code': ['timeout', true],
  'silent-code, aborted': ['aborted', true],
  'aborted before': ['aborted', true],
  'long code': ['invalid_code', true],
  prefetched: [503, null],
};

/** The responses that wait for requests about the silent code, and the number that each waits for. */
const waiting = new Map();

let bomb;
let hub;
let base;
/** Bytes of the endless answer. */
let sent;
/** Codes that were redeemed, and addresses to which a redirect led. */
let asked;
let home;

const silentOnes = () => asked.filter((code) => code === 'silent-code').length;

function answer(request, response) {
  const url = new URL(request.url, base);
  if (url.pathname === '/silent') {
    const count = Number(url.searchParams.get('count'));
    if (silentOnes() >= count) response.end();
    else waiting.set(count, response);
    return;
  }
  if (url.pathname === '/oauth/connect/authorize') {
    const back = new URL(url.searchParams.get('redirect_uri'));
    back.searchParams.set('code', url.searchParams.get('issue'));
    back.searchParams.set('state', url.searchParams.get('state'));
    response.writeHead(302, { location: back.href }).end();
    return;
  }
  const code = url.searchParams.get('code');
  asked.push(url.pathname === '/api/v1/oauth/getUserInfo' ? code : url.pathname);
  const [, status] = /^redirect-(\d+)-code$/.exec(code) ?? [];
  if (status) response.writeHead(Number(status), { location: `${base}/elsewhere?code=${code}` }).end(USER);
  else if (ANSWERS[code]) void ANSWERS[code](response);
  else response.end(USER);
}

before(async () => {
  home = mkdtempSync(join(tmpdir(), 'runtimes-'));
  const gzip = createGzip();
  const parts = [];
  gzip.on('data', (part) => parts.push(part));
  bomb = new Promise((resolve) => gzip.on('end', () => resolve(Buffer.concat(parts))));
  for (let count = 0; count < 64; count += 1) gzip.write(MEGABYTE);
  gzip.end(USER);
  assert.ok((await bomb).length < 300_000);
  hub = createServer(answer);
  // Otherwise it might close an idle connection just when a busy runtime uses it again.
  hub.keepAliveTimeout = 0;
  await new Promise((resolve) => hub.listen(0, '127.0.0.1', resolve));
  base = `http://127.0.0.1:${hub.address().port}`;
});
after(() => {
  hub.closeAllConnections();
  hub.close();
  rmSync(home, { recursive: true, force: true });
});
beforeEach(() => {
  asked = [];
  waiting.clear();
  sent = 0;
});

/** Checks that every login ended as it must, that each code went once and only to the hub, and that a refused answer is not read on. */
function check(results) {
  assert.deepEqual(results, JSON.parse(JSON.stringify(EXPECTED)));
  // A silent hub gets two requests: one that times out, and one that is aborted.
  assert.deepEqual(asked.sort(), [...Object.keys(EXPECTED).filter((name) => name.endsWith('-code')), 'silent-code'].sort());
  assert.ok(sent < 128 * MEGABYTE.length, `${sent} bytes were read of an endless answer`);
}

/** Runs a program in this environment alone, and returns what it prints as JSON. */
async function printed(command, args) {
  const deno = { DENO_DIR: join(home, 'deno'), DENO_NO_UPDATE_CHECK: '1' };
  const env = {
    PATH: process.env.PATH,
    HOME: home,
    NO_COLOR: '1',
    ...deno,
    BASE: base,
    PACKAGE: pathToFileURL(join(pkg, 'oauth.js')).href,
  };
  const child = spawn(command, [...args, join(folder, 'main.mjs')], { cwd: home, env });
  let [out, err] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text) => {
    out += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text) => {
    err += text;
  });
  const status = await new Promise((resolve, reject) => child.once('error', reject).once('close', resolve));
  assert.equal(status, 0, err);
  return JSON.parse(out);
}

test('Node', async () => check(await printed(process.execPath, [])));
test('Deno', async () => check(await printed(join(tools, 'node_modules/.bin/deno'), ['run', '--no-lock', '--allow-all'])));
test('Bun', async () => check(await printed(bun(), ['run'])));

// Before the second date, Cloudflare's workers refuse the request's member `cache`; at no date do they take `redirect: 'error'`.
for (const compatibilityDate of ['2023-08-01', '2026-04-01']) {
  test(`workerd, as of ${compatibilityDate}`, async (t) => {
    const { Miniflare } = await tool('miniflare');
    const worker = `import { run } from './login.js'; import * as oauth from './oauth.js';
      export default { fetch: async (request) => Response.json(await run(oauth, new URL(request.url).searchParams.get('base'))) };`;
    const [login, oauth] = [join(folder, 'login.js'), join(pkg, 'oauth.js')].map((file) => readFileSync(file, 'utf8'));
    const files = { 'worker.js': worker, 'login.js': login, 'oauth.js': oauth };
    const modules = Object.entries(files).map(([path, contents]) => ({ type: 'ESModule', path, contents }));
    const workers = new Miniflare({ modules, compatibilityDate, cf: false });
    t.after(() => workers.dispose());
    const response = await workers.dispatchFetch(`http://worker.invalid/?base=${encodeURIComponent(base)}`);
    const text = await response.text();
    assert.equal(response.status, 200, text);
    check(JSON.parse(text));
  });
}

test('the edge runtime of Vercel and Next.js', async () => {
  const { EdgeRuntime } = await tool('edge-runtime');
  const { build } = await tool('esbuild');
  const contents = `import { run } from './login.js'; import * as oauth from ${JSON.stringify(join(pkg, 'oauth.js'))};
    const answer = async ({ url }) => Response.json(await run(oauth, new URL(url).searchParams.get('base')));
    const failed = (error) => new Response(String(error?.stack ?? error), { status: 500 });
    addEventListener('fetch', (event) => event.respondWith(answer(event.request).catch(failed)));`;
  const bundled = await build({ stdin: { contents, resolveDir: folder }, bundle: true, write: false, format: 'iife' });
  const [{ text: initialCode }] = bundled.outputFiles;
  const response = await new EdgeRuntime({ initialCode }).dispatchFetch(`http://edge.invalid/?base=${encodeURIComponent(base)}`);
  const text = await response.text();
  assert.equal(response.status, 200, text);
  check(JSON.parse(text));
});
