/** Calls and tests as code. tests/npm/recording.test.mjs runs such tests. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { asCheckScript } from '../../www/console/log/as-check.js';
import { asCall, asVitestTest } from '../../www/console/log/as-code.js';
import { asPlaywrightTest } from '../../www/console/log/as-playwright.js';
import { literal } from '../../www/console/log/literal.js';
import { lastRun } from '../../www/console/log/run.js';
import { createLogStore } from '../../www/console/log/store.js';
import { framed } from './page.mjs';

test('a literal is source that has the value', () => {
  const values = [
    null,
    true,
    -1.5,
    '',
    'it\'s a "quote" \\ \n\t \u2028 \u0000 😀',
    [],
    {},
    [1, [2, { a: [] }]],
    { plain: 1, 'with space': 2, '1st': 3, ['__proto__']: 'own', nested: { deep: 'x'.repeat(120), list: ['a', 'b'] } },
  ];
  for (const value of values) assert.deepEqual(new Function(`return ${literal(value)}`)(), value);
  assert.equal(literal({ msgtype: 'text', text: { content: 'a' } }), "{ msgtype: 'text', text: { content: 'a' } }");
});

async function recorded() {
  const { host, call } = framed();
  const store = createLogStore(100);
  host.on('message', (entry) => store.message(entry));
  host.on('update', (entry) => store.updated(entry));
  store.mark({ mark: 'load', text: 'http://before/', id: 'c-lin' });
  await call('getCurChatInfo');
  store.mark({ mark: 'load', text: 'http://page/', id: 'c-lin' });
  await call('getCurExternalContact');
  await call('getCurExternalChat');
  await call('hideMenuItems', { menuList: [] });
  await call('sendChatMessage', { msgtype: 'text', text: { content: "it's" } });
  store.all.at(-1).byUser = true;
  await host.switchTo('c-group');
  store.mark({ mark: 'switch', text: 'Group', by: 'owner', id: 'c-group' });
  return { store, code: { rows: store.all, url: 'http://page/', mode: host.mode, chats: host.chats, faults: {} } };
}

test('a call is copied as a page makes it', async () => {
  const { store } = await recorded();
  const calls = store.all.filter(({ kind }) => kind === 'call').map(asCall);
  assert.deepEqual(calls.slice(1), [
    'juziWx.getCurExternalContact();\n',
    'juziWx.getCurExternalChat();\n',
    "juziWx.invoke('hideMenuItems', { menuList: [] });\n",
    "juziWx.sendChatMessage({ msgtype: 'text', text: { content: 'it\\'s' } });\n",
  ]);
});

test('a test repeats the run since the last load, with its switches and its outcomes', async () => {
  const { store, code } = await recorded();
  assert.equal(lastRun(store.all).length, 6);
  const playwright = asPlaywrightTest(code);
  assert.doesNotMatch(playwright, /getCurChatInfo/, 'a call of the load before');
  assert.match(playwright, /called\('getCurExternalContact', \{ params: \{\}, state: 'ok' \}\)/);
  assert.match(playwright, /called\('getCurExternalChat', \{ params: \{\}, state: 'fail' \}\)/);
  assert.match(playwright, /WRITE ITS NAME.*\n.*called\('sendChatMessage', \{\n? *params: \{ msgtype: 'text'/, 'the console saw no click');
  assert.match(playwright, /step\(\(\) => host\.switchTo\('c-group'\)\);/);
  assert.doesNotMatch(playwright, /c-zhou|c-shen/, 'conversations that took no part');
  const vitest = asVitestTest(code);
  assert.match(vitest, /expect\(juziWx\.getCurExternalChat\(\)\)\.rejects\.toMatchObject\(\{ err_msg: 'getCurExternalChat:fail' \}\)/);
  assert.match(vitest, /expect\(juziWx\.sendChatMessage\(.*\)\)\.resolves/);
});

test('a switch in reload mode is part of the run', () => {
  const row = (mark) => ({ kind: 'mark', mark: { mark, text: '' } });
  assert.equal(lastRun([row('load'), row('switch'), row('load')]).length, 3);
});

/** Rows with times of their own: a call that is answered after `duration`, and marks. */
function timed() {
  const store = createLogStore(100);
  let seq = 0;
  return {
    store,
    call(at, api, duration, more = {}) {
      const payload = { type: 'sidebarHelper', data: { api, reqId: `r${seq}`, params: more.params ?? {} } };
      const entry = { seq: ++seq, at, direction: 'in', kind: 'request', api, reqId: `r${seq}`, origin: 'http://p', payload };
      const row = store.message({ ...entry, outcome: 'ok', duration });
      return Object.assign(row, more);
    },
    mark: (at, mark) => store.mark({ text: '', ...mark }, at),
    /** The lines of the test after its first. */
    lines: (given) => {
      const text = asPlaywrightTest({ rows: store.all, url: 'http://p/', mode: 'postMessage', chats: [], faults: {}, ...given });
      const body = text.slice(text.indexOf('const run = follow')).split('\n').slice(1, -2);
      return body.map((line) => line.trim()).filter((line) => line !== '' && !line.startsWith('//'));
    },
    check: () => asCheckScript({ rows: store.all, url: 'http://p/', mode: 'reload', chats: [], faults: {} }),
  };
}
const GREET = { does: 'click', place: { role: 'button', name: 'Greet', nth: 1 } };
const heading = (name) => ({ mark: 'shows', shown: { place: { role: 'heading', name } } });
const SHOWN = (name) => `await expect(host.frame.getByRole('heading', { name: '${name}', exact: true })).toBeVisible();`;

