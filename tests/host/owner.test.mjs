/** The host as a testing kit: its owner reads the calls and overrides answers. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createHost, frameWindow, HOLD, SILENT } from '../../www/host.js';
import { framed, settled } from './page.mjs';

test('contact and chat are a shorthand for one single chat and one group', async () => {
  const { host, call } = framed({ chats: undefined, contact: { externalUserId: 'wmA', name: 'A' }, chat: { chatId: 'wrB' } });
  assert.deepEqual(
    host.chats.map(({ id, type, name }) => [id, type, name]),
    [
      ['chat-1', 0, 'A'],
      ['chat-2', 1, 'Chat 2'],
    ],
  );
  assert.equal((await call('getCurExternalContact')).data.externalUserId, 'wmA');
  await host.switchTo('chat-2');
  assert.equal((await call('getCurExternalChat')).data.chatId, 'wrB');
});

test('the owner answers, fails, silences and restores an api', async () => {
  const { host, call } = framed();
  host.answer('getCurChatInfo', { id: 'mine' });
  assert.equal((await call('getCurChatInfo')).data.id, 'mine');
  host.answer('getCurChatInfo', (params) => ({ id: params.echo }));
  assert.equal((await call('getCurChatInfo', { echo: 'e' })).data.id, 'e');
  host.fail('getCurChatInfo', 'not today');
  assert.equal((await call('getCurChatInfo')).data.err_msg, 'getCurChatInfo:fail not today');
  host.silence('getCurChatInfo', { times: 1 });
  assert.equal(await call('getCurChatInfo'), undefined);
  assert.equal((await call('getCurChatInfo')).data.id, 'c-lin');
  host.fail('getCurChatInfo');
  host.restore();
  assert.equal((await call('getCurChatInfo')).data.id, 'c-lin');
});

test('a held call is answered by hand, once', async () => {
  const { host, call, answersTo } = framed();
  host.hold('sendChatMessage');
  assert.equal(await call('sendChatMessage', { msgtype: 'text', text: { content: 'a' } }), undefined);
  const [held] = host.callsTo('sendChatMessage');
  assert.equal(held.state, 'pending');
  held.fail('blocked');
  held.answer({});
  assert.deepEqual(
    answersTo('r1').map(({ data }) => data),
    [{ err_msg: 'sendChatMessage:fail blocked' }],
  );
  assert.equal(held.state, 'fail');
});

test('handlers replace or add an api, and may be asynchronous, hold, or stay silent', async () => {
  const { call } = framed({
    handlers: {
      getCurChatInfo: async () => ({ id: 'async' }),
      customCall: (params) => ({ got: params }),
      held: () => HOLD,
      silent: () => SILENT,
      broken: () => {
        throw new TypeError('oops');
      },
    },
  });
  assert.equal((await call('getCurChatInfo')).data.id, 'async');
  assert.deepEqual((await call('customCall', { a: 1 })).data, { got: { a: 1 } });
  assert.equal(await call('held'), undefined);
  assert.equal(await call('silent'), undefined);
  assert.equal((await call('broken')).data.err_msg, 'broken:fail oops');
});

test('nextCall waits for the page, until its timeout', async (t) => {
  const { host, call } = framed();
  const next = host.nextCall('getCurChatInfo');
  await call('getCurExternalContact');
  await call('getCurChatInfo', { a: 1 });
  assert.deepEqual((await next).params, { a: 1 });
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const never = host.nextCall('sidebarAuth', { timeout: 100 });
  t.mock.timers.tick(100);
  await assert.rejects(never, /no call of sidebarAuth within 100 ms/);
});

test('calls are kept up to a limit', async () => {
  const { host, call } = framed({ keepCalls: 2 });
  for (let i = 0; i < 4; i++) await call('getCurChatInfo', { i });
  assert.deepEqual(
    host.calls.map(({ params }) => params.i),
    [2, 3],
  );
});

test('a host without a page or a window says what is missing', () => {
  assert.throws(() => createHost({ window: new EventTarget() }), /`frame` or `target` is required/);
  assert.throws(() => createHost({ target: {} }), /give `window`/);
  assert.throws(() => createHost({ window: new EventTarget(), target: {}, mode: 'push' }), /mode must be/);
  assert.throws(() => createHost({ window: new EventTarget(), target: {}, current: 'x' }), /no chat with the id x/);
});

test('frameWindow frames a page in an environment without frames', async () => {
  // As in jsdom: a window posts only to itself, and its messages have no source and no origin.
  const page = Object.assign(new EventTarget(), {
    location: { origin: 'https://page.example' },
    postMessage: (/** @type {any} */ data) => void setImmediate(() => page.dispatchEvent(new MessageEvent('message', { data }))),
  });
  /** @type {any[]} */
  const toItself = [];
  page.addEventListener('message', ({ data }) => typeof data === 'string' && !data.startsWith('framed by') && toItself.push(data));
  page.parent = page;
  const { postMessage } = page;
  const { restore, ...windows } = frameWindow(page, { hostOrigin: 'https://console.example' });
  assert.notEqual(page.parent, page);
  const host = createHost({ ...windows, contact: { externalUserId: 'wmA' } });
  const heard = (/** @type {string} */ reqId) =>
    new Promise((resolve) => {
      page.addEventListener('message', function listen(event) {
        if (event.data.reqId !== reqId) return;
        page.removeEventListener('message', listen);
        resolve(event);
      });
    });
  const request = (/** @type {string} */ reqId) => ({ type: 'sidebarHelper', data: { api: 'getCurExternalContact', reqId, params: {} } });

  page.parent.postMessage(request('misdirected'), 'https://another.example');
  page.parent.postMessage(request('plain'), 'https://console.example');
  const event = await heard('plain');
  assert.equal(event.data.data.externalUserId, 'wmA');
  assert.equal(event.source, page.parent);
  assert.equal(event.origin, 'https://console.example');
  // The helper uses the prototype's getter, because it does not trust the event's own properties.
  const getter = Object.getOwnPropertyDescriptor(MessageEvent.prototype, 'origin')?.get;
  assert.equal(Reflect.apply(/** @type {any} */ (getter), event, []), 'https://console.example');

  // The page's own `postMessage`, called with the parent and with the page itself as `this`.
  page.postMessage.call(page.parent, request('borrowed'), '*');
  assert.equal((await heard('borrowed')).data.data.externalUserId, 'wmA');
  page.postMessage('hello', '*');
  await settled();
  assert.deepEqual(toItself, ['hello']);

  assert.deepEqual(
    host.calls.map(({ reqId, origin }) => [reqId, origin]),
    [
      ['plain', 'https://page.example'],
      ['borrowed', 'https://page.example'],
    ],
  );
  host.destroy();
  restore();
  assert.equal(page.parent, page);
  assert.equal(page.postMessage, postMessage);
});
