/** The console's answer to each call. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { framed, PAGE_ORIGIN } from './page.mjs';

test('an answer carries reqId and api at the top, and goes to the origin that asked', async () => {
  const { call, inbox } = framed();
  assert.deepEqual(await call('getCurExternalContact'), { reqId: 'r1', api: 'getCurExternalContact', data: { externalUserId: 'wmLin' } });
  assert.equal(inbox[0].to, PAGE_ORIGIN);
});

test('getCurExternalContact fails in a group and with a colleague', async () => {
  for (const current of ['c-group', 'c-shen']) {
    const { call } = framed({ current });
    assert.deepEqual((await call('getCurExternalContact')).data, { err_msg: 'getCurExternalContact:fail' });
  }
});

test('getCurExternalChat answers in a group and fails in a single chat', async () => {
  assert.deepEqual((await framed({ current: 'c-group' }).call('getCurExternalChat')).data, { chatId: 'wrGroup' });
  assert.deepEqual((await framed().call('getCurExternalChat')).data, { err_msg: 'getCurExternalChat:fail' });
});

test('getCurChatInfo returns the kind of conversation and the ids of that kind', async () => {
  assert.deepEqual((await framed().call('getCurChatInfo')).data, {
    id: 'c-lin',
    name: 'Lin',
    type: 0,
    external: true,
    wxUserId: 'wmLin',
    botId: 'bot',
    wxid: 'x-lin',
  });
  assert.deepEqual((await framed({ current: 'c-group' }).call('getCurChatInfo')).data, {
    id: 'c-group',
    name: 'Group',
    type: 1,
    external: true,
    wxChatId: 'wrGroup',
    botId: 'bot',
    wxid: 'x-group',
  });
});

test('sidebarAuth returns a fresh code for the open conversation', async () => {
  const { call, codes, host } = framed();
  assert.deepEqual((await call('sidebarAuth')).data, { baseInfo: { code: 'code-1', juziChatId: 'c-lin', juziChatWxid: 'x-lin' } });
  assert.deepEqual(codes, [{ chat: 'c-lin', via: 'sidebarAuth' }]);
  assert.equal(host.authorized, true);
});

test('sidebarAuth fails when no code can be issued, and the owner gets the reason', async () => {
  const { call, host } = framed({ issueCode: () => Promise.reject(new Error('hub is down')) });
  const errors = [];
  host.on('error', ({ error }) => errors.push(error.message));
  assert.deepEqual((await call('sidebarAuth')).data, { err_msg: 'sidebarAuth:fail' });
  assert.deepEqual(errors, ['hub is down']);
  assert.equal(host.authorized, false);
});

const MESSAGES = {
  text: { content: 'hello\nthere' },
  image: { url: 'https://example.com/a.png', title: 'a' },
  video: { url: 'https://example.com/a.mp4' },
  file: { url: 'https://example.com/a.pdf', title: 'a.pdf' },
  news: { link: 'https://example.com/', title: 't', desc: 'd', imgUrl: 'https://example.com/i.png' },
  miniprogram: {
    appid: 'wx1',
    title: 't',
    imgUrl: 'https://example.com/i.png',
    page: 'p',
    desc: 'd',
    iconUrl: 'https://example.com/c.png',
    officialAccountId: 'gh_1',
  },
};

for (const [msgtype, content] of Object.entries(MESSAGES)) {
  test(`sendChatMessage delivers a ${msgtype} message to the conversation, without unknown fields`, async () => {
    const { call, host } = framed();
    const sent = [];
    host.on('sent', ({ chat, messages }) => sent.push([chat.id, messages]));
    const answer = await call('sendChatMessage', { msgtype, [msgtype]: { ...content, extra: '<b>' }, other: 1 });
    assert.deepEqual(answer.data, { err_msg: 'sendChatMessage:ok' });
    assert.deepEqual(sent, [['c-lin', [{ msgtype, content }]]]);
  });
}

test('a message that the console cannot show is refused with the field named, and nothing is sent', async () => {
  const { call, host } = framed();
  let sent = 0;
  host.on('sent', () => sent++);
  const cases = [
    [null, 'params must be an object'],
    [{ msgtype: 'voice' }, 'msgtype must be one of text, image, video, file, news, miniprogram'],
    [{ msgtype: 'text' }, 'text is required'],
    [{ msgtype: 'text', text: {} }, 'text.content is empty'],
    [{ msgtype: 'text', text: { content: 1 } }, 'text.content must be a string'],
    [{ msgtype: 'image', image: { url: '' } }, 'image.url is empty'],
    [{ msgtype: 'miniprogram', miniprogram: { ...MESSAGES.miniprogram, page: '' } }, 'miniprogram.page is empty'],
  ];
  for (const [params, reason] of cases) {
    assert.equal((await call('sendChatMessage', params)).data.err_msg, `sendChatMessage:fail ${reason}`);
  }
  assert.equal(sent, 0);
});

test('sendMultiChatMessage sends all of a list or none of it', async () => {
  const { call, host } = framed();
  const sent = [];
  host.on('sent', ({ messages }) => sent.push(messages.map(({ msgtype }) => msgtype)));
  const text = { msgtype: 'text', text: { content: 'a' } };
  const image = { msgtype: 'image', image: { url: 'https://example.com/a.png' } };
  assert.equal((await call('sendMultiChatMessage', { messages: [text, image] })).data.err_msg, 'sendMultiChatMessage:ok');
  assert.equal(
    (await call('sendMultiChatMessage', { messages: [text, { msgtype: 'text', text: {} }] })).data.err_msg,
    'sendMultiChatMessage:fail messages[1]: text.content is empty',
  );
  assert.match((await call('sendMultiChatMessage', { messages: [] })).data.err_msg, /^sendMultiChatMessage:fail messages must be a list/);
  assert.equal((await call('sendMultiChatMessage', [text, image])).data.err_msg, 'sendMultiChatMessage:ok');
  assert.match((await call('sendMultiChatMessage', text)).data.err_msg, /^sendMultiChatMessage:fail messages must be a list/);
  assert.deepEqual(sent, [
    ['text', 'image'],
    ['text', 'image'],
  ]);
});

test('openEnterpriseChat opens the conversation that the ids identify', async () => {
  const cases = [
    [{ userIds: 'u', externalUserIds: 'wmZhou' }, 'c-zhou'],
    [{ userIds: 'u', externalUserIds: 'wmZhou; wmLin' }, 'c-group'],
    [{ userIds: 'u', chatId: 'wrGroup' }, 'c-group'],
    [{ userIds: 'u', chatId: 'c-shen' }, 'c-shen'],
    [{ userIds: 'u', externalUserIds: 'wmZhou', chatId: 'wrGroup' }, 'c-zhou'],
  ];
  for (const [params, id] of cases) {
    const { call, host } = framed();
    assert.deepEqual((await call('openEnterpriseChat', params)).data, { chatId: id, err_msg: 'openEnterpriseChat:ok' });
    assert.equal(host.current.id, id);
  }
});

test('openEnterpriseChat fails for a person without a conversation, and does not switch', async () => {
  const { call, host } = framed();
  const cases = [
    [{ userIds: 'u', externalUserIds: 'wmNobody' }, 'no conversation with wmNobody'],
    [{ userIds: 'u', externalUserIds: 'wmLin;wmNobody' }, 'no conversation with wmLin;wmNobody'],
    [{ userIds: 'u', chatId: 'wrNone' }, 'no conversation wrNone'],
    [{ externalUserIds: 'wmZhou' }, 'userIds is required'],
    [{ userIds: 'u' }, 'externalUserIds or chatId is required'],
    ['wmZhou', 'params must be an object'],
  ];
  for (const [params, reason] of cases) {
    assert.equal((await call('openEnterpriseChat', params)).data.err_msg, `openEnterpriseChat:fail ${reason}`);
  }
  assert.equal(host.current.id, 'c-lin');
});

test('previewImage shows the list at the current image, or at the first', async () => {
  const { call, host } = framed();
  const shown = [];
  host.on('preview', ({ urls, index }) => shown.push([urls.length, index]));
  assert.equal(
    (await call('previewImage', { urls: ['https://a/1', 'https://a/2'], current: 'https://a/2' })).data.err_msg,
    'previewImage:ok',
  );
  await call('previewImage', { urls: ['https://a/1'], current: 'https://a/9' });
  assert.deepEqual(shown, [
    [2, 1],
    [1, 0],
  ]);
  for (const urls of [undefined, [], [1], 'https://a/1']) {
    assert.match((await call('previewImage', { urls })).data.err_msg, /^previewImage:fail urls must be/);
  }
});

test('an unknown call is answered with an error, even one named like a member of every object', async () => {
  const { call } = framed();
  for (const api of ['hideMenuItems', 'constructor', 'toString', '__proto__']) {
    assert.equal((await call(api)).data.err_msg, `${api}:fail function not exist`);
  }
});

test('answers keep the order of the calls', () => {
  const { deliver, inbox } = framed();
  for (let i = 0; i < 50; i++) deliver({ type: 'sidebarHelper', data: { api: 'getCurChatInfo', reqId: `n${i}`, params: {} } });
  assert.deepEqual(
    inbox.map(({ message }) => message.reqId),
    Array.from({ length: 50 }, (_, i) => `n${i}`),
  );
});
