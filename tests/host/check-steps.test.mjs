/** The steps of `juzi-workbench check` against the host, without a browser. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { difference } from '../../www/check/match.js';
import { perform, StepFailure } from '../../www/check/steps.js';
import { createWatch } from '../../www/check/watch.js';
import { framed } from './page.mjs';

/** A page, and a function that performs a step. A step waits 20 ms unless it has a timeout. */
function checked(options) {
  const page = framed(options);
  const watch = createWatch(page.host);
  const hubFaults = [];
  const tools = { host: page.host, watch, setHubFault: async (errcode) => hubFaults.push(errcode), sleep: async () => {} };
  return { ...page, hubFaults, step: (step) => perform(step, 20, tools) };
}

const fails = (promise, pattern) =>
  assert.rejects(promise, (error) => error instanceof StepFailure && (assert.match(error.message, pattern), true));

test('an expectation is met by an earlier or a later call, and each call meets one expectation', async () => {
  const { step, call } = checked();
  await call('getCurChatInfo');
  // `getContext` is posted as `getCurChatInfo`.
  await step({ expectCall: { api: 'getContext', outcome: 'ok' } });
  await fails(step({ expectCall: { api: 'getContext' } }), /no call of getContext within 20 ms/);
  const later = step({ expectCall: { api: 'sidebarAuth' }, timeoutMs: 60_000 });
  await call('sidebarAuth');
  await later;
});

test('parameters may have more members than expected, but not other values', async () => {
  const { step, call } = checked();
  await call('sendChatMessage', { msgtype: 'text', text: { content: 'hi' }, other: 1 });
  const text = (content) => ({ expectCall: { api: 'sendChatMessage', params: { msgtype: 'text', text: { content } } } });
  await fails(step(text('bye')), /not as expected:\nparams\.text\.content: expected "bye", got "hi"/);
  await step(text('hi'));
});

test('a step can expect the outcome of a call, and waits for it', async (t) => {
  const { step, call, host } = checked();
  host.setFaults({ drop: 1 });
  await call('getCurChatInfo');
  await fails(step({ expectCall: { api: 'getCurChatInfo', outcome: 'ok' } }), /outcome: expected ok, got dropped/);
  await step({ expectCall: { api: 'getCurChatInfo', outcome: 'dropped' } });
});

test('expectNoCall fails at a call, and expectCall reports a name that the console does not know', async () => {
  const { step, call } = checked();
  await step({ expectNoCall: { api: 'sidebarAuth', withinMs: 1 } });
  await call('sidebarAuth', { x: 1 });
  await fails(step({ expectNoCall: { api: 'sidebarAuth', withinMs: 1 } }), /sidebarAuth was called with \{"x":1\}/);
  await fails(step({ expectCall: { api: 'sidebarAuht' } }), /Other calls.*sidebarAuth\. The console has no call of the name sidebarAuht/);
});

test('a step can expect a message by type, content and conversation', async () => {
  const { step, call } = checked();
  await fails(step({ expectMessage: { msgtype: 'text' } }), /no message within 20 ms/);
  await call('sendChatMessage', { msgtype: 'text', text: { content: 'hi' } });
  const expected = (chat, content) => ({ expectMessage: { chat, msgtype: 'text', text: { content } } });
  await fails(step(expected('c-zhou', 'hi')), /went to the conversation c-lin, not c-zhou/);
  await fails(step(expected('c-lin', 'bye')), /text\.content: expected "bye", got "hi"/);
  await step(expected('c-lin', 'hi'));
});

test('a switch discards what the page did before, and reports why nothing was pushed', async () => {
  const { step, call, pushes, host } = checked();
  await call('getCurChatInfo');
  assert.match(await step({ switch: 'c-zhou' }), /not pushed: the page has not called sidebarAuth/);
  assert.equal(host.current.id, 'c-zhou');
  await fails(step({ expectCall: { api: 'getCurChatInfo' } }), /no other call/);
  await fails(step({ push: true }), /not pushed: the page has not called sidebarAuth/);
  await call('sidebarAuth');
  assert.equal(await step({ switch: 'c-lin' }), null);
  await step({ push: true });
  assert.equal(pushes().length, 2);
});

test('each fault step replaces the previous one, the hub’s fault too; an answer applies `times` times', async () => {
  const { step, call, host, hubFaults } = checked();
  await step({ fault: { latencyMs: 5, getUserInfo: -2 } });
  await step({ fault: { drop: 0.5, getUserInfo: 0 } });
  assert.deepEqual([host.faults.latencyMs, host.faults.drop, hubFaults], [0, 0.5, [-2, 0]]);
  await step({ fault: { getUserInfo: 0 } });
  await step({ answer: { api: 'getCurChatInfo', data: { own: 1 }, times: 1 } });
  assert.deepEqual((await call('getCurChatInfo')).data, { own: 1 });
  assert.equal((await call('getCurChatInfo')).data.own, undefined);
});

test('a difference names its place', () => {
  assert.equal(difference({ a: [1, { b: null }] }, { a: [1, { b: null, c: 2 }], d: 3 }, 'x'), null);
  assert.equal(difference({ a: [1, 2] }, { a: [1] }, 'x'), 'x.a: expected 2 items, got 1');
  assert.equal(difference({ a: { b: 1 } }, { a: 7 }, 'x'), 'x.a: expected an object, got 7');
  assert.equal(difference({ toString: 1 }, {}, 'x'), 'x.toString: expected 1, got nothing');
});
