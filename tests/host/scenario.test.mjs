/** The conversion of the default scenario to the data of the host and the thread. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { createHost } from '../../www/host.js';
import { scenarioError, toChats, toHostFaults, toThreads } from '../../www/console/scenario.js';
import { strings } from '../../www/console/strings.js';
import { mediaUrl, webUrl } from '../../www/lib/dom.js';

const scenario = JSON.parse(readFileSync(new URL('../../www/scenarios/default.json', import.meta.url), 'utf8'));

test('every conversation of the scenario that ships becomes one of the host', () => {
  const host = createHost({ window: new EventTarget(), target: {}, chats: toChats(scenario) });
  assert.equal(host.chats.length, scenario.conversations.length);
  host.chats.forEach((chat, i) => {
    const from = scenario.conversations[i];
    assert.deepEqual([chat.id, chat.wxid, chat.name, chat.type, chat.external], [from.id, from.wxid, from.name, from.type === 'group' ? 1 : 0, from.external]);
    assert.equal(chat.botId, from.botId ?? scenario.account.botId);
    if (from.group) assert.deepEqual([chat.chatId, chat.wxChatId], [from.group.chatId, from.group.wxChatId]);
    else assert.deepEqual([chat.externalUserId, chat.wxUserId], [from.external ? from.contact.externalUserId : undefined, from.contact.wxUserId]);
  });
});

test('messages know who sent them: the account, the contact, or a member by name', () => {
  const threads = toThreads({
    account: { name: 'Gu', avatar: '/gu.svg' },
    conversations: [
      { id: 's', name: 'Lin', avatar: '/lin.svg', messages: [
        { from: 'them', time: '2026-01-01T00:00:00Z', msgtype: 'text', text: { content: 'a' } },
        { from: 'me', time: '2026-01-01T00:01:00Z', msgtype: 'text', text: { content: 'b' } }] },
      { id: 'g', name: 'Group', group: { members: [{ name: 'Zhe', avatar: '/zhe.svg' }] }, messages: [{ from: 'Zhe', time: '2026-01-01T00:00:00Z', msgtype: 'text', text: { content: 'c' } }] },
      { id: 'empty', name: 'Nobody yet' },
    ],
  });
  assert.deepEqual(threads.get('s').map(({ mine, who, avatar }) => [mine, who, avatar]), [[false, 'Lin', '/lin.svg'], [true, 'Gu', '/gu.svg']]);
  assert.deepEqual(threads.get('g').map(({ who, avatar, at, content }) => [who, avatar, at, content]), [['Zhe', '/zhe.svg', Date.UTC(2026, 0, 1), { content: 'c' }]]);
  assert.deepEqual(threads.get('empty'), []);
});

test('the hub fault stays with the server', () => {
  assert.deepEqual(toHostFaults({ faults: { latencyMs: 5, getUserInfo: -2 } }), { latencyMs: 5 });
  assert.deepEqual(toHostFaults({}), {});
});

test('a page may name http(s) addresses only, a scenario also paths and pictures', () => {
  for (const url of ['javascript:alert(1)', 'data:text/html,x', 'file:///etc/passwd', '//evil.example/x', 'x', '', null, 1]) assert.equal(webUrl(url), null, String(url));
  assert.equal(webUrl('HTTPS://example.com/a b'), 'https://example.com/a%20b');
  assert.equal(mediaUrl('/media/a.svg'), '/media/a.svg');
  assert.equal(mediaUrl('data:image/png;base64,AA'), 'data:image/png;base64,AA');
  for (const url of ['//evil.example/x', 'data:text/html,x', 'javascript:alert(1)']) assert.equal(mediaUrl(url), null, url);
});

test('a mistake in the scenario file is told with its line and its field, in both languages', () => {
  const tell = (/** @type {'zh' | 'en'} */ language, /** @type {any} */ error) =>
    scenarioError({ message: 'expected a string', line: null, field: null, ...error }, (key, values = {}) => strings[language][key].replace(/\{(\w+)\}/g, (_, name) => String(values[name])));
  const whole = { line: 4, field: 'account.botId' };
  assert.equal(tell('en', whole), 'The scenario file has an error at line 4, the last good version stays: field account.botId: expected a string');
  assert.equal(tell('zh', whole), '场景文件第 4 行有误，仍在使用上一个版本：字段 account.botId：expected a string');
  assert.equal(tell('en', { field: 'account.botId' }), 'The scenario file has an error, the last good version stays: field account.botId: expected a string');
  assert.equal(tell('en', { line: 4 }), 'The scenario file has an error at line 4, the last good version stays: expected a string');
  assert.equal(tell('en', {}), 'The scenario file has an error, the last good version stays: expected a string');
});
