// The hub of the plugin for Vite, by the table that also tests the workbench's hub.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, request as httpRequest } from 'node:http';
import { createServer as createTlsServer, request as httpsRequest } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { serveFile } from '../../vite-plugin/src/files.js';
import { createHub } from '../../vite-plugin/src/hub.js';
import { hubsOf } from '../../vite-plugin/src/module.js';
import { followScenarioFile, readText, unwritable } from '../../vite-plugin/src/scenario-file.js';
import { answerTo, asWritten, isDocument, spellings } from './raw.mjs';
import { root } from './workshop.mjs';

const json = (...parts) => JSON.parse(readFileSync(join(root, ...parts), 'utf8'));
const wasm = readFileSync(join(root, 'pkg-vite/hub.wasm'));
/** The bundle has it of the build. */
globalThis.JUZI_VERSION = '0.0.0';
const { scenario, cases, hosts } = json('tests/vectors/hub.json');
const TEXT = JSON.stringify(scenario, null, 2);
const NOW = 1_700_000_000_000;
const METHODS = ['get', 'put', 'post', 'head'];

/** A hub below a prefix, with a clock that stands still. The scenario is this text in a file of this kind. */
async function start(t, prefix, { text = TEXT, kind = 'json', ...more } = {}) {
  const dir = mkdtempSync(join(tmpdir(), 'hub-'));
  const file = join(dir, `scenario.${kind}`);
  writeFileSync(file, text);
  const clock = { now: NOW };
  const lines = [];
  const hub = createHub({
    wasm,
    text,
    now: () => clock.now,
    warn: (line) => lines.push(line),
    settings: {
      version: '',
      path: prefix,
      page: '/',
      hosts: [],
      codeTtlMs: 300_000,
      scenarioFile: file,
      startMs: NOW,
      own: ['index.html'],
      media: ['/media/logo.svg'],
      ...more,
    },
  });
  const stop = followScenarioFile(file, text, (change) =>
    change.error ? hub.reportUnreadable(change.error.message) : hub.replaceScenario(change.text),
  );
  const server = createServer((request, response) =>
    hub
      .handle(request, response, request.url.slice(prefix.length), async () => {
        response.writeHead(404).end();
      })
      .catch(() => response.writeHead(500).end()),
  );
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => {
    stop();
    server.closeAllConnections();
    server.close();
    rmSync(dir, { recursive: true });
  });
  const origin = `http://127.0.0.1:${server.address().port}`;
  return { origin, base: origin + prefix, file, clock, hub, lines };
}

/** Not `fetch`, which refuses to send some of these headers. */
function ask(method, url, headers, body) {
  return new Promise((resolve, reject) => {
    const sent = httpRequest(url, { method, headers, agent: false }, (response) => resolve(response));
    sent.on('error', reject);
    sent.end(body);
  });
}

async function textOf(response) {
  let text = '';
  for await (const part of response.setEncoding('utf8')) text += part;
  return text;
}

/** The events of a stream, one after another. */
async function* eventsOf(response) {
  let unread = '';
  for await (const part of response.setEncoding('utf8')) {
    unread += part;
    for (let end = unread.indexOf('\n\n'); end >= 0; end = unread.indexOf('\n\n')) {
      const found = /^event: (.+)\ndata: (.+)$/m.exec(unread.slice(0, end));
      unread = unread.slice(end + 2);
      if (found) yield { name: found[1], data: JSON.parse(found[2]) };
    }
  }
}

/** The known values in place of `{names}`. */
const filled = (value, known) => JSON.parse(JSON.stringify(value).replace(/\{(\w+)\}/g, (all, name) => known[name] ?? all));

/** Checks that the value has all that is expected. A text that is only a `{name}` accepts any value, which becomes that name's. */
function compare(actual, expected, known, exact, path) {
  if (typeof expected === 'string' && /^\{\w+\}$/.test(expected)) {
    known[expected.slice(1, -1)] = actual;
    return;
  }
  if (typeof expected !== 'object' || expected === null || Array.isArray(expected)) {
    assert.deepEqual(actual, expected, path);
    return;
  }
  assert.ok(typeof actual === 'object' && actual !== null, `${path}: ${JSON.stringify(actual)}`);
  if (exact) assert.deepEqual(Object.keys(actual).sort(), Object.keys(expected).sort(), path);
  for (const [name, value] of Object.entries(expected)) compare(actual[name], value, known, exact, `${path}.${name}`);
}

