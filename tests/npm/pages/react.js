import { StrictMode, act, createElement as h } from 'react';
import { createRoot, hydrateRoot } from 'react-dom/client';
import { renderToString } from 'react-dom/server';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { init } from 'juzi-helper-wasm';
import { JuziProvider, useConversation, useJuzi, useSendMessage } from 'juzi-helper-wasm/react';
import { createHost, reset } from 'juzi-helper-wasm/testing';

globalThis.IS_REACT_ACT_ENVIRONMENT = true;
const TEXT = { msgtype: 'text', text: { content: 'Hi' } };
let host;
let page;
let root;
let complaints;
const rejections = [];
process.on('unhandledRejection', (error) => rejections.push(error));

beforeEach(() => {
  host = createHost({
    contact: { id: 'lin', name: 'Lin', externalUserId: 'wmA' },
    chats: [
      { id: 'club', name: 'Club', type: 1, chatId: 'wrB' },
      { id: 'wang', name: 'Wang', external: false },
    ],
  });
  page = document.body.appendChild(document.createElement('main'));
  complaints = vi.spyOn(console, 'error').mockImplementation(() => {});
});
afterEach(async () => {
  await act(async () => root?.unmount());
  root = undefined;
  reset();
  // Unhandled rejections are reported in the turn after.
  await new Promise((resolve) => setTimeout(resolve));
  expect(complaints.mock.calls).toEqual([]);
  expect(rejections).toEqual([]);
  complaints.mockRestore();
  page.remove();
});

/** All values that the page gets, at every rendering. */
const seen = [];
let latest;
function Watcher() {
  latest = { helper: useJuzi(), conversation: useConversation(), message: useSendMessage() };
  const { conversation } = latest.conversation;
  seen.push([
    latest.helper.state,
    conversation && `${conversation.kind} ${conversation.name} ${conversation.userId ?? conversation.chatId}`,
  ]);
  return h('p', null, `${latest.helper.state} ${conversation?.name ?? '-'}`);
}
const app = (options, children = h(Watcher)) => h(StrictMode, null, h(JuziProvider, { options }, children));
const text = () => page.textContent;
/** Waits as in a browser, where React renders by itself. */
async function becomes(check) {
  globalThis.IS_REACT_ACT_ENVIRONMENT = false;
  await vi.waitFor(check, { timeout: 20_000, interval: 5 });
  globalThis.IS_REACT_ACT_ENVIRONMENT = true;
}
async function mount(options, children) {
  seen.length = 0;
  root = createRoot(page);
  await act(async () => root.render(app(options, children)));
}

test('report is the report of the page', async () => {
  await mount({ record: true });
  await becomes(() => expect(text()).toBe('ready Lin'));
  const report = await latest.helper.report();
  expect(report).toMatchObject({ by: 'page', helper: { options: { record: true } } });
  expect(report.messages.map(({ api }) => api)).toContain('getCurChatInfo');
});

test('useJuzi and useConversation, in StrictMode: loading, ready, and every switch', async () => {
  await mount({ allowedHosts: ['https://*.juzibot.com'] });
  await becomes(() => expect(text()).toBe('ready Lin'));
  expect(seen[0]).toEqual(['loading', undefined]);
  expect(latest.conversation).toMatchObject({
    loading: false,
    error: undefined,
    conversation: { kind: 'contact', id: 'lin', name: 'Lin', external: true, userId: 'wmA' },
    baseInfo: { juziChatId: 'lin' },
  });
  expect(host.callsTo('sidebarAuth')).toHaveLength(1);
  // Once before the id and once after it.
  expect(host.callsTo('getCurChatInfo')).toHaveLength(2);

  seen.length = 0;
  await act(() => host.switchTo('club'));
  await becomes(() => expect(text()).toBe('ready Club'));
  expect(latest.conversation).toMatchObject({ conversation: { kind: 'group', chatId: 'wrB' }, baseInfo: { juziChatId: 'club' } });
  await act(() => host.switchTo('wang'));
  await becomes(() => expect(text()).toBe('ready Wang'));
  expect(latest.conversation.error).toBe(undefined);
  // Never the former contact after the console has pushed the switch.
  expect([...new Set(seen.map(([, conversation]) => conversation))]).toEqual([undefined, 'group Club wrB', 'contact Wang undefined']);
  expect(host.callsTo('sidebarAuth')).toHaveLength(1);
});

