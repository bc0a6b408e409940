/** The log: rows made of messages, filtered, searched, exported completely and read again. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { exportLog, importLog } from '../../www/console/log/file.js';
import { createLogStore, createRing, NO_FILTER, passes } from '../../www/console/log/store.js';
import { framed } from './page.mjs';

const hubEvents = JSON.parse(readFileSync(new URL('../vectors/hub-events.json', import.meta.url), 'utf8')).map(({ event }) => event);

/** A store that listens to a host, as the panel does. */
function recorded(options) {
  const stage = framed(options);
  const store = createLogStore(1000);
  stage.host.on('message', (entry) => store.message(entry));
  stage.host.on('update', (entry) => store.updated(entry));
  return { ...stage, store };
}

const rowsOf = (store) => store.all.map(({ kind, api, outcome, messages }) => [kind, api, outcome, messages.length]);

test('a call and its answers are one row; a push, a request to the hub and a mark are one each', async () => {
  const { store, host, call } = recorded({ faults: { duplicate: 1 } });
  store.mark({ mark: 'load', text: 'http://p/' });
  await call('getCurChatInfo');
  host.setFaults({ duplicate: 0 });
  await call('sidebarAuth');
  await host.switchTo('c-zhou');
  store.hub(hubEvents[0]);
  assert.deepEqual(rowsOf(store), [
    ['mark', '', '', 0],
    ['call', 'getCurChatInfo', 'ok', 3],
    ['call', 'sidebarAuth', 'ok', 2],
    ['push', 'updateBaseInfo', 'sent', 1],
    ['hub', '/oauth/connect/authorize', 'ok', 0],
  ]);
  assert.ok(store.all[1].duration >= 0);
});

test('a failed request to the hub makes a failed row', () => {
  const { store } = recorded();
  for (const event of hubEvents) store.hub(event);
  assert.deepEqual(
    store.all.map(({ hub, outcome }) => [hub.status, hub.errcode, outcome]),
    hubEvents.map(({ status, errcode }) => [status, errcode, status < 400 && !errcode ? 'ok' : 'fail']),
  );
});

test('a filter shows the rows that match all its parts', async () => {
  const { store, call } = recorded();
  await call('sendChatMessage', { msgtype: 'text', text: { content: 'Quotation (v2).pdf' } });
  const [row] = store.all;
  const cases = [
    [{}, true],
    [{ text: 'sendchat' }, true],
    [{ text: ' R1 ' }, true],
    [{ text: 'preview' }, false],
    [{ api: 'sendChatMessage' }, true],
    [{ api: 'sendChat' }, false],
    [{ kind: 'push' }, false],
    [{ kind: 'call' }, true],
    [{ outcome: 'fail' }, false],
    [{ api: 'sendChatMessage', kind: 'call', outcome: 'ok', text: '1' }, true],
  ];
  for (const [some, expected] of cases) assert.equal(passes(row, { ...NO_FILTER, ...some }), expected, JSON.stringify(some));
});

test('the search looks into requests, answers and requests to the hub, as text and not as a pattern', async () => {
  const { store, call } = recorded();
  await call('sendChatMessage', { msgtype: 'text', text: { content: 'Quotation (v2).pdf' } });
  await call('getCurExternalContact');
  store.hub(hubEvents[4]);
  const found = (text) => {
    store.setFilter({ ...NO_FILTER, text });
    return store.shown().map(({ api }) => api);
  };
  assert.deepEqual(found('quotation (V2).pdf'), ['sendChatMessage']);
  assert.deepEqual(found('wmlin'), ['getCurExternalContact']);
  assert.deepEqual(found('wrong-path'), ['/v1/oauth/getUserInfo']);
  assert.deepEqual(found('.*'), []);
  const cycle = { name: 'deep', list: new Set(['needle']) };
  cycle.self = cycle;
  assert.equal(passes({ ...store.all[0], messages: [{ kind: 'garbage', payload: cycle }] }, { ...NO_FILTER, text: 'NEEDLE' }), true);
  assert.equal(passes({ ...store.all[0], messages: [{ kind: 'garbage', payload: cycle }] }, { ...NO_FILTER, text: 'nowhere' }), false);
});

test('a filter applies to rows that come later, and to outcomes that become known later', async () => {
  const { store, host, call } = recorded();
  store.setFilter({ ...NO_FILTER, outcome: 'ok' });
  host.hold('getCurChatInfo');
  await call('getCurChatInfo');
  await call('getCurExternalContact');
  assert.deepEqual(
    store.shown().map(({ api }) => api),
    ['getCurExternalContact'],
  );
  host.calls[0].answer({});
  assert.deepEqual(
    store.shown().map(({ api }) => api),
    ['getCurChatInfo', 'getCurExternalContact'],
  );
});

