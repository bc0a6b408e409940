/** The fault `staleMs`: after a switch the console still reports the previous conversation for a moment. Mocked timers: no test waits. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hasFaults, NO_FAULTS, normalizeFaults } from '../../www/host.js';
import { framed } from './page.mjs';

/** A host with the fault, whose clock the test moves. */
function slowToSwitch(t, options = {}) {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  return framed({ faults: { staleMs: 300 }, ...options });
}

/** The ids that the page gets: the chat's, the contact's, the group's, and that of `sidebarAuth`. */
async function told(call) {
  const ids = [
    (await call('getCurChatInfo')).data.id,
    (await call('getCurExternalContact')).data.externalUserId,
    Object.values((await call('getCurExternalChat')).data)[0],
  ];
  const { juziChatId, juziChatWxid } = (await call('sidebarAuth')).data.baseInfo;
  return [...ids, juziChatId, juziChatWxid];
}
const LIN = ['c-lin', 'wmLin', 'getCurExternalChat:fail', 'c-lin', 'x-lin'];
const ZHOU = ['c-zhou', 'wmZhou', 'getCurExternalChat:fail', 'c-zhou', 'x-zhou'];
const GROUP = ['c-group', 'getCurExternalContact:fail', 'wrGroup', 'c-group', 'x-group'];

test('for exactly that long after a switch, each answer is about the previous conversation', async (t) => {
  const { host, call } = slowToSwitch(t);
  await host.switchTo('c-group');
  assert.deepEqual(
    (await told(call)).map((id) => id ?? 'getCurExternalContact:fail'),
    LIN,
  );
  t.mock.timers.tick(299);
  assert.equal((await call('getCurChatInfo')).data.id, 'c-lin');
  t.mock.timers.tick(1);
  const answers = await told(call);
  assert.deepEqual([answers[0], ...answers.slice(2)], [GROUP[0], ...GROUP.slice(2)]);
  assert.equal((await call('getCurExternalContact')).data.err_msg, GROUP[1]);
});

test('messages go to the open conversation, and the push is about it', async (t) => {
  const { host, call, pushes } = slowToSwitch(t);
  await call('sidebarAuth');
  const sent = [];
  host.on('sent', ({ chat }) => sent.push(chat.id));
  await host.switchTo('c-zhou');
  assert.deepEqual(await told(call), LIN);
  await call('sendChatMessage', { msgtype: 'text', text: { content: 'hello' } });
  assert.deepEqual(sent, ['c-zhou']);
  assert.deepEqual(
    pushes().map(({ data }) => data.baseInfo.juziChatId),
    ['c-zhou'],
  );
  assert.equal(host.current.id, 'c-zhou');
});

test('after two switches the previous conversation is the one in between, and the time starts again', async (t) => {
  const { host, call } = slowToSwitch(t);
  await host.switchTo('c-group');
  t.mock.timers.tick(200);
  await host.switchTo('c-zhou');
  t.mock.timers.tick(299);
  assert.equal((await call('getCurChatInfo')).data.id, 'c-group');
  t.mock.timers.tick(1);
  assert.deepEqual(await told(call), ZHOU);
});

test('it outlasts the reload that a switch causes', async (t) => {
  const { host, call } = slowToSwitch(t, { mode: 'reload', url: 'https://page.example/' });
  await host.switchTo('c-zhou');
  assert.deepEqual(await told(call), LIN);
  t.mock.timers.tick(300);
  assert.deepEqual(await told(call), ZHOU);
});

test('a late answer is about the conversation that the console reported at the time of the call', async (t) => {
  const { host, deliver, answersTo } = slowToSwitch(t, { faults: { staleMs: 300, latencyMs: 500 } });
  await host.switchTo('c-zhou');
  deliver({ type: 'sidebarHelper', data: { api: 'getCurChatInfo', reqId: 'late' } });
  t.mock.timers.tick(500);
  assert.equal(answersTo('late')[0].data.id, 'c-lin');
});

test('without it, or once it is off, the answers are about the open conversation', async (t) => {
  const { host, call } = slowToSwitch(t, { faults: {} });
  await host.switchTo('c-zhou');
  assert.deepEqual(await told(call), ZHOU);
  host.setFaults({ staleMs: 300 });
  assert.deepEqual(await told(call), ZHOU, 'the switch came before');
  await host.switchTo('c-lin');
  assert.deepEqual(await told(call), ZHOU);
  host.setFaults(NO_FAULTS);
  assert.deepEqual(await told(call), LIN);
});

test('a previous conversation that is gone, or that never existed, is not reported', async (t) => {
  const { host, call } = slowToSwitch(t);
  await host.switchTo('c-zhou');
  host.setChats([
    { id: 'c-zhou', name: 'Zhou' },
    { id: 'c-lin', name: 'Lin again' },
  ]);
  assert.equal((await call('getCurChatInfo')).data.name, 'Lin again');
  host.setChats([{ id: 'c-zhou', name: 'Zhou' }]);
  assert.equal((await call('getCurChatInfo')).data.name, 'Zhou');
  host.setChats([]);
  host.setChats([{ id: 'c-new' }]);
  assert.equal((await call('getCurChatInfo')).data.id, 'c-new');
});

test('it is a fault like the others: within bounds, and ended by NO_FAULTS', () => {
  assert.equal(NO_FAULTS.staleMs, 0);
  assert.equal(normalizeFaults({ staleMs: -1 }).staleMs, 0);
  assert.equal(normalizeFaults({ staleMs: 'x' }).staleMs, 0);
  assert.equal(normalizeFaults({ staleMs: 1e9 }).staleMs, 600_000);
  assert.equal(hasFaults(normalizeFaults({ staleMs: 1 })), true);
});

test('a destroyed host leaves no timer behind', async (t) => {
  const started = new Set();
  t.mock.method(globalThis, 'setTimeout', () => started.add(started.size + 1).size);
  t.mock.method(globalThis, 'clearTimeout', (id) => started.delete(id));
  const { host } = framed({ faults: { staleMs: 300 } });
  await host.switchTo('c-zhou');
  assert.equal(started.size, 1);
  host.destroy();
  assert.equal(started.size, 0);
});
