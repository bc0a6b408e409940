/** The conversion of the default scenario to the data of the host and the thread. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { createHost } from '../../www/host.js';
import { scenarioError, scenarioWarnings, toChats, toHostFaults, toThreads } from '../../www/console/scenario.js';
import { fromFields, mergeFields, toFields } from '../../www/console/conversation-fields.js';
import { createWindowEdits } from '../../www/console/window-edits.js';
import { strings } from '../../www/console/strings.js';
import { mediaUrl, webUrl } from '../../www/lib/dom.js';

const scenario = JSON.parse(readFileSync(new URL('../../www/scenarios/default.json', import.meta.url), 'utf8'));

test('every conversation of the default scenario becomes one of the host', () => {
  const host = createHost({ window: new EventTarget(), target: {}, chats: toChats(scenario) });
  assert.equal(host.chats.length, scenario.conversations.length);
  host.chats.forEach((chat, i) => {
    const from = scenario.conversations[i];
    assert.deepEqual(
      [chat.id, chat.wxid, chat.name, chat.type, chat.external],
      [from.id, from.wxid, from.name, from.type === 'group' ? 1 : 0, from.external],
    );
    assert.equal(chat.botId, from.botId ?? scenario.account.botId);
    if (from.group) assert.deepEqual([chat.chatId, chat.wxChatId], [from.group.chatId, from.group.wxChatId]);
    else
      assert.deepEqual(
        [chat.externalUserId, chat.wxUserId],
        [from.external ? from.contact.externalUserId : undefined, from.contact.wxUserId],
      );
  });
});

test('each message has its sender: the account, the contact, or a member by name', () => {
  const threads = toThreads({
    account: { name: 'Gu', avatar: '/gu.svg' },
    conversations: [
      {
        id: 's',
        name: 'Lin',
        avatar: '/lin.svg',
        messages: [
          { from: 'them', time: '2026-01-01T00:00:00Z', msgtype: 'text', text: { content: 'a' } },
          { from: 'me', time: '2026-01-01T00:01:00Z', msgtype: 'text', text: { content: 'b' } },
        ],
      },
      {
        id: 'g',
        name: 'Group',
        group: { members: [{ name: 'Zhe', avatar: '/zhe.svg' }] },
        messages: [{ from: 'Zhe', time: '2026-01-01T00:00:00Z', msgtype: 'text', text: { content: 'c' } }],
      },
      { id: 'empty', name: 'Nobody yet' },
    ],
  });
  assert.deepEqual(
    threads.get('s').map(({ mine, who, avatar }) => [mine, who, avatar]),
    [
      [false, 'Lin', '/lin.svg'],
      [true, 'Gu', '/gu.svg'],
    ],
  );
  assert.deepEqual(
    threads.get('g').map(({ who, avatar, at, content }) => [who, avatar, at, content]),
    [['Zhe', '/zhe.svg', Date.UTC(2026, 0, 1), { content: 'c' }]],
  );
  assert.deepEqual(threads.get('empty'), []);
});

test('the hub fault stays with the server', () => {
  assert.deepEqual(toHostFaults({ faults: { latencyMs: 5, getUserInfo: -2 } }), { latencyMs: 5 });
  assert.deepEqual(toHostFaults({}), {});
});

test('a page may name http(s) addresses only, a scenario also paths and pictures', () => {
  for (const url of ['javascript:alert(1)', 'data:text/html,x', 'file:///etc/passwd', '//evil.example/x', 'x', '', null, 1])
    assert.equal(webUrl(url), null, String(url));
  assert.equal(webUrl('HTTPS://example.com/a b'), 'https://example.com/a%20b');
  assert.equal(mediaUrl('/media/a.svg'), '/media/a.svg');
  assert.equal(mediaUrl('data:image/png;base64,AA'), 'data:image/png;base64,AA');
  for (const url of ['//evil.example/x', 'data:text/html,x', 'javascript:alert(1)']) assert.equal(mediaUrl(url), null, url);
});

test('an error in the scenario file is shown with its line and its field, in both languages', () => {
  const tell = (/** @type {'zh' | 'en'} */ language, /** @type {any} */ error) =>
    scenarioError({ message: 'expected a string', line: null, field: null, ...error }, (key, values = {}) =>
      strings[language][key].replace(/\{(\w+)\}/g, (_, name) => String(values[name])),
    );
  const whole = { line: 4, field: 'account.botId' };
  assert.equal(
    tell('en', whole),
    'The scenario file has an error at line 4, the last good version stays: field account.botId: expected a string',
  );
  assert.equal(tell('zh', whole), '场景文件第 4 行有误，仍在使用上一个版本：字段 account.botId：expected a string');
  assert.equal(
    tell('en', { field: 'account.botId' }),
    'The scenario file has an error, the last good version stays: field account.botId: expected a string',
  );
  assert.equal(tell('en', { line: 4 }), 'The scenario file has an error at line 4, the last good version stays: expected a string');
  assert.equal(tell('en', {}), 'The scenario file has an error, the last good version stays: expected a string');
});

test('the console warns where a scenario differs from Juzi: the first place, and how many more', () => {
  const tell = (/** @type {any} */ warnings) =>
    scenarioWarnings(warnings, (key, values = {}) => strings.en[key].replace(/\{(\w+)\}/g, (_, name) => String(values[name])));
  const warning = { message: 'differs from chatId', line: 4, field: 'conversations[0].group.wxChatId' };
  const first = 'The scenario differs from Juzi’s console: field conversations[0].group.wxChatId: differs from chatId';
  assert.deepEqual([tell([]), tell([warning]), tell([warning, warning, warning])], ['', first, `${first} (and 2 more)`]);
});

