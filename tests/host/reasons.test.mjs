/** Why a call failed: the log has the reason, and the page learns no more than from a real console. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CHATS, framed } from './page.mjs';

/** The last request of a log, with its reason. */
function logged(options) {
  const stage = framed(options);
  const log = [];
  stage.host.on('message', (entry) => log.push(entry));
  return { ...stage, log, why: () => log.findLast(({ kind }) => kind === 'request')?.why };
}

test('the log says which kind of conversation is open instead', async () => {
  const cases = [
    ['c-group', 'getCurExternalContact', 'is-group'],
    ['c-shen', 'getCurExternalContact', 'is-internal'],
    ['c-lin', 'getCurExternalChat', 'is-single'],
    ['c-lin', 'getCurExternalContact', undefined],
  ];
  for (const [current, api, why] of cases) {
    const stage = logged({ current });
    const answer = await stage.call(api);
    assert.equal(stage.why(), why, `${api} in ${current}`);
    if (why) assert.deepEqual(answer.data, { err_msg: `${api}:fail` });
  }
});

test('no conversation, a conversation without an id, no code, an unknown call', async () => {
  const none = logged({ chats: [] });
  await none.call('getCurExternalContact');
  assert.equal(none.why(), 'no-chat');
  await none.call('getCurChatInfo');
  assert.equal(none.why(), 'no-chat');
  const nameless = logged({
    chats: [
      { ...CHATS[0], externalUserId: '' },
      { ...CHATS[2], chatId: '' },
    ],
  });
  await nameless.call('getCurExternalContact');
  assert.equal(nameless.why(), 'no-contact-id');
  await nameless.host.switchTo('c-group');
  await nameless.call('getCurExternalChat');
  assert.equal(nameless.why(), 'no-chat-id');
  const noCode = logged({
    issueCode() {
      throw new Error('the hub is down');
    },
  });
  const errors = [];
  noCode.host.on('error', ({ error, from }) => errors.push([error.message, from]));
  assert.deepEqual((await noCode.call('sidebarAuth')).data, { err_msg: 'sidebarAuth:fail' });
  assert.equal(noCode.why(), 'no-code');
  assert.deepEqual(errors, [['the hub is down', 'issueCode']]);
  await noCode.call('hideMenuItems');
  assert.equal(noCode.why(), 'unknown-api');
});

test('the log distinguishes the owner from the faults', async () => {
  const stage = logged();
  stage.host.fail('getCurChatInfo', 'no', { times: 1 });
  await stage.call('getCurChatInfo');
  assert.equal(stage.why(), 'owner');
  stage.host.setFaults({ errors: { getCurChatInfo: 'no' } });
  await stage.call('getCurChatInfo');
  assert.equal(stage.why(), 'fault');
  stage.host.setFaults({ errors: {}, oldConsole: true });
  await stage.call('previewImage', { urls: ['https://a/'] });
  assert.equal(stage.why(), 'old-console');
});

test('an error in a listener is distinguished from a code that could not be issued', async () => {
  const { host, call } = framed();
  const from = [];
  host.on('call', () => {
    throw new Error('a bug of the owner');
  });
  host.on('error', (event) => from.push(event.from));
  assert.equal((await call('getCurChatInfo')).data.id, 'c-lin');
  assert.deepEqual(from, ['listener']);
});

test('an answer names the request that it answers', async () => {
  const { call, log } = logged({ faults: { duplicate: 1 } });
  await call('getCurChatInfo');
  const [request, ...answers] = log;
  assert.deepEqual(
    answers.map(({ kind, answers: seq }) => [kind, seq]),
    [
      ['answer', request.seq],
      ['answer', request.seq],
    ],
  );
});
