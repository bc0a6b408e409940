/** All simulated faults of the console. Timers are mocked, so no test waits. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hasFaults, NO_FAULTS, normalizeFaults, REORDER_WAIT } from '../../www/host.js';
import { PRESETS, presetOf, withPreset } from '../../www/console/presets.js';
import { framed } from './page.mjs';

test('latency holds an answer back for exactly that long', async (t) => {
  const { deliver, inbox } = framed({ faults: { latencyMs: 300 } });
  t.mock.timers.enable({ apis: ['setTimeout'] });
  deliver({ type: 'sidebarHelper', data: { api: 'getCurChatInfo', reqId: '1' } });
  t.mock.timers.tick(299);
  assert.equal(inbox.length, 0);
  t.mock.timers.tick(1);
  assert.equal(inbox.length, 1);
});

test('jitter adds up to its amount, and lets answers overtake each other', async (t) => {
  const random = [1, 0];
  const { deliver, inbox } = framed({ faults: { latencyMs: 100, jitterMs: 50 }, random: () => random.shift() ?? 0 });
  t.mock.timers.enable({ apis: ['setTimeout'] });
  for (const reqId of ['slow', 'quick']) deliver({ type: 'sidebarHelper', data: { api: 'getCurChatInfo', reqId } });
  t.mock.timers.tick(100);
  assert.deepEqual(
    inbox.map(({ message }) => message.reqId),
    ['quick'],
  );
  t.mock.timers.tick(50);
  assert.deepEqual(
    inbox.map(({ message }) => message.reqId),
    ['quick', 'slow'],
  );
});

test('a dropped answer never reaches the page, and the log says so', async () => {
  const { host, call } = framed({ faults: { drop: 1 } });
  const log = [];
  host.on('message', (entry) => log.push(entry));
  assert.equal(await call('getCurChatInfo'), undefined);
  assert.deepEqual(
    log.map(({ kind, outcome }) => [kind, outcome]),
    [
      ['request', 'dropped'],
      ['answer', 'dropped'],
    ],
  );
  assert.equal(host.calls[0].state, 'dropped');
});

test('with a drop of one half, the answers below the half are dropped', async () => {
  // Each answer takes one random number for its delay and one for the drop.
  const random = [0, 0.49, 0, 0.5];
  const { call } = framed({ faults: { drop: 0.5 }, random: () => random.shift() ?? 0 });
  assert.equal(await call('getCurChatInfo'), undefined);
  assert.ok(await call('getCurChatInfo'));
});

test('a duplicated answer arrives twice, the same', async () => {
  const { call, answersTo } = framed({ faults: { duplicate: 1 } });
  await call('getCurChatInfo');
  const [first, second, ...more] = answersTo('r1');
  assert.deepEqual(first, second);
  assert.equal(more.length, 0);
});

test('reordered answers swap in pairs, and an answer without a pair is sent in the end', async (t) => {
  const { deliver, inbox } = framed({ faults: { reorder: true } });
  t.mock.timers.enable({ apis: ['setTimeout'] });
  for (const reqId of ['1', '2', '3', '4', '5']) deliver({ type: 'sidebarHelper', data: { api: 'getCurChatInfo', reqId } });
  assert.deepEqual(
    inbox.map(({ message }) => message.reqId),
    ['2', '1', '4', '3'],
  );
  t.mock.timers.tick(REORDER_WAIT);
  assert.deepEqual(
    inbox.map(({ message }) => message.reqId),
    ['2', '1', '4', '3', '5'],
  );
});

test('one api fails with a given error: a full err_msg, or only the reason', async () => {
  const { call, host } = framed({ faults: { errors: { sendChatMessage: 'no permission', previewImage: 'previewImage:fail custom' } } });
  let sent = 0;
  host.on('sent', () => sent++);
  assert.equal(
    (await call('sendChatMessage', { msgtype: 'text', text: { content: 'a' } })).data.err_msg,
    'sendChatMessage:fail no permission',
  );
  assert.equal((await call('previewImage', { urls: ['https://a/'] })).data.err_msg, 'previewImage:fail custom');
  assert.equal((await call('getCurChatInfo')).data.id, 'c-lin');
  assert.equal(sent, 0);
});

test('an old console does not answer calls that it does not know, and answers the others', async () => {
  const { call, host } = framed({ faults: { oldConsole: true } });
  assert.equal(await call('openEnterpriseChat', { userIds: 'u', externalUserIds: 'wmZhou' }), undefined);
  assert.equal(await call('previewImage', { urls: ['https://a/'] }), undefined);
  assert.equal(await call('hideMenuItems'), undefined);
  assert.equal((await call('getCurExternalContact')).data.externalUserId, 'wmLin');
  assert.equal(host.current.id, 'c-lin');
  assert.deepEqual(
    host.calls.map(({ state }) => state),
    ['silent', 'silent', 'silent', 'ok'],
  );
});

test('garbage comes before each answer, and none of it has the reqId of a pending call', async () => {
  const { call, inbox } = framed({ faults: { garbage: 1 } });
  for (let i = 0; i < 30; i++) assert.equal((await call('getCurChatInfo')).data.id, 'c-lin');
  assert.equal(inbox.length, 60);
  const garbage = inbox.filter((_, i) => i % 2 === 0).map(({ message }) => message);
  assert.ok(garbage.every((message) => !/^r\d+$/.test(message?.reqId)));
  assert.ok(new Set(garbage.map((message) => JSON.stringify(message))).size > 8);
});

test('a fault can be changed while the page runs, without the others', async () => {
  const { call, host } = framed({ faults: { errors: { getCurChatInfo: 'x' } } });
  host.setFaults({ duplicate: 1 });
  assert.equal((await call('getCurChatInfo')).data.err_msg, 'getCurChatInfo:fail x');
  host.setFaults(NO_FAULTS);
  assert.equal((await call('getCurChatInfo')).data.id, 'c-lin');
  assert.equal(hasFaults(host.faults), false);
});

test('invalid faults are off, and none is out of bounds', () => {
  assert.deepEqual(normalizeFaults(undefined), NO_FAULTS);
  assert.deepEqual(
    normalizeFaults({
      latencyMs: -5,
      jitterMs: Number.NaN,
      drop: 7,
      duplicate: 'x',
      garbage: true,
      oldConsole: 'yes',
      errors: { a: '', b: 1, c: 'd' },
    }),
    { ...NO_FAULTS, drop: 1, garbage: 1, errors: { c: 'd' } },
  );
});

test('a restart of the console drops the pending calls and the page’s authorization', async (t) => {
  const { call, host, deliver, inbox, pushes } = framed({ faults: {} });
  await call('sidebarAuth');
  t.mock.timers.enable({ apis: ['setTimeout'] });
  host.setFaults({ latencyMs: 50 });
  deliver({ type: 'sidebarHelper', data: { api: 'getCurChatInfo', reqId: 'lost' } });
  host.restart();
  t.mock.timers.tick(50);
  assert.equal(inbox.filter(({ message }) => message.reqId === 'lost').length, 0);
  assert.equal(host.calls.at(-1).state, 'forgotten');
  await host.switchTo('c-zhou');
  assert.equal(pushes().length, 0);
});

test('a preset keeps the faults of single APIs, and is recognised beside them', () => {
  const single = { errors: { getContext: 'getContext:fail' }, apis: { sidebarAuth: { hold: true } } };
  for (const name of Object.keys(PRESETS)) {
    const { host } = framed({ faults: { latencyMs: 7, seed: 3, ...single } });
    const own = { errors: host.faults.errors, apis: host.faults.apis };
    host.setFaults(withPreset(name, host.faults, NO_FAULTS));
    assert.deepEqual(host.faults, normalizeFaults({ ...PRESETS[name], ...single }), name);
    assert.equal(presetOf(host.faults, NO_FAULTS), name);
    host.setFaults(withPreset('', host.faults, NO_FAULTS));
    assert.deepEqual(host.faults, { ...NO_FAULTS, ...own });
    assert.equal(presetOf(host.faults, NO_FAULTS), '');
  }
});
