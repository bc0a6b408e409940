// `juzi-helper-wasm/oauth` in Node: the cases shared with the crate, a hub that simulates failures, and the workbench's hub.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import * as oauth from '../../pkg/oauth.js';
import { CHROMIUM_ARGS, chromium, root, startWorkbench, tool } from './workshop.mjs';

const vectors = JSON.parse(readFileSync(join(root, 'tests/oauth-vectors.json'), 'utf8'));
const builds = { import: oauth, require: createRequire(import.meta.url)('../../pkg/oauth.cjs') };

for (const [how, { OAuthError, authorizeUrl, parseCallback, parseUserInfo, userInfoUrl }] of Object.entries(builds)) {
  const functions = {
    authorizeUrl: ({ redirectUri, state, base }) => authorizeUrl({ redirectUri, state, base }),
    parseCallback: ({ url, expectedState }) => parseCallback(url, expectedState),
    userInfoUrl: ({ authorizationCode, base }) => userInfoUrl(authorizationCode, { base }),
    parseUserInfo: ({ body, authorizationCode }) => parseUserInfo(body, authorizationCode),
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

test('a callback can be a URL, and a value that is not text is refused by name', () => {
  assert.equal(oauth.parseCallback(new URL('https://page.example/?code=a&state=b'), 'b').code, 'a');
  for (const missing of [undefined, null, 7])
    assert.throws(() => oauth.parseCallback('/?code=a&state=7', missing), { code: 'state_mismatch' });
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

// ---- A hub; each test sets its answer ----

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

test('an HTTP status other than 200 is reported', async () => {
  answer = (_request, response) => response.writeHead(502).end('{"errcode":0,"data":{"userId":"lin"}}');
  await assert.rejects(oauth.getUserInfo('a', { base }), {
    code: 'bad_answer',
    message: "the hub's answer is not usable: HTTP status 502",
  });
});

test('a redirect is not followed: the code stays with the hub', async () => {
  asked = [];
  answer = (_request, response) => response.writeHead(302, { location: `${base}/elsewhere?code=a` }).end();
  await assert.rejects(oauth.getUserInfo('a', { base }), { code: 'hub_unreachable' });
  assert.deepEqual(asked, ['/api/v1/oauth/getUserInfo?code=a']);
});

/** A timeout that only the test ends. */
const TIMEOUT = 54_321;

/** Ends the timeout as soon as the head of the hub's answer has arrived, while its body is being read. */
function endTimeInBody(t) {
  const real = { fetch, setTimeout };
  let end;
  t.mock.method(globalThis, 'setTimeout', (run, delay, ...more) =>
    delay === TIMEOUT ? void (end = run) : real.setTimeout(run, delay, ...more),
  );
  t.mock.method(globalThis, 'fetch', async (...given) => {
    const response = await real.fetch(...given);
    setImmediate(() => end());
    return response;
  });
}

test('a hub that does not answer: timeout', async () => {
  answer = () => {};
  await assert.rejects(oauth.getUserInfo('a', { base, timeout: 50 }), { code: 'timeout', message: 'no answer from the hub within 50 ms' });
});

test('a body that never ends: timeout', async (t) => {
  answer = (_request, response) => response.writeHead(200).write('{"errcode"');
  endTimeInBody(t);
  await assert.rejects(oauth.getUserInfo('a', { base, timeout: TIMEOUT }), {
    code: 'timeout',
    message: `no answer from the hub within ${TIMEOUT} ms`,
  });
});

test('an AbortSignal aborts the request, before it and during it', async () => {
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

test("a platform's error that contains the address is not passed on, because the address contains the code", async (t) => {
  for (const failure of [
    (url) => new TypeError(`error sending request for url (${url})`),
    (url) => Object.assign(new Error('no'), { path: url }),
  ]) {
    t.mock.method(globalThis, 'fetch', async (url) => {
      throw failure(url);
    });
    const error = await oauth.getUserInfo('f00dcafe', { base }).catch((thrown) => thrown);
    assert.deepEqual([error.code, error.cause], ['hub_unreachable', undefined]);
    t.mock.restoreAll();
  }
});

test('a bad code, base or timeout is refused before any request', async () => {
  asked = [];
  await assert.rejects(oauth.getUserInfo('', { base }), { code: 'missing_code', errcode: -4 });
  await assert.rejects(oauth.getUserInfo('a', { base: 'hub' }), { code: 'invalid_base' });
  for (const timeout of [0, -1, NaN, 2 ** 31, '10'])
    await assert.rejects(oauth.getUserInfo('a', { base, timeout }), { code: 'invalid_timeout' });
  assert.deepEqual(asked, []);
});

test('the error has the text of a hub that refuses, but not the code in it', async () => {
  answer = (_request, response) => response.end('{"errcode":-1,"errmsg":"invalid code f00dcafe"}');
  const error = await oauth.getUserInfo('f00dcafe', { base }).catch((thrown) => thrown);
  assert.equal(error.message, 'invalid code … (errcode -1)');
  assert.doesNotMatch(error.stack, /f00dcafe/);
});

// ---- startLogin and handleCallback ----

const secret = 'a secret of thirty-two characters';
const redirectUri = 'https://page.example/callback?tab=1';
const lin = '{"errcode":0,"data":{"userId":"lin"}}';

/** Begins a login. Returns the cookie as the browser sends it back, its attributes, and the address that the hub sends the browser to. */
async function begin(options) {
  const response = await oauth.startLogin({ redirectUri, secret, base, ...options });
  assert.equal(response.status, 302);
  assert.equal(response.headers.get('cache-control'), 'no-store');
  const login = new URL(response.headers.get('location'));
  const [cookie, ...attributes] = response.headers.get('set-cookie').split('; ');
  const state = login.searchParams.get('state');
  return { login, cookie, attributes, state, back: `${redirectUri}&code=f00d&state=${state}&juziBotId=bot-1` };
}

const request = (url, cookie) => new Request(url, { headers: { cookie } });

test('a login succeeds in the browser that began it, with the user', async () => {
  answer = (_request, response) => response.end(lin);
  const { login, cookie, attributes, back } = await begin();
  assert.equal(login.href.split('?')[0], `${base}/oauth/connect/authorize`);
  assert.equal(login.searchParams.get('redirect_uri'), redirectUri);
  assert.deepEqual(attributes, ['Path=/', 'Max-Age=600', 'HttpOnly', 'Secure', 'SameSite=None', 'Partitioned']);
  asked = [];
  const { user, juziBotId, setCookie } = await oauth.handleCallback(request(back, `a=b; ${cookie}; c=d`), { secret, base });
  assert.deepEqual([user.userId, juziBotId], ['lin', 'bot-1']);
  assert.deepEqual(asked, ['/api/v1/oauth/getUserInfo?code=f00d']);
  assert.equal(setCookie, `${cookie.split('=')[0]}=; Path=/; Max-Age=0; HttpOnly; Secure; SameSite=None; Partitioned`);
});

test("the request can be Node's: a path, and headers in an object", async () => {
  answer = (_request, response) => response.end(lin);
  const { cookie, back } = await begin();
  const { user } = await oauth.handleCallback({ url: back.replace('https://page.example', ''), headers: { cookie } }, { secret, base });
  assert.equal(user.userId, 'lin');
});

test('another browser, another state and a forged or old cookie: state_mismatch, and the code is not redeemed', async (t) => {
  answer = (_request, response) => response.end(lin);
  const { cookie, state, back } = await begin();
  const other = await begin();
  const [value, expires, signature] = cookie.split('.');
  asked = [];
  for (const [given, url] of [
    ['', back],
    [other.cookie, back],
    [cookie, back.replace(state, other.state)],
    [cookie, back.replace(`&state=${state}`, '')],
    [cookie.replace('__Host-juzi-login', 'juzi-login'), back],
    [`not${cookie}`, back],
    [`${value}.${Number(expires) + 1}.${signature}`, back],
    [`${other.cookie.split('.')[0]}.${expires}.${signature}`, `${redirectUri}&code=f00d&state=${other.state}`],
    [`${value}.${expires}.${'0'.repeat(64)}`, back],
    [`${value}.${expires}`, back],
    [(await begin({ secret: secret.toUpperCase() })).cookie, back],
  ]) {
    const error = await oauth.handleCallback(request(url, given), { secret, base }).catch((thrown) => thrown);
    assert.ok(error instanceof oauth.OAuthError, `${given}: ${error}`);
    assert.equal(error.code, 'state_mismatch', given);
    for (const hidden of [state, other.state, 'f00d', secret]) assert.ok(!`${error.stack}`.includes(hidden), error.stack);
  }
  t.mock.timers.enable({ apis: ['Date'], now: Date.now() + 601_000 });
  await assert.rejects(oauth.handleCallback(request(back, cookie), { secret, base }), { code: 'state_mismatch' });
  assert.deepEqual(asked, []);
});

/** Keeps cookies as a browser does: by name, until they are removed. */
function jar() {
  const kept = new Map();
  return {
    take: (response) => {
      for (const text of response.headers.getSetCookie()) {
        const [, name, value] = /^([^=]+)=([^;]*)/.exec(text);
        if (/Max-Age=0/.test(text)) kept.delete(name);
        else kept.set(name, value);
      }
    },
    headers: (more = {}) => ({ headers: { cookie: [...kept].map(([name, value]) => `${name}=${value}`).join('; '), ...more } }),
    names: () => [...kept.keys()],
  };
}

const stateOf = (response) => new URL(response.headers.get('location')).searchParams.get('state');
const backWith = (state) => `${redirectUri}&code=f00d&state=${state}`;

test('logins in two tabs at once both succeed, whichever ends first', async () => {
  answer = (_request, response) => response.end(lin);
  const browser = jar();
  const states = [];
  // Both begin before either has its cookie.
  for (const response of await Promise.all([1, 2].map(() => oauth.startLogin({ redirectUri, secret, base, request: browser.headers() })))) {
    browser.take(response);
    states.push(stateOf(response));
  }
  for (const state of states.reverse()) {
    const { user, setCookie } = await oauth.handleCallback({ url: backWith(state), ...browser.headers() }, { secret, base });
    assert.equal(user.userId, 'lin');
    browser.take({ headers: { getSetCookie: () => [setCookie] } });
    await assert.rejects(oauth.handleCallback({ url: backWith(state), ...browser.headers() }, { secret, base }), {
      code: 'state_mismatch',
    });
  }
  assert.deepEqual(browser.names(), []);
});

test('a browser has five logins at most: the oldest goes, and the newest is the last cookie of the answer', async (t) => {
  answer = (_request, response) => response.end(lin);
  t.mock.timers.enable({ apis: ['Date'], now: Date.now() });
  const browser = jar();
  const states = [];
  for (let count = 0; count < 8; count += 1) {
    t.mock.timers.tick(1_000);
    const response = await oauth.startLogin({ redirectUri, secret, base, request: new Request(redirectUri, browser.headers()) });
    browser.take(response);
    states.push(stateOf(response));
    assert.match(response.headers.getSetCookie().at(-1), new RegExp(`^__Host-juzi-login-${states.at(-1).slice(0, 8)}=${states.at(-1)}`));
  }
  assert.deepEqual(
    browser.names(),
    states.slice(-5).map((state) => `__Host-juzi-login-${state.slice(0, 8)}`),
  );
  await assert.rejects(oauth.handleCallback({ url: backWith(states[2]), ...browser.headers() }, { secret, base }), {
    code: 'state_mismatch',
  });
  await oauth.handleCallback({ url: backWith(states[3]), ...browser.headers() }, { secret, base });
});

test('cookies that only look like a login do no harm', async () => {
  const odd = [
    '__Host-juzi-login-=x',
    '__Host-juzi-login-A/;=x',
    '__Host-juzi-login',
    ...Array.from({ length: 9 }, (_it, index) => `__Host-juzi-login-aaaaaaa${index}=\u0000`),
    '=',
  ].join('; ');
  const response = await oauth.startLogin({ redirectUri, secret, base, request: { headers: { cookie: odd } } });
  assert.equal(response.headers.getSetCookie().length, 6);
  await assert.rejects(oauth.startLogin({ redirectUri, secret, base, request: 7 }), { code: 'invalid_request' });
});

test('a prefetch begins no login', async () => {
  for (const header of [
    { 'sec-purpose': 'prefetch' },
    { 'sec-purpose': 'prefetch;prerender' },
    { purpose: 'prefetch' },
    { 'x-moz': 'prefetch' },
  ]) {
    const response = await oauth.startLogin({ redirectUri, secret, base, request: { headers: header } });
    assert.deepEqual(
      [response.status, response.headers.get('location'), response.headers.get('set-cookie'), response.headers.get('cache-control')],
      [503, null, null, 'no-store'],
    );
  }
});

test('a login that fails is over as well: the error has the cookie that removes the login’s', async () => {
  const { cookie, state, back } = await begin();
  const removal = `__Host-juzi-login-${state.slice(0, 8)}=; Path=/; Max-Age=0; HttpOnly; Secure; SameSite=None; Partitioned`;
  const failure = (url, cookies) => oauth.handleCallback(request(url, cookies), { secret, base }).catch((thrown) => thrown);
  answer = (_request, response) => response.end('{"errcode":-1}');
  assert.equal((await failure(back, cookie)).setCookie, removal);
  assert.equal((await failure(back.replace('code=f00d', 'code='), cookie)).setCookie, removal);
  // A link that anybody can make removes nothing.
  assert.equal((await failure(back.replace(state, '0'.repeat(32)), cookie)).setCookie, undefined);
});

test('an answer is read only up to 64 KB, however the platform reads bodies', async (t) => {
  const whole = (size) => Buffer.from(lin.padEnd(size));
  const plain = (size, headers = {}) => ({ ok: true, status: 200, headers: new Headers(headers), arrayBuffer: async () => whole(size) });
  const stream = async function* (size) {
    for (let sent = 0; sent < size; sent += 1_024) yield whole(size).subarray(sent, sent + 1_024);
  };
  const large = "the hub's answer is not usable: it is larger than 64 KB";
  const unknown = "the hub's answer is not usable: its size cannot be known before it is read, and this platform cannot read it in parts";
  for (const [response, message] of [
    [new Response(whole(65_536))],
    [new Response(whole(65_537)), large],
    [{ ...plain(0), body: stream(65_536) }],
    [{ ...plain(0), body: stream(70_000) }, large],
    [plain(65_536, { 'content-length': '65536' })],
    [plain(65_537, { 'content-length': '65537' }), large],
    [plain(300), unknown],
    [plain(300, { 'content-length': '300', 'content-encoding': 'gzip' }), unknown],
    [new Response(null, { status: 204 }), "the hub's answer is not usable: it is not JSON"],
  ]) {
    t.mock.method(globalThis, 'fetch', async () => response);
    const outcome = await oauth.getUserInfo('f00d', { base }).then(
      ({ userId }) => userId,
      (error) => error.message,
    );
    assert.equal(outcome, message ?? 'lin');
    t.mock.restoreAll();
  }
});

test('a redirect is refused in the form that browsers give, without an address or a status', async (t) => {
  t.mock.method(globalThis, 'fetch', async () => ({ type: 'opaqueredirect', status: 0, ok: false, headers: new Headers(), body: null }));
  await assert.rejects(oauth.getUserInfo('f00d', { base }), {
    code: 'hub_unreachable',
    message: 'the hub cannot be reached: it redirects',
  });
});

test("the hub's refusals and a hub that is down have names", async () => {
  const { cookie, back } = await begin();
  for (const [errcode, code] of [
    [-1, 'invalid_code'],
    [-2, 'expired_code'],
    [-4, 'missing_code'],
    [-5, 'unknown_error'],
  ]) {
    answer = (_request, response) => response.end(JSON.stringify({ errcode, errmsg: 'no' }));
    await assert.rejects(oauth.handleCallback(request(back, cookie), { secret, base }), {
      name: 'OAuthError',
      code,
      errcode,
      message: `no (errcode ${errcode})`,
    });
  }
  await assert.rejects(oauth.handleCallback(request(back.replace('code=f00d', 'code='), cookie), { secret, base }), {
    code: 'missing_code',
  });
  await assert.rejects(oauth.handleCallback(request(back, cookie), { secret, base: 'http://127.0.0.1:1' }), { code: 'hub_unreachable' });
  answer = () => {};
  await assert.rejects(oauth.handleCallback(request(back, cookie), { secret, base, timeout: 50 }), { code: 'timeout' });
  answer = (_request, response) => response.end('<html>');
  await assert.rejects(oauth.handleCallback(request(back, cookie), { secret, base }), { code: 'bad_answer' });
});

test('bad options are refused by the name of the field', async () => {
  const message = 'secret must be a string of at least 32 characters';
  for (const bad of [undefined, '', 'too short', 42, new Uint8Array(32)]) {
    await assert.rejects(oauth.startLogin({ redirectUri, secret: bad }), { code: 'invalid_secret', message });
    await assert.rejects(oauth.handleCallback(request(redirectUri, ''), { secret: bad }), { code: 'invalid_secret', message });
  }
  await assert.rejects(oauth.startLogin({ redirectUri: '/callback', secret }), { code: 'invalid_redirect_uri' });
  await assert.rejects(oauth.startLogin({ redirectUri, secret, base: 'hub' }), { code: 'invalid_base' });
  for (const bad of [undefined, null, {}, { url: '/' }, { headers: {} }, '/callback']) {
    await assert.rejects(oauth.handleCallback(bad, { secret }), { code: 'invalid_request', message: /^request must be a Request/ });
  }
});

// ---- The workbench's hub ----

test('the whole login against the workbench: redirect, callback, user; the code works once', async (t) => {
  const { address } = await startWorkbench(t);
  const state = oauth.newState();
  const login = oauth.authorizeUrl({ base: address, redirectUri: 'https://page.example/callback?a=1', state });
  const redirect = await fetch(login, { redirect: 'manual' });
  assert.equal(redirect.status, 302);
  const { code, juziBotId } = oauth.parseCallback(redirect.headers.get('location'), state);
  const user = await oauth.getUserInfo(code, { base: address });
  assert.equal(user.botId, juziBotId);
  assert.deepEqual(Object.keys(user), ['userId', 'corpId', 'botId', 'orgId', 'uid', 'email']);
  assert.ok(Object.values(user).every((value) => value !== ''));
  await assert.rejects(oauth.getUserInfo(code, { base: address }), {
    code: 'invalid_code',
    errcode: -1,
    message: 'invalid authorization code (errcode -1)',
  });
});

/** A login through the hub, as a browser does it. Returns the request that the page's server gets. */
async function throughHub(options) {
  const { login, cookie } = await begin(options);
  const redirect = await fetch(login, { redirect: 'manual' });
  return request(redirect.headers.get('location'), cookie);
}

test('the handlers against the workbench: the user, then a replayed code, then no hub', async (t) => {
  const { workbench, address } = await startWorkbench(t);
  const options = { secret, base: address };
  const callback = await throughHub(options);
  const { user, juziBotId } = await oauth.handleCallback(callback, options);
  assert.equal(user.botId, juziBotId);
  await assert.rejects(oauth.handleCallback(callback, options), { code: 'invalid_code', errcode: -1 });

  const late = await throughHub(options);
  const stopped = new Promise((resolve) => workbench.once('exit', resolve));
  workbench.kill();
  await stopped;
  await assert.rejects(oauth.handleCallback(late, options), { code: 'hub_unreachable' });
});

test('the handlers against the workbench: a code that has expired by the hub’s clock', async (t) => {
  const { address } = await startWorkbench(t, '--code-ttl', '1');
  const options = { secret, base: address };
  // Redeeming ends a code, so each attempt needs a new one. A busy machine only makes it older.
  for (const wait of [1_000, 2_000, 4_000, 8_000]) {
    const late = await throughHub(options);
    await new Promise((resolve) => setTimeout(resolve, wait));
    const error = await oauth.handleCallback(late, options).then(
      () => undefined,
      (thrown) => thrown,
    );
    if (error === undefined) continue;
    assert.deepEqual([error.code, error.errcode], ['expired_code', -2]);
    return;
  }
  assert.fail('a code that lives for a second is good after eight');
});

test('the handlers in a frame of another site, in a browser that blocks third-party cookies', async (t) => {
  let address;
  const page = createServer(async (request, response) => {
    try {
      if (request.url.startsWith('/login')) {
        const { status, headers } = await oauth.startLogin({
          redirectUri: `http://${request.headers.host}/callback`,
          secret,
          base: address,
        });
        response.writeHead(status, Object.fromEntries(headers)).end();
      } else {
        const { user, setCookie } = await oauth.handleCallback(request, { secret, base: address });
        response.writeHead(200, { 'set-cookie': setCookie }).end(`user ${user.userId}`);
      }
    } catch (error) {
      response.writeHead(500).end(`failed: ${error.code}`);
    }
  });
  await new Promise((resolve) => page.listen(0, '127.0.0.1', resolve));
  t.after(() => {
    page.closeAllConnections();
    page.close();
  });
  ({ address } = await startWorkbench(t, '--page', `http://localhost:${page.address().port}/login`));
  const { chromium: engine } = await tool('@playwright/test');
  const browser = await engine.launch({ executablePath: chromium(), args: [...CHROMIUM_ARGS, '--test-third-party-cookie-phaseout'] });
  t.after(() => browser.close());
  const tab = await browser.newPage();
  await tab.goto(address);
  const body = tab.frameLocator('iframe').first().locator('body');
  await body.getByText(/^(user|failed)/).waitFor({ timeout: 20_000 });
  assert.match(await body.textContent(), /^user \w+/);
});
