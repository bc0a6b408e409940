// Comparing a recorded log with the simulated console.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { compareLog } from '../compare-log.mjs';

const answer = (api, data, more = {}) => ({
  direction: 'out',
  kind: 'answer',
  api,
  reqId: 'r',
  payload: { reqId: 'r', api, data },
  ...more,
});
const INFO = { id: '1', name: 'n', type: 0, external: true, wxUserId: '2', botId: 'b', wxid: 'w' };

test('answers in the same form have no differences, whatever their values', async () => {
  const log = {
    messages: [
      { direction: 'in', kind: 'request', api: 'getCurExternalContact', reqId: 'r', payload: {} },
      answer('getCurExternalContact', { externalUserId: 'wmOther' }),
      answer('getCurExternalChat', { chatId: 'wrOther' }),
      answer('getCurChatInfo', INFO),
      answer('sendChatMessage', { err_msg: 'sendChatMessage:ok' }),
      answer('sendMultiChatMessage', { err_msg: 'sendMultiChatMessage:ok' }),
      answer('openEnterpriseChat', { chatId: 'x', err_msg: 'openEnterpriseChat:ok' }),
      answer('previewImage', { err_msg: 'previewImage:ok' }),
      answer('sidebarAuth', { baseInfo: { code: 'c', juziChatId: '1', juziChatWxid: '2' } }),
      {
        direction: 'out',
        kind: 'push',
        api: 'updateBaseInfo',
        reqId: null,
        payload: { api: 'updateBaseInfo', data: { baseInfo: { code: 'c', juziChatId: '1', juziChatWxid: '2' } } },
      },
    ],
  };
  assert.deepEqual(await compareLog(log), []);
});

test('reports a member with another name or kind, an extra one and a missing one', async () => {
  const { type, ...less } = INFO;
  const found = await compareLog({
    messages: [
      answer('getCurExternalChat', { groupId: 'wr' }),
      answer('getCurChatInfo', { ...INFO, type: '0' }),
      answer('getCurChatInfo', { ...INFO, remark: 'r' }),
      answer('getCurChatInfo', less),
    ],
  });
  assert.deepEqual(
    found.map(({ differences }) => differences),
    [
      ['data.groupId is not in ours', 'data.chatId is only in ours'],
      ['data.type is string, ours number'],
      ['data.remark is not in ours'],
      ['data.type is only in ours'],
    ],
  );
});

test('reports another kind of outcome, and an unknown call', async () => {
  const found = await compareLog({
    messages: [answer('sendChatMessage', { err_msg: 'sendChatMessage:fail no permission' }), answer('getChatTags', { tags: [] })],
  });
  assert.match(found[0].differences[0], /it failed \(sendChatMessage:fail no permission\), ours succeeds/);
  assert.match(found[1].differences[0], /it succeeded, ours fails/);
});

test('the command: its exit codes, and a file that is not a log', (t) => {
  const dir = mkdtempSync(join(tmpdir(), 'log-'));
  t.after(() => rmSync(dir, { recursive: true }));
  const run = (text) => {
    writeFileSync(join(dir, 'log.json'), text);
    return spawnSync('node', [new URL('../compare-log.mjs', import.meta.url).pathname, join(dir, 'log.json')], { encoding: 'utf8' });
  };
  assert.equal(run(JSON.stringify({ messages: [answer('previewImage', { err_msg: 'previewImage:ok' })] })).status, 0);
  assert.equal(run(JSON.stringify({ messages: [answer('previewImage', {})] })).status, 1);
  const bad = run('{"messages": 1}');
  assert.equal(bad.status, 2);
  assert.match(bad.stderr, /must have a list named messages/);
});
