/** Calls and tests as code. tests/npm/recording.test.mjs runs such tests. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { asCall, asPlaywrightTest, asVitestTest, lastRun } from '../../www/console/log/as-code.js';
import { literal } from '../../www/console/log/literal.js';
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
  assert.match(playwright, /called\(host, 'getCurExternalContact', \{ params: \{\}, state: 'ok' \}\)/);
  assert.match(playwright, /called\(host, 'getCurExternalChat', \{ params: \{\}, state: 'fail' \}\)/);
  assert.match(playwright, /await make\(host, 'sendChatMessage', \{ msgtype: 'text'/);
  assert.doesNotMatch(playwright, /make\(host, 'getCurExternalContact'/);
  assert.match(playwright, /await host\.switchTo\('c-group'\);/);
  assert.doesNotMatch(playwright, /c-zhou|c-shen/, 'conversations that took no part');
  const vitest = asVitestTest(code);
  assert.match(vitest, /expect\(juziWx\.getCurExternalChat\(\)\)\.rejects\.toMatchObject\(\{ err_msg: 'getCurExternalChat:fail' \}\)/);
  assert.match(vitest, /expect\(juziWx\.sendChatMessage\(.*\)\)\.resolves/);
});

test('a switch in reload mode is part of the run', () => {
  const row = (mark) => ({ kind: 'mark', mark: { mark, text: '' } });
  assert.equal(lastRun([row('load'), row('switch'), row('load')]).length, 3);
});