function compareBody(step, data, known, about) {
  for (const [kind, exact] of [
    ['json', true],
    ['has', false],
  ])
    if (step[kind]) compare(data, filled(step[kind], known), known, exact, about);
}

async function makeRequest(it, step, known) {
  const method = METHODS.find((one) => one in step);
  const body = 'body' in step ? JSON.stringify(step.body) : undefined;
  const headers = { ...(body !== undefined && { 'content-type': 'application/json' }), ...filled(step.send ?? {}, known) };
  const response = await ask(method.toUpperCase(), it.base + filled(step[method], known), headers, body);
  const about = `${method} ${step[method]} ${JSON.stringify(step.send ?? '')}`;
  const text = await textOf(response);
  assert.equal(response.statusCode, step.status, `${about}: ${text}`);
  for (const [name, value] of Object.entries(step.headers ?? {})) assert.equal(response.headers[name], value, about);
  for (const name of step.absent ?? []) assert.equal(response.headers[name], undefined, about);
  for (const part of step.text ?? []) assert.ok(text.includes(part), `${about} lacks ${part}: ${text}`);
  for (const part of step.lacks ?? []) assert.ok(!text.includes(part), `${about} has ${part}`);
  if (step.location) {
    const [before, after] = step.location.split('{code}');
    const { location } = response.headers;
    assert.ok(location.startsWith(before) && location.endsWith(after), `${about}: ${location}`);
    known.code = location.slice(before.length, location.length - after.length);
    assert.match(known.code, /^[0-9a-f]{32}$/);
  }
  if (step.json || step.has) compareBody(step, JSON.parse(text), known, about);
}

for (const { name, steps } of cases) {
  test(`the hub: ${name}`, async (t) => {
    const it = await start(t, '/__juzi');
    const known = { origin: it.origin, base: it.base };
    let events;
    for (const step of steps) {
      if ('advance' in step) it.clock.now += step.advance;
      else if ('listen' in step) {
        const response = await ask('GET', `${it.base}/_workbench/events`, {});
        assert.equal(response.headers['content-type'], 'text/event-stream');
        events = eventsOf(response);
      } else if ('replace' in step) {
        it.text = TEXT.replace(...step.replace);
        assert.notEqual(it.text, TEXT);
        writeFileSync(it.file, it.text);
      } else if ('event' in step) {
        let { value } = await events.next();
        // Another table, hub-events.json, tests what the console's log shows.
        while (value.name !== step.event && value.name.startsWith('hub-')) ({ value } = await events.next());
        assert.equal(value.name, step.event);
        compareBody(step, value.data, known, step.event);
        if (step.lineOf) assert.equal((value.data[0] ?? value.data).line, it.text.split(step.lineOf)[0].split('\n').length, step.lineOf);
      } else await makeRequest(it, step, known);
    }
  });
}

test('the hub answers only to this machine’s names', async (t) => {
  const { base } = await start(t, '');
  for (const [kind, status] of [
    ['thisMachine', 200],
    ['others', 403],
    ['malformed', 403],
  ]) {
    for (const name of hosts[kind]) {
      for (const host of [name, `${name}:8787`]) {
        const answer = await answerTo(base, `GET /_workbench/config HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`);
        assert.equal(answer.status, status, `${kind}: ${host}`);
      }
    }
  }
});

test('other names are Vite’s to allow, and any address is', async (t) => {
  const status = async (base, name) =>
    (await answerTo(base, `GET /_workbench/config HTTP/1.1\r\nHost: ${name}\r\nConnection: close\r\n\r\n`)).status;
  const { base } = await start(t, '', { hosts: ['mine.example', '.below.example'] });
  for (const name of [...hosts.addresses, 'mine.example', 'below.example', 'a.below.example'])
    assert.equal(await status(base, name), 200, name);
  for (const name of [...hosts.others, 'a.mine.example', 'xbelow.example']) assert.equal(await status(base, name), 403, name);
  const open = await start(t, '', { hosts: true });
  for (const name of hosts.others) assert.equal(await status(open.base, name), 200, name);
  for (const name of hosts.malformed) assert.equal(await status(open.base, name), 403, name);
});

