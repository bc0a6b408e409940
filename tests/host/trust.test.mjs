/** Which messages the host accepts, and what it logs about the others. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseRequest } from '../../www/host.js';
import { framed, PAGE_ORIGIN, settled } from './page.mjs';

const request = { type: 'sidebarHelper', data: { api: 'getCurChatInfo', reqId: 'x', params: {} } };

test('messages from other windows and other origins get no answer, and are reported with the reason', () => {
  const { host, deliver, inbox } = framed({ origin: PAGE_ORIGIN });
  const reasons = [];
  host.on('ignored', ({ reason }) => reasons.push(reason));
  deliver(request, { source: null });
  deliver(request, { source: {} });
  deliver(request, { origin: 'https://page.example.evil.com' });
  deliver(request, { origin: 'http://page.example' });
  deliver(request, { origin: 'null' });
  assert.deepEqual(reasons, ['source', 'source', 'origin', 'origin', 'origin']);
  assert.equal(inbox.length, 0);
  assert.equal(host.calls.length, 0);
  deliver(request);
  assert.equal(inbox.length, 1);
});

test('every malformed message is ignored with its reason', () => {
  const good = { type: 'sidebarHelper', data: { api: 'a', reqId: '1' } };
  const cases = [
    ...[null, undefined, 'x', 1, true, [], [good], 10n].map((message) => [message, 'not-object']),
    [{}, 'type'],
    [{ ...good, type: 'sidebarhelper' }, 'type'],
    [{ data: good.data }, 'type'],
    [{ ...good, data: null }, 'data'],
    [{ ...good, data: 'x' }, 'data'],
    [{ ...good, data: [] }, 'data'],
    [{ ...good, data: { reqId: '1' } }, 'api'],
    [{ ...good, data: { api: '', reqId: '1' } }, 'api'],
    [{ ...good, data: { api: {}, reqId: '1' } }, 'api'],
    [{ ...good, data: { api: 'a'.repeat(129), reqId: '1' } }, 'api'],
    [{ ...good, data: { api: 'a' } }, 'reqId'],
    [{ ...good, data: { api: 'a', reqId: {} } }, 'reqId'],
    [{ ...good, data: { api: 'a', reqId: '' } }, 'reqId'],
  ];
  for (const [message, reason] of cases) assert.deepEqual(parseRequest(message), { ignored: reason });
  assert.deepEqual(parseRequest(good), { request: { api: 'a', reqId: '1', params: undefined } });
});

test('a page that numbers its calls gets the number back as a number', async () => {
  const { deliver, inbox } = framed();
  deliver({ type: 'sidebarHelper', data: { api: 'getCurChatInfo', reqId: 7, params: {} } });
  await settled();
  assert.equal(inbox[0].message.reqId, 7);
});

test('an answer to a page with an opaque origin goes to any origin, because it cannot be named', async () => {
  const { deliver, inbox } = framed();
  deliver(request, { origin: 'null' });
  await settled();
  assert.equal(inbox[0].to, '*');
});

test('the log has each message once, and a request’s entry gets its outcome and duration', async () => {
  const { host, call } = framed();
  const log = [];
  const updates = [];
  host.on('message', (entry) => log.push(entry));
  host.on('update', (entry) => updates.push(entry));
  await call('getCurExternalContact');
  await call('getCurExternalChat');
  assert.deepEqual(
    log.map(({ direction, kind, api, reqId, outcome }) => [direction, kind, api, reqId, outcome]),
    [
      ['in', 'request', 'getCurExternalContact', 'r1', 'ok'],
      ['out', 'answer', 'getCurExternalContact', 'r1', 'ok'],
      ['in', 'request', 'getCurExternalChat', 'r2', 'fail'],
      ['out', 'answer', 'getCurExternalChat', 'r2', 'fail'],
    ],
  );
  assert.deepEqual(
    log.map(({ seq }) => seq),
    [1, 2, 3, 4],
  );
  assert.deepEqual(updates, [log[0], log[2]]);
  assert.ok(log.every(({ duration }) => typeof duration === 'number' && duration >= 0));
  assert.deepEqual(log[1].payload, { reqId: 'r1', api: 'getCurExternalContact', data: { externalUserId: 'wmLin' } });
});

test('the page gets its answer although a listener of the owner throws', async () => {
  const { host, call } = framed();
  const errors = [];
  host.on('error', ({ error }) => errors.push(error.message));
  host.on('call', () => {
    throw new Error('mine');
  });
  assert.equal((await call('getCurChatInfo')).data.id, 'c-lin');
  assert.deepEqual(errors, ['mine']);
});

test('an answer that cannot be cloned, and a page that is gone, are logged and break nothing', async () => {
  const { host, call } = framed();
  host.answer('getCurChatInfo', { no: () => {} }, { times: 1 });
  const log = [];
  host.on('message', (entry) => log.push(entry));
  assert.equal(await call('getCurChatInfo'), undefined);
  assert.equal(log[1].outcome, 'unsent');
  assert.match(log[1].error, /clone/);
  assert.equal((await call('getCurChatInfo')).data.id, 'c-lin');
});

test('after destroy the host neither listens nor posts', async () => {
  const { host, call, deliver, inbox } = framed();
  host.hold('getCurChatInfo');
  await call('getCurChatInfo');
  const [held] = host.calls;
  host.destroy();
  host.destroy();
  held.answer({ late: true });
  deliver(request);
  await settled();
  assert.equal(inbox.length, 0);
  assert.equal(held.state, 'forgotten');
});
