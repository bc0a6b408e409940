// `juzi-helper-wasm/oauth` in Node: the cases shared with the crate, a hub that simulates failures, and the workbench's hub.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import * as oauth from '../../pkg/oauth.js';
import { root } from './workshop.mjs';

const vectors = JSON.parse(readFileSync(join(root, 'tests/oauth-vectors.json'), 'utf8'));
const builds = { import: oauth, require: createRequire(import.meta.url)('../../pkg/oauth.cjs') };

for (const [how, { OAuthError, authorizeUrl, parseCallback, parseUserInfo, userInfoUrl }] of Object.entries(builds)) {
  const functions = {
    authorizeUrl: ({ redirectUri, state, base }) => authorizeUrl({ redirectUri, state, base }),
    parseCallback: ({ url, expectedState }) => parseCallback(url, expectedState),
    userInfoUrl: ({ authorizationCode, base }) => userInfoUrl(authorizationCode, { base }),
    parseUserInfo: ({ body }) => parseUserInfo(body),
  };
  for (const [name, run] of Object.entries(functions)) {
    test(`${name} (${how}) does what the crate's does`, () => {
      assert.ok(vectors[name].length > 3);
      for (const { name: title, result, error, ...given } of vectors[name]) {
        let actual;
        try {
          actual = run(given);
        } catch (thrown) {
          assert.ok(thrown instanceof OAuthError, `${title}: ${thrown}`);
          assert.equal(thrown.name, 'OAuthError');
          actual = { code: thrown.code, errcode: thrown.errcode, message: thrown.message };
        }
        // JSON has no undefined.
        const plain = JSON.parse(JSON.stringify(actual, (_key, value) => (value === undefined ? null : value)));
        assert.deepEqual(plain, result ?? error, title);
      }
    });
  }
}

test('a callback can be a URL, and what is no text is refused by name', () => {
  assert.equal(oauth.parseCallback(new URL('https://page.example/?code=a&state=b'), 'b').code, 'a');
  for (const missing of [undefined, null, 7]) assert.throws(() => oauth.parseCallback('/?code=a&state=7', missing), { code: 'state_mismatch' });
  assert.throws(() => oauth.authorizeUrl(), { code: 'invalid_redirect_uri' });
  assert.throws(() => oauth.authorizeUrl({ redirectUri: 'https://page.example/', state: 7 }), { code: 'invalid_state' });
  assert.throws(() => oauth.authorizeUrl({ redirectUri: 'https://page.example/', base: null }), { code: 'invalid_base' });
});

test('a thousand states: all different, all accepted by authorizeUrl', () => {
  const states = new Set(Array.from({ length: 1_000 }, oauth.newState));
  assert.equal(states.size, 1_000);
  for (const state of states) {
    assert.equal(state.length, 32);
    oauth.authorizeUrl({ redirectUri: 'https://page.example/', state });
  }
});

// ---- A hub whose answer each test sets ----

let answer;
let asked = [];
let hub;
let base;

before(async () => {
  hub = createServer((request, response) => {
    asked.push(request.url);
    answer(request, response);
  });
  await new Promise((resolve) => hub.listen(0, '127.0.0.1', resolve));
  base = `http://127.0.0.1:${hub.address().port}`;
});
after(() => {
  hub.closeAllConnections();
  hub.close();
});

test('an answer with another HTTP status than 200 is named', async () => {
  answer = (_request, response) => response.writeHead(502).end('{"errcode":0,"data":{"userId":"lin"}}');
  await assert.rejects(oauth.getUserInfo('a', { base }), { code: 'bad_answer', message: "the hub's answer is not usable: HTTP status 502" });
});

test('a redirect is not followed: the code stays with the hub', async () => {
  asked = [];
  answer = (_request, response) => response.writeHead(302, { location: `${base}/elsewhere?code=a` }).end();
  await assert.rejects(oauth.getUserInfo('a', { base }), { code: 'hub_unreachable' });
  assert.deepEqual(asked, ['/api/v1/oauth/getUserInfo?code=a']);
});

test('a hub that does not answer: timeout; a body that never ends: timeout', async () => {
  answer = () => {};
  await assert.rejects(oauth.getUserInfo('a', { base, timeout: 50 }), { code: 'timeout', message: 'no answer from the hub within 50 ms' });
  answer = (_request, response) => response.writeHead(200).write('{"errcode"');
  await assert.rejects(oauth.getUserInfo('a', { base, timeout: 50 }), { code: 'timeout' });
});

test('an AbortSignal gives the request up, before and during', async () => {
  const controller = new AbortController();
  answer = () => controller.abort('changed my mind');
  await assert.rejects(oauth.getUserInfo('a', { base, signal: controller.signal }), { code: 'aborted', cause: 'changed my mind' });
  asked = [];
  await assert.rejects(oauth.getUserInfo('a', { base, signal: controller.signal }), { code: 'aborted' });
  assert.deepEqual(asked, []);
});

test('a hub that is not there is unreachable, with the cause', async () => {
  const error = await oauth.getUserInfo('a', { base: 'http://127.0.0.1:1' }).catch((thrown) => thrown);
  assert.equal(error.code, 'hub_unreachable');
  assert.ok(error.cause instanceof Error);
});

test('a bad code, base or timeout is refused before anything is asked', async () => {
  asked = [];
  await assert.rejects(oauth.getUserInfo('', { base }), { code: 'missing_code', errcode: -4 });
  await assert.rejects(oauth.getUserInfo('a', { base: 'hub' }), { code: 'invalid_base' });
  for (const timeout of [0, -1, NaN, 2 ** 31, '10']) await assert.rejects(oauth.getUserInfo('a', { base, timeout }), { code: 'invalid_timeout' });
  assert.deepEqual(asked, []);
});

// ---- The workbench's hub ----

test('the whole login against the workbench: redirect, callback, user; the code works once', async (t) => {
  const binary = join(process.env.CARGO_TARGET_DIR ?? join(root, 'target'), 'debug/juzi-workbench');
  const workbench = spawn(binary, ['--port', '0'], { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, NO_COLOR: '1' } });
  t.after(() => workbench.kill());
  const address = await new Promise((resolve, reject) => {
    let output = '';
    const onOutput = (chunk) => {
      output += chunk;
      const found = /http:\/\/127\.0\.0\.1:\d+/.exec(output);
      if (found) resolve(found[0]);
    };
    workbench.stdout.on('data', onOutput);
    workbench.stderr.on('data', onOutput);
    workbench.on('error', reject);
    workbench.on('exit', () => reject(new Error(`the workbench ended: ${output}`)));
  });

  const state = oauth.newState();
  const login = oauth.authorizeUrl({ base: address, redirectUri: 'https://page.example/callback?a=1', state });
  const redirect = await fetch(login, { redirect: 'manual' });
  assert.equal(redirect.status, 302);
  const { code, juziBotId } = oauth.parseCallback(redirect.headers.get('location'), state);
  const user = await oauth.getUserInfo(code, { base: address });
  assert.equal(user.botId, juziBotId);
  assert.deepEqual(Object.keys(user), ['userId', 'corpId', 'botId', 'orgId', 'uid', 'email']);
  assert.ok(Object.values(user).every((value) => value !== ''));
  await assert.rejects(oauth.getUserInfo(code, { base: address }), { code: 'invalid_code', errcode: -1, message: 'invalid authorization code (errcode -1)' });
});
