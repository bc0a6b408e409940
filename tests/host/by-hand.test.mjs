/** What an owner does by hand: hold calls of one API, answer them, post a message again, and repeat a run by its seed. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hasFaults, NO_FAULTS, normalizeFaults } from '../../www/host.js';
import { framed, settled } from './page.mjs';

test('the calls of one api are held, and answered by hand or as the console would', async () => {
  const { host, call, answersTo } = framed({ faults: { apis: { getCurChatInfo: { hold: true } } } });
  for (let i = 0; i < 3; i++) assert.equal(await call('getCurChatInfo'), undefined);
  assert.ok((await call('getCurExternalContact')).data.externalUserId, 'another api is answered');
  const [first, second, third] = host.callsTo('getCurChatInfo');
  first.answer({ id: 'by hand' });
  second.proceed();
  third.fail('later');
  await settled();
  assert.equal(answersTo('r1')[0].data.id, 'by hand');
  assert.equal(answersTo('r2')[0].data.id, 'c-lin');
  assert.equal(answersTo('r3')[0].data.err_msg, 'getCurChatInfo:fail later');
  second.proceed();
  assert.equal(answersTo('r2').length, 1, 'a call is answered once');
});

test('an api has its own delay, its own drops, and its own silence', async (t) => {
  const apis = { getCurChatInfo: { latencyMs: 200 }, sendChatMessage: { drop: 1 }, previewImage: { silent: true } };
  const { host, deliver, answersTo } = framed({ faults: { latencyMs: 100, apis } });
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const asked = { info: 'getCurChatInfo', contact: 'getCurExternalContact', sent: 'sendChatMessage', preview: 'previewImage' };
  for (const [reqId, api] of Object.entries(asked)) deliver({ type: 'sidebarHelper', data: { api, reqId, params: {} } });
  t.mock.timers.tick(100);
  assert.deepEqual([answersTo('info').length, answersTo('contact').length], [0, 1]);
  t.mock.timers.tick(200);
  assert.deepEqual(
    Object.keys(asked).map((reqId) => answersTo(reqId).length),
    [1, 1, 0, 0],
  );
  assert.deepEqual(
    host.calls.map(({ state }) => state),
    ['ok', 'ok', 'dropped', 'silent'],
  );
});

test('invalid faults of an api are dropped', () => {
  const apis = { a: { latencyMs: -1, drop: 'x', hold: 'yes' }, b: null, c: { drop: 2, silent: true } };
  assert.deepEqual(normalizeFaults({ apis, seed: 4.7 }), { ...NO_FAULTS, apis: { c: { drop: 1, silent: true } }, seed: 4 });
  assert.equal(hasFaults(normalizeFaults({ apis })), true);
  assert.equal(hasFaults(normalizeFaults({ seed: 7 })), false, 'a seed alone changes nothing');
});

/** Which of 40 calls are dropped, after a load. */
async function dropped({ host, call }) {
  host.load();
  const before = host.calls.length;
  for (let i = 0; i < 40; i++) await call('getCurChatInfo');
  return host.calls.slice(before).map(({ state }) => state);
}

test('with a seed, the same calls are dropped after each load; with another seed, others', async () => {
  const stage = framed({ faults: { drop: 0.5, seed: 7 } });
  const first = await dropped(stage);
  assert.deepEqual(await dropped(stage), first);
  const share = first.filter((state) => state === 'dropped').length;
  assert.ok(share > 8 && share < 32, `${share} of 40 were dropped`);
  stage.host.setFaults({ seed: 8 });
  assert.notDeepEqual(await dropped(stage), first);
});

test('a message is posted again as it is, to the page that called', async () => {
  const { host, call, inbox } = framed();
  const log = [];
  host.on('message', (entry) => log.push(entry));
  const answer = await call('getCurChatInfo');
  assert.equal(host.post({ ...answer, data: { id: 'edited' } }), true);
  assert.deepEqual(inbox.at(-1), { message: { ...answer, data: { id: 'edited' } }, to: 'https://page.example' });
  host.post({ api: 'updateBaseInfo', data: { baseInfo: {} } });
  host.post('noise');
  assert.deepEqual(
    log.map(({ kind, api }) => [kind, api]),
    [
      ['request', 'getCurChatInfo'],
      ['answer', 'getCurChatInfo'],
      ['answer', 'getCurChatInfo'],
      ['push', 'updateBaseInfo'],
      ['garbage', ''],
    ],
  );
});