test('a long log drops its oldest entries and counts them', () => {
  const ring = createRing(100);
  for (let i = 0; i < 1000; i++) ring.add(i);
  assert.ok(ring.items.length >= 100 && ring.items.length <= 110);
  assert.equal(ring.items.at(-1), 999);
  assert.equal(ring.dropped + ring.items.length, 1000);
  ring.clear();
  assert.deepEqual([ring.items.length, ring.dropped], [0, 0]);
});

test('an export can hold whatever a message can hold', () => {
  const cycle = { name: 'c' };
  cycle.self = cycle;
  const shared = { s: 1 };
  const payload = { big: 10n, none: undefined, nan: Number.NaN, cycle, map: new Map([['k', 1]]), twice: [shared, shared] };
  const store = createLogStore(10);
  store.message({ seq: 1, at: 0, kind: 'garbage', direction: 'out', api: '', reqId: null, outcome: 'sent', duration: null, payload });
  const text = exportLog({ rows: store.all, ignored: [{ at: 0, reason: 'type', payload: 'x' }], about: { page: 'http://p/' } });
  const { page, messages, ignored } = JSON.parse(text);
  assert.equal(page, 'http://p/');
  assert.equal(messages[0].time, '1970-01-01T00:00:00.000Z');
  assert.deepEqual(messages[0].payload, {
    big: '10n',
    none: '[undefined]',
    nan: '[NaN]',
    cycle: { name: 'c', self: '[circular]' },
    map: [['k', 1]],
    twice: [{ s: 1 }, { s: 1 }],
  });
  assert.equal(ignored[0].reason, 'type');
});

/** A log with every kind of row. */
async function everything() {
  const stage = recorded({ faults: { garbage: 1, duplicate: 1 } });
  stage.store.mark({ mark: 'load', text: 'http://p/', id: 'c-lin' });
  await stage.call('getCurChatInfo');
  stage.store.all.at(-1).byUser = true;
  await stage.call('getCurExternalChat');
  await stage.call('sidebarAuth');
  await stage.host.switchTo('c-group');
  for (const event of hubEvents) stage.store.hub(event);
  return stage.store;
}

test('an exported log is read again, row by row', async () => {
  const store = await everything();
  const text = exportLog({
    rows: store.all,
    ignored: [{ seq: 9, at: 1, reason: 'type', origin: 'x', payload: 1 }],
    about: { page: 'http://p/' },
  });
  const { rows, ignored, about } = importLog(text);
  const shape = (row) => [
    row.kind,
    row.api,
    row.reqId,
    row.outcome,
    row.duration,
    row.messages.length,
    row.mark?.text,
    row.hub?.hint?.code,
    row.byUser,
  ];
  assert.deepEqual(rows.map(shape), store.all.map(shape));
  assert.equal(rows.find(({ api }) => api === 'getCurExternalChat').messages[0].why, 'is-single');
  assert.equal(about.page, 'http://p/');
  assert.equal(ignored.length, 1);
});

test('a broken log file is refused with the problem and its place', async () => {
  const good = JSON.parse(exportLog({ rows: (await everything()).all, ignored: [], about: {} }));
  const changed = (change) => {
    const copy = structuredClone(good);
    change(copy);
    return JSON.stringify(copy);
  };
  const cases = [
    ['{\n  "a": 1,\n  oops\n}', /^line 3, column 3: this is not JSON$/],
    ['{"a": [1, 2', /^line 1, column 12: this is not JSON$/],
    ['[]', /^must be a JSON object$/],
    ['{"messages": []}', /^format: must be "juzi-report"/],
    [changed((log) => (log.version = 2)), /^version: must be 1, not 2$/],
    [changed((log) => delete log.messages), /^messages: must be a list$/],
    [changed((log) => (log.messages[1].at = 'noon')), /^messages\[1\]\.at: must be a number$/],
    [changed((log) => (log.messages[0].kind = 'question')), /^messages\[0\]\.kind: must be one of request, answer, push, garbage$/],
    [changed((log) => (log.messages[0].payload = {})), /^messages\[0\]\.payload: data must be an object$/],
    [changed((log) => delete log.messages[2].payload), /^messages\[2\]\.payload: must be an object$/],
    [changed((log) => (log.hub[2] = null)), /^hub\[2\]: must be an object$/],
    [
      changed((log) => (log.marks[0].mark = 'x')),
      /^marks\[0\]\.mark: must be one of load, switch, console, faults, act, shows, hand, detected, host, failed, error, rejection$/,
    ],
  ];
  for (const [text, message] of cases) assert.throws(() => importLog(text), { message }, text.slice(0, 60));
});