test('an answer about the former conversation, which comes late, is not shown', async () => {
  host.hold('getCurChatInfo', { times: 1 });
  const first = host.nextCall('getCurChatInfo');
  await mount();
  const late = await act(() => first);
  await act(() => host.switchTo('club'));
  await becomes(() => expect(text()).toBe('ready Club'));
  await act(async () => {
    late.answer({ id: 'lin', name: 'Lin', type: 0, external: true });
    // This is answered after the late answer, so that has been handled.
    await (await init()).getCurExternalChat();
  });
  expect(text()).toBe('ready Club');
  expect(seen.some(([, conversation]) => conversation?.includes('Lin'))).toBe(false);
});

test('useConversation says why it could not be read, and refresh() reads it again', async () => {
  host.fail('getCurChatInfo', 'no permission', { times: 1 });
  host.fail('sidebarAuth', 'no code', { times: 1 });
  await mount();
  await becomes(() =>
    expect(latest.conversation).toMatchObject({ loading: false, conversation: undefined, error: { err_msg: 'sidebarAuth:fail no code' } }),
  );
  await act(() => latest.conversation.refresh());
  expect(latest.conversation).toMatchObject({
    loading: false,
    conversation: { name: 'Lin' },
    error: undefined,
    baseInfo: { juziChatId: 'lin' },
  });
});

test('outside: the state, its reason, and the error of a message', async () => {
  reset();
  await mount();
  await becomes(() => expect(latest.helper).toMatchObject({ state: 'outside', env: { reason: 'not-framed' } }));
  await act(async () => expect(await latest.message.send(TEXT)).toBe(false));
  expect(latest.message).toMatchObject({ pending: false, error: { code: 'not_in_sidebar' } });
  await becomes(() => expect(latest.conversation).toMatchObject({ loading: false, error: { code: 'not_in_sidebar' } }));
});

test('failed: with the error of init', async () => {
  await init({ timeout: 5_000 });
  await mount({ timeout: 6_000 });
  await becomes(() => expect(latest.helper.state).toBe('failed'));
  expect(latest.helper.error.message).toBe('juzi-helper: init() was called before, with other options');
});

test('useSendMessage: pending, sent, several, and the error of one that failed', async () => {
  await mount();
  await becomes(() => expect(text()).toBe('ready Lin'));
  host.hold('sendChatMessage', { times: 1 });
  let sent;
  await act(async () => void (sent = latest.message.send(TEXT)));
  expect(latest.message.pending).toBe(true);
  const [call] = await vi.waitFor(() => {
    expect(host.callsTo('sendChatMessage')).toHaveLength(1);
    return host.callsTo('sendChatMessage');
  });
  call.answer();
  await act(async () => expect(await sent).toBe(true));
  expect(latest.message).toMatchObject({ pending: false, error: undefined });
  await act(async () => expect(await latest.message.send([TEXT, TEXT])).toBe(true));
  expect(host.callsTo('sendMultiChatMessage')[0].params).toHaveLength(2);
  host.fail('sendChatMessage', 'no permission', { times: 1 });
  await act(async () => expect(await latest.message.send(TEXT)).toBe(false));
  expect(latest.message).toMatchObject({ pending: false, error: { err_msg: 'sendChatMessage:fail no permission' } });
  await act(async () => expect(await latest.message.send(TEXT)).toBe(true));
  expect(latest.message.error).toBe(undefined);
});

test('a page is unmounted while calls are pending: nothing is rendered, rejected or called any more', async () => {
  await mount();
  await becomes(() => expect(text()).toBe('ready Lin'));
  for (const name of ['sendChatMessage', 'getCurChatInfo']) host.hold(name);
  await act(async () => {
    void latest.message.send(TEXT);
    void latest.conversation.refresh();
    await host.nextCall('getCurChatInfo');
  });
  const renderings = seen.length;
  await act(async () => root.unmount());
  root = undefined;
  for (const call of host.calls.filter(({ state }) => state === 'pending')) call.fail('too late');
  const calls = host.calls.length;
  await host.switchTo('club');
  // This is answered after the push, so the push has been handled.
  await (await init()).getCurExternalChat();
  expect(host.calls.length).toBe(calls + 1);
  expect(seen.length).toBe(renderings);
});

test('a page rendered on a server is hydrated without a difference, although the helper runs already', async () => {
  const html = renderToString(app());
  expect(html).toContain('loading -');
  page.innerHTML = html;
  await init();
  seen.length = 0;
  const recovered = vi.fn();
  await act(async () => {
    root = hydrateRoot(page, app(), { onRecoverableError: recovered });
  });
  await becomes(() => expect(text()).toBe('ready Lin'));
  expect(seen[0]).toEqual(['loading', undefined]);
  expect(recovered).not.toHaveBeenCalled();
});

test('without a provider the hooks say what they need', () => {
  const Lonely = () => useSendMessage() && null;
  expect(() => renderToString(h(Lonely))).toThrow('juzi-helper: useSendMessage() needs a <JuziProvider> around its component');
});