test('only the console may frame the console’s documents, however their paths are written', async (t) => {
  const server = createServer(async (request, response) => {
    if (!(await serveFile(join(root, 'www'), request.url.split('?')[0], request, response))) response.writeHead(404).end();
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => server.close());
  const origin = `http://127.0.0.1:${server.address().port}`;
  for (const file of ['index.html', 'console/icon.svg', 'media/logo.svg']) {
    assert.equal((await asWritten(origin, `/${file}`)).status, 200, file);
    for (const path of spellings(file)) {
      const answer = await asWritten(origin, path);
      assert.ok(
        !isDocument(answer) || answer.headers.get('content-security-policy') === "frame-ancestors 'self'",
        `${path}: ${answer.text.slice(0, 400)}`,
      );
    }
  }
});

test('only the console may frame a page with a refusal', async (t) => {
  const { base } = await start(t, '');
  for (const [query, status, headers] of [
    ['', 400],
    ['?redirect_uri=%2Fcb', 400],
    ['?redirect_uri=http%3A%2F%2Flocalhost', 403, { 'sec-fetch-dest': 'image', 'sec-fetch-site': 'cross-site' }],
  ]) {
    const answer = await ask('GET', `${base}/oauth/connect/authorize${query}`, headers ?? {});
    assert.equal(answer.statusCode, status);
    assert.match(answer.headers['content-security-policy'], /frame-ancestors 'self'/);
  }
});

test('the default scenario and all its times can be read', async (t) => {
  const text = readFileSync(join(root, 'www/scenarios/default.json'), 'utf8');
  const { base, lines } = await start(t, '', { text, scenarioFile: null });
  const { scenario: all } = JSON.parse(await textOf(await ask('GET', `${base}/_workbench/config`, {})));
  for (const chat of all.conversations) for (const { time } of chat.messages) assert.ok(Date.parse(time) <= NOW, time);
  assert.deepEqual(lines, []);
  assert.equal(Date.parse(all.conversations[0].messages[0].time), NOW - 27 * 3_600_000);
});

test('a scenario in TOML gives the same, and an error names its place', async (t) => {
  const toml = `conversations = []
[account]
botId = "b"
wxid = "w"
name = "n"
userId = "u"
corpId = "c"
orgId = "o"
uid = "i"
email = "e" # hers
`;
  const { base, file } = await start(t, '', { text: toml, kind: 'toml' });
  const config = JSON.parse(await textOf(await ask('GET', `${base}/_workbench/config`, {})));
  assert.equal(config.scenario.account.botId, 'b');
  assert.equal(config.scenarioWritable, true);
  config.scenario.account.name = 'another name';
  const put = await ask('PUT', `${base}/_workbench/scenario`, { 'content-type': 'application/json' }, JSON.stringify(config.scenario));
  assert.equal(put.statusCode, 200, await textOf(put));
  assert.equal(readFileSync(file, 'utf8'), toml.replace('"n"', '"another name"'));
  await assert.rejects(start(t, '', { text: toml.replace('wxid = ', 'wxid '), kind: 'toml' }), { message: /^line 4, column/ });
  await assert.rejects(start(t, '', { text: toml.replace('wxid', 'wxId'), kind: 'toml' }), { message: /account\.wxId: unknown field/ });
});

test('a scenario that may not be changed is not written, and the console knows why', async (t) => {
  const { base, file } = await start(t, '', { unwritable: 'read-only' });
  const { scenario, ...config } = JSON.parse(await textOf(await ask('GET', `${base}/_workbench/config`, {})));
  assert.equal(config.scenarioWritable, false);
  assert.equal(config.scenarioUnwritable, 'read-only');
  scenario.account.name = 'another name';
  const put = await ask('PUT', `${base}/_workbench/scenario`, { 'content-type': 'application/json' }, JSON.stringify(scenario));
  assert.equal(put.statusCode, 403);
  assert.match(await textOf(put), /is read-only/);
  assert.equal(readFileSync(file, 'utf8'), TEXT);
  assert.equal(await unwritable(file), undefined);
  chmodSync(file, 0o444);
  assert.equal(await unwritable(file), 'read-only');
});

test('the console writes the scenario back: what is below its path is not in the file, and an old revision changes nothing', async (t) => {
  const text = TEXT.replace('"account": {', '"account": { "avatar": "/media/logo.svg",');
  const { base, file } = await start(t, '/__juzi', { text });
  const config = async () => JSON.parse(await textOf(await ask('GET', `${base}/_workbench/config`, {})));
  const { scenario: shown, scenarioWritable } = await config();
  assert.equal(scenarioWritable, true);
  assert.equal(shown.account.avatar, '/__juzi/media/logo.svg');
  const put = (body) => ask('PUT', `${base}/_workbench/scenario`, { 'content-type': 'application/json' }, JSON.stringify(body));
  shown.account.name = 'another name';
  const answer = await put(shown);
  assert.equal(answer.statusCode, 200, await textOf(answer));
  assert.equal(JSON.parse(readFileSync(file, 'utf8')).account.name, 'another name');
  assert.equal(JSON.parse(readFileSync(file, 'utf8')).account.avatar, '/media/logo.svg');
  assert.equal((await put(shown)).statusCode, 409);
});

test('a body that is too long is refused', async (t) => {
  const { base } = await start(t, '');
  const put = (path, length) => ask('PUT', base + path, { 'content-type': 'application/json' }, `"${'x'.repeat(length)}"`);
  assert.equal((await put('/_workbench/faults', 65 * 1024)).statusCode, 413);
  assert.equal((await put('/_workbench/scenario', 65 * 1024)).statusCode, 400);
});

test('a hub that fails is started again, and says so', async (t) => {
  const { Instance } = WebAssembly;
  let fails = false;
  t.mock.method(WebAssembly, 'Instance', function (module, imports) {
    const { exports } = new Instance(module, imports);
    const call = () => {
      if (!fails) return exports.call();
      fails = false;
      throw new WebAssembly.RuntimeError('unreachable');
    };
    return { exports: { ...exports, call } };
  });
  const { base, lines } = await start(t, '');
  const stream = await ask('GET', `${base}/_workbench/events`, {});
  fails = true;
  assert.equal((await ask('GET', `${base}/_workbench/config`, {})).statusCode, 500);
  assert.match(lines.join(), /the hub failed and was started again.*unreachable/);
  await textOf(stream);
  assert.equal((await ask('GET', `${base}/_workbench/config`, {})).statusCode, 200);
});

test('nothing that a host could send makes the hub fail', () => {
  const make = hubsOf(wasm);
  let seed = 1;
  const random = (below) => {
    seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((seed / 2 ** 32) * below);
  };
  const settings = {
    version: '',
    path: '/x',
    page: '/',
    hosts: [],
    codeTtlMs: 1,
    scenarioFile: 'a.json',
    startMs: NOW,
    own: [],
    media: [],
    stream: 's',
  };
  const now = { ms: NOW, elapsedMs: 1, random: '0'.repeat(32) };
  const request = (method, path, query = '', body = '', ...headers) => ({
    op: 'request',
    now,
    request: { method, path, query, body, headers: [['host', 'localhost:1'], ['content-type', 'application/json'], ...headers] },
  });
  const samples = [
    { op: 'new', settings, text: TEXT },
    { op: 'replace', text: TEXT },
    { op: 'unreadable', message: 'why' },
    request('GET', '/_workbench/config'),
    request('GET', '/_workbench/events', 'window=w-1&after=0', '', ['last-event-id', 's-1']),
    request('POST', '/_workbench/codes', '', '{ "conversationId": "c1", "via": "sidebarAuth" }'),
    request('PUT', '/_workbench/scenario', '', JSON.stringify({ ...scenario, revision: '0' })),
    request('POST', '/_workbench/page-check', '', '{ "url": "localhost:5173/%f0?x=1" }'),
    request('GET', '/oauth/connect/authorize', 'redirect_uri=http%3A%2F%2Flocalhost%2F%3Fa%3D1%23b&state=abc', '', [
      'referer',
      'http://a/',
    ]),
    request('GET', '/api/v1/oauth/getUserInfo', 'code=%F0%9F%98%80'),
    { op: 'rewrite', task: 1, text: TEXT },
    {
      op: 'page',
      task: 2,
      elapsedMs: 1,
      status: 302,
      headers: [
        ['location', '/login'],
        ['set-cookie', 'a=b; Path=/; Secure'],
      ],
      body: '',
    },
    { op: 'leave', window: 'w-1' },
    { op: 'answered', request: request('GET', '/nothing').request, status: 404, location: 'http://a/?code=1', now },
  ];
  const odd = [
    '\0',
    '\ud800',
    '😀',
    '"',
    '[',
    '{',
    '-',
    '%',
    '9'.repeat(30),
    '1e999',
    '1970-01-01',
    '300000y ago',
    '\u202e',
    '\\',
    ':',
    '/',
    '[[',
    '#',
  ];
  const mutated = (text) => {
    const at = random(text.length + 1);
    const cut = random(4) === 0 ? random(40) : random(3);
    return (
      text.slice(0, at) +
      (random(4) === 0 ? text.slice(random(text.length)).slice(0, random(60)) : odd[random(odd.length)]) +
      text.slice(at + cut)
    );
  };
  const mutate = (value) => {
    if (typeof value === 'string') return mutated(value);
    if (Array.isArray(value) && value.length) return value.map((one, i) => (i === random(value.length) ? mutate(one) : one));
    if (typeof value === 'object' && value !== null) {
      const names = Object.keys(value);
      const name = names[random(names.length)];
      return { ...value, [name]: random(12) === 0 ? [null, -1, 1e300, '', [], {}][random(6)] : mutate(value[name]) };
    }
    return [value, -1, 1.5, null, 'x', 2 ** 53][random(6)];
  };
  let hub = make();
  hub(samples[0]);
  for (let count = 0; count < 6_000; count += 1) {
    const sample = samples[random(samples.length)];
    let given = { ...mutate(sample), ...(random(2) === 0 && { op: sample.op }) };
    for (let more = random(3); more > 0; more -= 1) given = mutate(given);
    try {
      assert.ok(Array.isArray(hub(given).events));
    } catch (error) {
      assert.fail(`${error.stack}\n${JSON.stringify(given)}`);
    }
    if (random(20) === 0) hub(samples[0]);
    if (random(500) === 0) hub = make();
  }
  // Deeper than the stack could follow.
  for (const [open, kind] of [
    ['[', 'json'],
    ['{"a":', 'json'],
    ['a = [', 'toml'],
    ['a = {a = ', 'toml'],
    ['a.', 'toml'],
  ]) {
    const { error } = hub({ op: 'new', settings: { ...settings, scenarioFile: `a.${kind}` }, text: open.repeat(100_000) });
    assert.equal(typeof error, 'string', open);
    hub(samples[0]);
    hub(request('PUT', '/_workbench/scenario', '', open.repeat(100_000)));
  }
});

test('a scenario file is read only up to the limit, however large it is', async () => {
  const limit = 16 * 1024 * 1024;
  for (const [endsAt, isRead] of [
    [limit, true],
    [limit + 1, false],
    [Infinity, false],
  ]) {
    let count = 0;
    const growing = {
      async read(buffer, offset, length) {
        const bytesRead = Math.min(length, endsAt - count);
        buffer.fill(' ', offset, offset + bytesRead);
        count += bytesRead;
        return { bytesRead, buffer };
      },
    };
    if (isRead) assert.equal((await readText(growing)).length, limit);
    else await assert.rejects(readText(growing), { message: /longer than 16777216 bytes/ });
    assert.ok(count <= limit + 1, `${count} bytes were read`);
  }
});

test('a website that asks for ten thousand codes takes none from the developer', async (t) => {
  const { base } = await start(t, '');
  const issue = async (to) => (await ask('GET', `${base}/oauth/connect/authorize?redirect_uri=${to}`, {})).headers.location;
  const own = new URL(await issue('http://localhost:1/')).searchParams.get('code');
  for (let i = 0; i < 10_001; i++) assert.ok(await issue('http://127.evil.example/'), 'a website’s code makes room');
  const answer = await ask('GET', `${base}/api/v1/oauth/getUserInfo?code=${own}`, {});
  assert.equal(JSON.parse(await textOf(answer)).errcode, 0);
});

test('the console’s log shows of each request what docs/workbench-protocol.md says', async (t) => {
  const { base, clock } = await start(t, '');
  const events = eventsOf(await ask('GET', `${base}/_workbench/events`, {}));
  const samples = new Map(json('tests/vectors/hub-events.json').map(({ name, event }) => [name, event]));
  const next = async () => {
    for (;;) {
      const { value } = await events.next();
      if (value.name === 'hub-request') return value.data;
    }
  };
  const get = (path, method = 'GET') => ask(method, base + path, {});
  /** The same event with the sample's codes in place of ours, which are random, and without the time that it took. */
  const check = async (name, code) => {
    const { event: { durationMs: ignored, ...event } = {} } = { event: samples.get(name) };
    const { durationMs, ...got } = JSON.parse(
      JSON.stringify(await next()).replaceAll(`${(code ?? 'none').slice(0, 6)}…`, event.code?.masked ?? ''),
    );
    assert.ok(durationMs >= 0);
    assert.deepEqual(got, event, name);
  };
  const answer = await get(
    '/oauth/connect/authorize?redirect_uri=http%3A%2F%2Flocalhost%3A5173%2Fapp%3Ftoken%3Dabcdef1234%26juziSidebar&state=s7aTe9xyz',
  );
  const code = new URL(answer.headers.location).searchParams.get('code');
  await check('authorize issues a code', code);
  const redeem = `/api/v1/oauth/getUserInfo?code=${code}`;
  for (const [name, at, path, method] of [
    ['getUserInfo redeems it', 1_500, redeem],
    ['the same code again', 4_500, redeem],
    ['a code that was never issued', 5_000, `/api/v1/oauth/getUserInfo?code=${'0'.repeat(32)}&secret=hunter22`],
    ['the path without /api', 6_000, `/v1/oauth/getUserInfo?code=${'0'.repeat(32)}`],
    ['the wrong method', 7_000, '/api/v1/oauth/getUserInfo', 'POST'],
    ['a parameter that authorize refuses', 8_000, '/oauth/connect/authorize?redirect_uri=%2Fcb'],
  ]) {
    clock.now = NOW + at;
    await get(path, method);
    await check(name, code);
  }
  clock.now = NOW + 10_000;
  const issued = await ask(
    'POST',
    `${base}/_workbench/codes`,
    { 'content-type': 'application/json' },
    '{ "conversationId": "c1", "via": "sidebarAuth" }',
  );
  const late = JSON.parse(await textOf(issued)).code;
  clock.now = NOW + 310_000;
  await get(`/api/v1/oauth/getUserInfo?code=${late}`);
  await check('a code whose time is over', late);
  await ask('PUT', `${base}/_workbench/faults`, { 'content-type': 'application/json' }, '{ "getUserInfo": -5 }');
  clock.now = NOW + 311_000;
  await get(`/api/v1/oauth/getUserInfo?code=${'0'.repeat(32)}`);
  await check('a fault that is switched on');
});

test('the hub belongs to the console window that claimed it last, until that window closes', async (t) => {
  const { base } = await start(t, '');
  const window = (id) => ask('GET', `${base}/_workbench/events?window=${id}&after=0`, {});
  const [first, second] = [await window('w-1'), await window('w-2')];
  const events = eventsOf(second);
  const put = (body) => ask('PUT', `${base}/_workbench/conversation`, { 'content-type': 'application/json' }, JSON.stringify(body));
  assert.equal((await put({ id: 'c2', window: 'w-1' })).statusCode, 204);
  assert.deepEqual((await events.next()).value, { name: 'hub-conversation', data: { id: 'c2', window: 'w-1' } });
  first.destroy();
  assert.deepEqual((await events.next()).value, { name: 'hub-conversation', data: { id: 'c2', window: null } });
  assert.equal((await put({ id: 'c2', window: '<script>' })).statusCode, 400);
});

test('the check requests the page once, and finds what keeps it out of the console', async (t) => {
  const { origin } = await start(t, '');
  const answers = {
    '/good': [200, { 'content-type': 'text/html' }],
    '/broken': [500, { 'content-type': 'text/html' }],
    '/deny': [200, { 'content-type': 'text/html', 'x-frame-options': 'DENY' }],
    '/ancestors': [
      200,
      { 'content-type': 'text/html', 'content-security-policy': "default-src 'self'; frame-ancestors https://*.juzibot.com" },
    ],
    '/any': [200, { 'content-type': 'text/html', 'x-frame-options': 'DENY', 'content-security-policy': 'frame-ancestors *' }],
    '/json': [200, { 'content-type': 'application/json' }],
    '/login': [302, { location: `${origin}/oauth/connect/authorize?redirect_uri=x` }],
    '/away': [302, { location: 'https://a.example/' }],
  };
  const asked = [];
  const page = createServer((request, response) => {
    asked.push(request.url);
    const tag =
      { '/any': '<script src=/main.js></script>', '/good': '<script src=/x.js data-user-agent="wxwork"></script>' }[request.url] ?? '';
    response.writeHead(...answers[request.url]).end(`<p>page${tag}`);
  });
  await new Promise((resolve) => page.listen(0, '127.0.0.1', resolve));
  t.after(() => page.close());
  const base = `http://127.0.0.1:${page.address().port}`;
  const check = async (url) =>
    JSON.parse(
      await textOf(await ask('POST', `${origin}/_workbench/page-check`, { 'content-type': 'application/json' }, JSON.stringify({ url }))),
    );
  const found = {};
  for (const path of Object.keys(answers)) {
    const { reachable, userAgentUnset, findings } = await check(base + path);
    assert.equal(userAgentUnset, path === '/any', path);
    assert.equal(reachable, true, path);
    // All are at the console's host, and have no helper. Both are said of each.
    found[path] = findings
      .map(({ severity, code }) => `${severity} ${code}`)
      .filter((it) => !/same-site|helper/.test(it))
      .join();
  }
  assert.deepEqual(found, {
    '/good': '',
    '/broken': 'error status',
    '/deny': 'error x-frame-options',
    '/ancestors': 'error frame-ancestors',
    '/any': '',
    '/json': 'warning not-html',
    '/login': 'note redirect-login',
    '/away': 'warning redirect-away',
  });
  assert.deepEqual(
    asked,
    Object.keys(answers).sort((a, b) => asked.indexOf(a) - asked.indexOf(b)),
    'each once',
  );
  page.close();
  page.closeAllConnections();
  const gone = await check(`${base}/good`);
  assert.deepEqual([gone.reachable, gone.findings[0].params.reason], [false, 'refused']);
  assert.equal((await check('ftp://localhost')).field, 'url');
});

const tlsFile = (name) => join(root, 'tests/npm/tls', name);
/** For `localhost`. Nobody trusts the root that has signed it. */
const TLS = { key: readFileSync(tlsFile('leaf.key')), cert: readFileSync(tlsFile('leaf.pem')) };

async function listening(t, server) {
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  return server.address().port;
}

test('a page whose certificate is not trusted can be reached; it is said, unless the console has the same', async (t) => {
  const { hub } = await start(t, '');
  const answer = (request, response) =>
    hub.handle(request, response, request.url, async () => {
      response.writeHead(200, { 'content-type': 'text/html' }).end('<script src=/x.js data-user-agent="wxwork"></script>');
    });
  const origin = `https://localhost:${await listening(t, createTlsServer(TLS, answer))}`;
  const other = `https://localhost:${await listening(t, createTlsServer(TLS, answer))}`;
  const check = async (url) => {
    const headers = { 'content-type': 'application/json' };
    const report = await new Promise((resolve, reject) => {
      const sent = httpsRequest(
        `${origin}/_workbench/page-check`,
        { method: 'POST', headers, agent: false, rejectUnauthorized: false },
        resolve,
      );
      sent.on('error', reject);
      sent.end(JSON.stringify({ url }));
    });
    const { reachable, status, findings } = JSON.parse(await textOf(report));
    assert.deepEqual([reachable, status], [true, 200], url);
    return findings.filter(({ code }) => code === 'certificate').map(({ severity, params }) => [severity, params.detail]);
  };
  assert.deepEqual(await check(`${other}/page`), [['warning', 'unable to verify the first certificate']]);
  assert.deepEqual(await check(`${origin}/page`), []);
});

test(
  'a certificate that the machine trusts is trusted',
  { skip: process.platform !== 'linux' && 'the store is the system’s' },
  async (t) => {
    const port = await listening(
      t,
      createTlsServer(TLS, (request, response) => response.end()),
    );
    const script = `globalThis.JUZI_VERSION = '';
    const { get } = await import(${JSON.stringify(new URL('../../vite-plugin/src/ask.js', import.meta.url).href)});
    const { status, certificate = null } = await get({ url: 'https://localhost:${port}/', console: '', cookies: '' });
    console.log(JSON.stringify([status, certificate]));`;
    const asked = async (roots) => {
      const env = { ...process.env, SSL_CERT_FILE: tlsFile(roots) };
      const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', script], { env });
      return JSON.parse(stdout);
    };
    assert.deepEqual(await asked('root.pem'), [200, null]);
    assert.deepEqual(await asked('none.pem'), [200, 'unable to verify the first certificate']);
  },
);
