/** Login codes stay out of exported logs and of copied code, unless the user wants them in the export. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { asCheckScript } from '../../www/console/log/as-check.js';
import { asCall, asVitestTest } from '../../www/console/log/as-code.js';
import { asPlaywrightTest } from '../../www/console/log/as-playwright.js';
import { hiding, maskCode } from '../../www/console/log/codes.js';
import { exportLog, importLog } from '../../www/console/log/file.js';
import { createLogStore } from '../../www/console/log/store.js';
import { framed } from './page.mjs';

const masks = JSON.parse(readFileSync(new URL('../vectors/masks.json', import.meta.url), 'utf8'));
const AUTH = '3fa9c1d2e3f4_auth/+&';
const PUSH = '81bc44a9784b_push';
const REDIRECT = 'd2e3f4aaaaaa_redirect';

/** A run in which the page carries its codes into everything that it can. */
async function run() {
  const { host, call, deliver } = framed({ issueCode: (_, via) => (via === 'sidebarAuth' ? AUTH : PUSH) });
  const store = createLogStore(1000);
  const ignored = [];
  host.on('message', (entry) => store.message(entry));
  host.on('update', (entry) => store.updated(entry));
  host.on('ignored', (entry) => ignored.push(entry));
  const url = `http://page.example/?code=${REDIRECT}&state=s`;
  store.mark({ mark: 'load', text: url, id: 'c-lin' });
  await call('sidebarAuth');
  await host.switchTo('c-zhou');
  store.mark({ mark: 'switch', text: 'Zhou', by: 'owner', id: 'c-zhou' });
  const next = `https://a.example/?next=${encodeURIComponent(AUTH)}`;
  await call('sendChatMessage', { msgtype: 'text', text: { content: `codes: ${AUTH}, ${PUSH}, ${REDIRECT}` } });
  await call('ofItsOwn', { code: PUSH, [AUTH]: [{ next }], kept: 'kept' });
  store.all.at(-1).byUser = true;
  await call(`api-${PUSH}`, { kept: 'kept' });
  deliver(`stray ${AUTH} ${REDIRECT}`);
  return {
    rows: store.all,
    ignored,
    about: { page: url },
    recorded: { rows: store.all, url, mode: host.mode, chats: host.chats, faults: {} },
  };
}

const without = (text) => {
  for (const code of [AUTH, PUSH, REDIRECT, encodeURIComponent(AUTH)]) assert.ok(!text.includes(code), `${code} in ${text}`);
};

test('a code is shown as the rows of the hub show it', () => {
  for (const [given, shown] of masks.secret) if (given !== '') assert.equal(maskCode(given), shown);
});

test('an export has no code in any member, and opens like one with codes', async () => {
  const log = await run();
  const masked = exportLog(log);
  without(masked);
  assert.ok(masked.includes('3fa9c1…') && masked.includes('81bc44…') && masked.includes('d2e3f4…'));
  assert.ok(masked.includes('kept'));
  const shape = ({ rows }) => rows.map(({ kind, outcome, messages, byUser }) => [kind, outcome, messages.length, byUser]);
  const whole = exportLog({ ...log, withCodes: true });
  for (const code of [AUTH, PUSH, REDIRECT]) assert.ok(whole.includes(code));
  assert.deepEqual(shape(importLog(masked)), shape(importLog(whole)));
  without(asVitestTest({ ...log.recorded, rows: importLog(masked).rows, url: null }));
});

test('a filtered export has no code, even without the row in which the code was issued', async () => {
  const { rows, about, ignored } = await run();
  const shown = rows.filter(({ api }) => api === 'sendChatMessage');
  const text = exportLog({ rows: shown, ignored, about, codes: [AUTH, PUSH] });
  without(text);
});

test('copied tests have no code: where the page passes one on, they expect any string', async () => {
  const { recorded } = await run();
  const playwright = asPlaywrightTest(recorded);
  const vitest = asVitestTest(recorded);
  without(asCheckScript(recorded));
  without(playwright);
  without(vitest);
  assert.match(playwright, /called\('ofItsOwn', \{[^;]*code: expect\.any\(String\)/);
  assert.match(playwright, /kept: 'kept'/);
  assert.match(vitest, /code: '81bc44…'/);
  for (const row of recorded.rows) if (row.kind === 'call') without(asCall(row, { codes: [AUTH, PUSH, REDIRECT] }));
});

test('codes are masked in texts of any kind, and nothing else is changed', () => {
  const hide = hiding(['abcdefgh', 'abcdefghij', 'x', '$&.*+?^', '1234567']);
  const cycle = { list: ['abcdefgh'] };
  cycle.self = cycle;
  const hidden = hide(cycle);
  assert.equal(hidden.self, hidden);
  assert.deepEqual(hidden.list, ['abcdef…']);
  assert.deepEqual(hide(['abcdefghijk', '-abcdefg-', 'x', 'xx', 'a$&.*+?^b', 1234567, 5, null, true, undefined, 7n]), [
    'abcdef…k',
    '-abcdefg-',
    '…',
    'xx',
    'a$&.*+?…b',
    '123456…',
    5,
    null,
    true,
    undefined,
    7n,
  ]);
  assert.deepEqual(hide(JSON.parse('{"__proto__": "abcdefgh"}')), JSON.parse('{"__proto__": "abcdef…"}'));
  const date = new Date(5);
  assert.equal(hide({ date }).date, date);
  const untouched = {};
  assert.equal(hiding([])(untouched), untouched);
  const many = hiding(Array.from({ length: 20_000 }, (_, i) => `a-code-with-the-number-${i}-`));
  assert.equal(many(`${'y'.repeat(1000)}a-code-with-the-number-19999-`), `${'y'.repeat(1000)}a-code…`);
});
