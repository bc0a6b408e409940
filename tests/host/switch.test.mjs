/** Switches of the open conversation: when and how the page learns of them. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createHost, sidebarUrl } from '../../www/host.js';
import { framed, settled } from './page.mjs';

const TEXT = { msgtype: 'text', text: { content: 'hello' } };

test('a switch is pushed with a fresh code, but only after sidebarAuth', async () => {
  const { host, call, pushes, codes } = framed();
  const results = [];
  host.on('push', ({ pushed, reason }) => results.push([pushed, reason]));
  await host.switchTo('c-zhou');
  assert.equal(pushes().length, 0);
  await call('sidebarAuth');
  await host.switchTo('c-group');
  assert.deepEqual(pushes(), [
    { api: 'updateBaseInfo', data: { baseInfo: { code: 'code-2', juziChatId: 'c-group', juziChatWxid: 'x-group' } } },
  ]);
  assert.deepEqual(
    codes.map(({ via }) => via),
    ['sidebarAuth', 'updateBaseInfo'],
  );
  assert.deepEqual(results, [
    [false, 'not-authorized'],
    [true, 'ok'],
  ]);
});

test('a page registered without postMessage gets no push: it is reloaded', async () => {
  const { host, call, pushes } = framed({ mode: 'reload', url: 'https://page.example/app?x=1#/home' });
  const loads = [];
  host.on('load', ({ url }) => loads.push(url));
  await call('sidebarAuth');
  await host.switchTo('c-zhou');
  assert.deepEqual(await host.push(), { pushed: false, reason: 'mode', chat: host.current });
  assert.equal(pushes().length, 0);
  assert.deepEqual(loads, ['https://page.example/app?x=1&juziSidebar=true&juziChatId=c-zhou&juziChatWxid=x-zhou#/home']);
});

test('a reload ends the page’s authorization, because the new page has not called sidebarAuth', async () => {
  const { host, call, pushes } = framed({ url: 'https://page.example/' });
  await call('sidebarAuth');
  host.load();
  await host.switchTo('c-zhou');
  assert.equal(pushes().length, 0);
});

test('of switches in quick succession only the last is pushed, however long the codes take', async () => {
  const waiting = [];
  const { host, call, pushes } = framed({
    issueCode: () =>
      new Promise((resolve) => {
        waiting.push(resolve);
      }),
  });
  const auth = call('sidebarAuth');
  waiting.shift()('auth');
  await auth;
  await settled();
  const first = host.switchTo('c-zhou');
  const second = host.switchTo('c-group');
  waiting[1]('new');
  waiting[0]('old');
  await Promise.all([first, second]);
  assert.deepEqual(
    pushes().map(({ data }) => [data.baseInfo.code, data.baseInfo.juziChatId]),
    [['new', 'c-group']],
  );
});

test('switching to the conversation that is open does nothing, and to an unknown one is refused', async () => {
  const { host, call, pushes } = framed();
  await call('sidebarAuth');
  await host.switchTo('c-lin');
  assert.equal(pushes().length, 0);
  await assert.rejects(host.switchTo('nobody'), /no chat with the id nobody/);
});

test('openEnterpriseChat answers first and switches then', async () => {
  const { host, call, inbox } = framed();
  await call('sidebarAuth');
  const by = [];
  host.on('switch', (event) => by.push(event.by));
  await call('openEnterpriseChat', { userIds: 'u', externalUserIds: 'wmZhou' });
  assert.deepEqual(
    inbox.map(({ message }) => message.api),
    ['sidebarAuth', 'openEnterpriseChat', 'updateBaseInfo'],
  );
  assert.deepEqual(by, ['page']);
});

test('the address contains the registration and leaves the page’s own query as it is written', () => {
  const chat = { id: 'a b&c', wxid: 'w' };
  assert.equal(
    sidebarUrl('http://h/p?q=%20x&&y', { mode: 'postMessage', chat }),
    'http://h/p?q=%20x&y&juziSidebar=true&msgType=postMessage',
  );
  assert.equal(sidebarUrl('http://h/p', { mode: 'reload', chat }), 'http://h/p?juziSidebar=true&juziChatId=a%20b%26c&juziChatWxid=w');
  // Parameters that are already in the address are replaced, not repeated.
  assert.equal(
    sidebarUrl('http://h/?juziSidebar=&juziChatId=old&msgType=postMessage', { mode: 'reload', chat: null }),
    'http://h/?juziSidebar=true',
  );
  assert.throws(() => sidebarUrl('/relative', { mode: 'reload' }));
});

test('replacing the conversations keeps the open one open if it still exists', () => {
  const { host } = framed({ current: 'c-zhou' });
  host.setChats([{ id: 'c-new' }, { id: 'c-zhou', name: 'Zhou again' }]);
  assert.equal(host.current.name, 'Zhou again');
  host.setChats([{ id: 'c-new' }]);
  assert.equal(host.current.id, 'c-new');
  assert.throws(() => host.setChats([{ id: 'same' }, { id: 'same' }]), /two chats have the id same/);
});

test('a page with a fragment in its address is reloaded too, not only scrolled', () => {
  const steps = [];
  const frame = {
    contentWindow: {},
    nextSibling: null,
    parentNode: { insertBefore: () => steps.push('in') },
    remove: () => steps.push('out'),
    set src(address) {
      steps.push(address);
    },
  };
  const host = createHost({ window: new EventTarget(), frame, url: 'http://page.example/#/home' });
  host.load();
  host.load({ url: 'http://page.example/' });
  assert.deepEqual(steps, [
    'out',
    'http://page.example/?juziSidebar=true&msgType=postMessage#/home',
    'in',
    'http://page.example/?juziSidebar=true&msgType=postMessage',
  ]);
});

test('a console without a conversation frames the page, and fails calls about the open one', async () => {
  const stage = framed({ chats: [], url: 'https://page.example/' });
  const { host, call } = stage;
  assert.equal(host.current, null);
  assert.equal(host.load(), 'https://page.example/?juziSidebar=true&msgType=postMessage');
  assert.deepEqual((await call('getCurExternalContact')).data, { err_msg: 'getCurExternalContact:fail' });
  assert.deepEqual((await call('getCurExternalChat')).data, { err_msg: 'getCurExternalChat:fail' });
  for (const [api, params] of Object.entries({
    getCurChatInfo: {},
    sidebarAuth: {},
    sendChatMessage: TEXT,
    sendMultiChatMessage: [TEXT],
  })) {
    assert.deepEqual((await call(api, params)).data, { err_msg: `${api}:fail no conversation is open` });
  }
  assert.equal(host.authorized, false);
  assert.deepEqual(await host.push(), { pushed: false, reason: 'no-chat', chat: null });
  assert.deepEqual((await call('previewImage', { urls: ['https://page.example/a.png'] })).data, { err_msg: 'previewImage:ok' });
});

test('conversations can be added and removed while the page stays', async () => {
  const { host, call } = framed({ current: 'c-zhou' });
  host.setChats([]);
  assert.equal(host.current, null);
  assert.deepEqual((await call('getCurChatInfo')).data, { err_msg: 'getCurChatInfo:fail no conversation is open' });
  host.setChats([{ id: 'c-new' }]);
  assert.equal((await call('getCurChatInfo')).data.id, 'c-new');
});