test('ids that are equal in Juzi are equal in the default scenario and in the kits’ own conversations', () => {
  const made = createHost({
    window: new EventTarget(),
    target: {},
    chats: [
      { id: 'a' },
      { id: 'b', externalUserId: 'wmB' },
      { id: 'c', wxUserId: 'wmC' },
      { id: 'd', type: 1 },
      { id: 'e', type: 1, chatId: 'wrE' },
      { id: 'f', type: 1, wxChatId: 'wrF' },
    ],
  });
  const chats = [...made.chats, ...toChats(scenario)].filter(({ external }) => external);
  assert.equal(chats.length, 6 + scenario.conversations.length - 1);
  for (const chat of chats) {
    const [id, same] = chat.type === 1 ? [chat.chatId, chat.wxChatId] : [chat.externalUserId, chat.wxUserId];
    assert.ok(id, chat.id);
    assert.equal(same, id, chat.id);
  }
  assert.deepEqual(
    made.chats.map((chat) => chat.wxUserId ?? chat.wxChatId),
    ['wm-a', 'wmB', 'wmC', 'wr-d', 'wrE', 'wrF'],
  );
});

test('the form has one field for two equal ids, and keeps two ids that differ in the file', () => {
  const contact = (/** @type {string} */ wxUserId) => ({
    ...scenario.conversations[0],
    contact: { externalUserId: 'wm1', wxUserId, tags: [] },
  });
  const group = (/** @type {string} */ wxChatId) => ({ ...scenario.conversations[1], group: { chatId: 'wr1', wxChatId, members: [] } });
  const edit = (/** @type {any} */ chat, /** @type {any} */ changes = {}) => fromFields({ ...toFields(chat), ...changes }, chat);
  assert.deepEqual(
    [toFields(contact('wm1')).wxUserId, toFields(group('wr1')).wxChatId, toFields().wxUserId, toFields().wxChatId],
    ['', '', '', ''],
  );
  assert.deepEqual(edit(contact('wm1'), { externalUserId: ' wm2 ' }).contact, { externalUserId: 'wm2', wxUserId: 'wm2', tags: [] });
  assert.deepEqual(edit(group('wr1'), { chatId: 'wr2' }).group, { chatId: 'wr2', wxChatId: 'wr2', members: [] });
  assert.deepEqual(
    [edit(contact('788')), edit(group('106'))].map(({ contact: who, group: which }) => who?.wxUserId ?? which?.wxChatId),
    ['788', '106'],
  );
  assert.equal(edit(contact('788'), { wxUserId: '' }).contact?.wxUserId, 'wm1');
  assert.equal(edit(contact('wm1'), { external: 'false', userId: 'Shen' }).contact?.wxUserId, 'Shen');
});

/** A conversation with these members of its contact. */
const chatWith = (/** @type {any} */ contact, /** @type {any} */ more = {}) => ({
  id: 'c',
  wxid: 'w',
  type: 'single',
  name: 'n',
  external: true,
  contact: { externalUserId: 'wm1', wxUserId: 'wm1', tags: [], ...contact },
  messages: [],
  ...more,
});

test('the form takes what the file alone has changed, and shows both where the user has changed it too', () => {
  const before = toFields(chatWith({ remark: 'old', company: 'old', tags: ['a'] }));
  const mine = { ...before, name: 'mine', remark: 'mine', company: 'same' };
  const theirs = toFields(chatWith({ remark: 'theirs', company: 'same', tags: ['a', 'b'] }));
  const merged = mergeFields(before, mine, theirs);
  assert.deepEqual(merged.taken, ['tags']);
  assert.deepEqual(merged.conflicts, ['remark']);
  assert.deepEqual(merged.fields, { ...mine, tags: 'a, b' });
  assert.deepEqual(mergeFields(before, mine, before), { fields: mine, taken: [], conflicts: [] });
});

test('what only this window has changed outlasts changes of the file', () => {
  const of = (/** @type {any[]} */ ...conversations) => /** @type {any} */ ({ account: {}, conversations, revision: 1 });
  const edits = createWindowEdits();
  const file = of(chatWith({ remark: 'old' }), chatWith({}, { id: 'other' }));
  assert.equal(edits.note(file, file), false);
  assert.deepEqual(edits.over(file), file);
  const edited = of(chatWith({ remark: 'mine' }), chatWith({}, { id: 'other' }), chatWith({}, { id: 'new' }));
  assert.equal(edits.note(file, edited), true);
  // A second edit counts from the file, not from the first.
  assert.equal(edits.note(edited, of(chatWith({ remark: 'mine' }, { name: 'm' }), ...edited.conversations.slice(1))), true);
  const message = { from: 'me', time: '2026-01-01T00:00:00Z', msgtype: 'text', text: { content: 'a' } };
  const next = of(
    chatWith({ remark: 'theirs', company: 'theirs' }, { messages: [message] }),
    chatWith({}, { id: 'other', name: 'theirs' }),
  );
  assert.deepEqual(edits.over(next).conversations, [
    chatWith({ remark: 'mine', company: 'theirs' }, { name: 'm', messages: [message] }),
    chatWith({}, { id: 'other', name: 'theirs' }),
    chatWith({}, { id: 'new' }),
  ]);
  assert.deepEqual(
    edits.over(of()).conversations.map(({ id, name }) => [id, name]),
    [
      ['c', 'm'],
      ['new', 'n'],
    ],
  );
});