test('an answer that a step overtook is awaited after the step, and what is shown then still is', () => {
  const { mark, call, lines } = timed();
  mark(0, { mark: 'load', id: 'a' });
  call(10, 'getCurChatInfo', 5_000);
  mark(100, heading('Lin'));
  mark(101, { mark: 'switch', by: 'owner', id: 'b' });
  call(110, 'getCurExternalContact', 5);
  assert.deepEqual(lines(), [
    "const call1 = await run.called('getCurChatInfo', { params: {} });",
    'await run.settled();',
    SHOWN('Lin'),
    "await run.step(() => host.switchTo('b'));",
    "await run.called('getCurExternalContact', { params: {}, state: 'ok' });",
    "await run.ended(call1, 'ok');",
    'await run.settled();',
    SHOWN('Lin'),
  ]);
});

test('what the user did in the page is done again, and a load of the page by itself parts its calls', () => {
  const { mark, call, lines } = timed();
  mark(0, { mark: 'load', id: 'a' });
  mark(10, { mark: 'act', act: { does: 'fill', place: { css: '[name="q"]' }, value: "it's" } });
  mark(20, { mark: 'act', act: GREET });
  call(30, 'sendChatMessage', 1, { byUser: true });
  mark(40, { mark: 'load', by: 'page' });
  call(50, 'sidebarAuth', 1);
  mark(60, { mark: 'shows', shown: { place: { role: 'status' }, text: 'Sent' } });
  assert.deepEqual(lines(), [
    `await run.step(() => host.frame.locator('[name="q"]').fill('it\\'s'));`,
    "await run.step(() => host.frame.getByRole('button', { name: 'Greet', exact: true }).nth(1).click());",
    "await run.called('sendChatMessage', { params: {}, state: 'ok' });",
    'run.loaded();',
    "await run.called('sidebarAuth', { params: {}, state: 'ok' });",
    'await run.settled();',
    "await expect(host.frame.getByRole('status')).toHaveText('Sent');",
  ]);
});

test('faults are steps with what they change, and those at the start are options', () => {
  const { mark, call, lines } = timed();
  mark(0, { mark: 'load', id: 'a', faults: { latencyMs: 5 } });
  mark(10, { mark: 'faults', faults: { latencyMs: 5, errors: { sendChatMessage: 'no' }, apis: { getCurChatInfo: { hold: true } } } });
  call(20, 'getCurChatInfo', 1, { byHand: true });
  mark(20, { mark: 'hand', hand: { call: 1, does: 'answer', data: { id: 'b' } } });
  mark(30, { mark: 'faults', faults: {} });
  // The faults of this moment are not those of the start.
  const test = asPlaywrightTest({ rows: [], url: null, mode: 'postMessage', chats: [], faults: { apis: { a: { hold: true } } } });
  assert.match(test, /faults: \{ apis: \{ a: \{ hold: true \} \} \}/);
  assert.deepEqual(lines(), [
    "await run.step(() => host.setFaults({ errors: { sendChatMessage: 'no' }, apis: { getCurChatInfo: { hold: true } } }));",
    "const call1 = await run.called('getCurChatInfo', { params: {} });",
    "await run.step(() => run.byHand(call1, (call) => call.answer({ id: 'b' })));",
    "await run.ended(call1, 'ok');",
    'await run.step(() => host.setFaults({ latencyMs: 0, errors: {}, apis: {} }));',
  ]);
});

test('a check script has the run without what followed a click, and no value that TOML lacks', () => {
  const { mark, call, check } = timed();
  mark(0, { mark: 'load', id: 'a', faults: { latencyMs: 5 } });
  call(10, 'getCurChatInfo', 1);
  mark(20, { mark: 'act', text: 'button Greet', act: GREET });
  call(30, 'sendChatMessage', 1);
  mark(40, { mark: 'switch', by: 'owner', id: 'b"\u007f' });
  call(50, 'own api', 1, { params: { none: null, big: 1e21, list: [1, null], 'a b': '\n\ud800' } });
  assert.equal(
    check(),
    `# For juzi-workbench check --script FILE, with the scenario that the log is of.
page = "http://p/"
mode = "reload"

[[steps]]
fault = { latencyMs = 5 }

[[steps]]
reload = true

[[steps]]
expectCall = { api = "getContext", outcome = "ok" }

# The user: click button Greet. A check does nothing in the page, so what followed is left out.

[[steps]]
switch = "b\\"\\u007f"

[[steps]]
expectCall = { api = "own api", params = { big = 1e+21, "a b" = "\\n\ufffd" }, outcome = "ok" }
`,
  );
});
