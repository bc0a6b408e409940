import { createApp, createSSRApp, defineComponent, effectScope, h, nextTick, onMounted, shallowRef, watchEffect } from 'vue';
import { renderToString } from 'vue/server-renderer';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { init } from 'juzi-helper-wasm';
import { createHost, reset } from 'juzi-helper-wasm/testing';
import { createJuzi, useConversation, useJuzi, useSendMessage } from 'juzi-helper-wasm/vue';

const TEXT = { msgtype: 'text', text: { content: 'Hi' } };
let host;
let page;
let app;
let warnings;
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
  warnings = ['warn', 'error'].map((name) => vi.spyOn(console, name).mockImplementation(() => {}));
});
afterEach(async () => {
  app?.unmount();
  app = undefined;
  reset();
  // Unhandled rejections are reported in the turn after.
  await new Promise((resolve) => setTimeout(resolve));
  for (const spy of warnings) expect(spy.mock.calls).toEqual([]);
  expect(rejections).toEqual([]);
  for (const spy of warnings) spy.mockRestore();
  page.remove();
});

/** All values that the page gets. */
const seen = [];
let latest;
const Watcher = defineComponent({
  setup() {
    const [helper, conversation, message] = [useJuzi(), useConversation(), useSendMessage()];
    latest = { helper, conversation, message };
    watchEffect(() => {
      const open = conversation.conversation.value;
      seen.push([helper.state.value, open && `${open.kind} ${open.name} ${open.userId ?? open.chatId}`]);
    });
    return () => h('p', `${helper.state.value} ${conversation.conversation.value?.name ?? '-'}`);
  },
});
/** The values of refs. */
const values = ({ send, refresh, ...refs }) => Object.fromEntries(Object.entries(refs).map(([name, { value }]) => [name, value]));
const text = () => page.textContent;
const becomes = (check) => vi.waitFor(check, { timeout: 20_000, interval: 5 });
function mount(options) {
  seen.length = 0;
  app = createApp(Watcher).use(createJuzi(options));
  app.mount(page);
}

test('report is the report of the page', async () => {
  mount({ record: true });
  await becomes(() => expect(text()).toBe('ready Lin'));
  const report = await latest.helper.report();
  expect(report).toMatchObject({ by: 'page', helper: { options: { record: true } } });
  expect(report.messages.map(({ api }) => api)).toContain('getCurChatInfo');
});

test('useJuzi and useConversation: loading, ready, and every switch', async () => {
  mount({ allowedHosts: ['https://*.juzibot.com'] });
  expect(text()).toBe('loading -');
  await becomes(() => expect(text()).toBe('ready Lin'));
  expect(seen[0]).toEqual(['loading', undefined]);
  expect(values(latest.conversation)).toMatchObject({
    loading: false,
    error: undefined,
    conversation: { kind: 'contact', id: 'lin', external: true, userId: 'wmA' },
    baseInfo: { juziChatId: 'lin' },
  });
  expect(values(latest.helper)).toMatchObject({ env: { reason: 'ok' }, error: undefined });

  seen.length = 0;
  await host.switchTo('club');
  await becomes(() => expect(text()).toBe('ready Club'));
  expect(values(latest.conversation)).toMatchObject({ conversation: { kind: 'group', chatId: 'wrB' }, baseInfo: { juziChatId: 'club' } });
  await host.switchTo('wang');
  await becomes(() => expect(text()).toBe('ready Wang'));
  // Never the former contact after the console has pushed the switch.
  expect([...new Set(seen.map(([, conversation]) => conversation))]).toEqual([undefined, 'group Club wrB', 'contact Wang undefined']);
  expect(host.callsTo('sidebarAuth')).toHaveLength(1);
});

test('useConversation says why it could not be read, and refresh() reads it again', async () => {
  host.fail('getCurChatInfo', 'no permission', { times: 1 });
  mount();
  await becomes(() =>
    expect(values(latest.conversation)).toMatchObject({
      loading: false,
      conversation: undefined,
      error: { err_msg: 'getCurChatInfo:fail no permission' },
    }),
  );
  await latest.conversation.refresh();
  expect(values(latest.conversation)).toMatchObject({ loading: false, conversation: { name: 'Lin' }, error: undefined });
});

test('outside: the state, its reason, and the error of a message', async () => {
  reset();
  mount();
  await becomes(() => expect(values(latest.helper)).toMatchObject({ state: 'outside', env: { reason: 'not-framed' } }));
  expect(await latest.message.send(TEXT)).toBe(false);
  expect(values(latest.message)).toMatchObject({ pending: false, error: { code: 'not_in_sidebar' } });
  await becomes(() => expect(latest.conversation.loading.value).toBe(false));
});

test('failed: with the error of init', async () => {
  await init({ timeout: 5_000 });
  mount({ timeout: 6_000 });
  await becomes(() => expect(latest.helper.state.value).toBe('failed'));
  expect(latest.helper.error.value.message).toBe('juzi-helper: init() was called before, with other options');
});

test('useSendMessage: pending, sent, several, and the error of one that failed', async () => {
  mount();
  await becomes(() => expect(text()).toBe('ready Lin'));
  host.hold('sendChatMessage', { times: 1 });
  const call = host.nextCall('sendChatMessage');
  const sent = latest.message.send(TEXT);
  expect(latest.message.pending.value).toBe(true);
  (await call).answer();
  expect(await sent).toBe(true);
  expect(values(latest.message)).toEqual({ pending: false, error: undefined });
  expect(await latest.message.send([TEXT, TEXT])).toBe(true);
  expect(host.callsTo('sendMultiChatMessage')[0].params).toHaveLength(2);
  host.fail('sendChatMessage', 'no permission', { times: 1 });
  expect(await latest.message.send(TEXT)).toBe(false);
  expect(values(latest.message)).toMatchObject({ pending: false, error: { err_msg: 'sendChatMessage:fail no permission' } });
});

test('a page is unmounted while calls are pending: nothing is changed, rejected or called any more', async () => {
  mount();
  await becomes(() => expect(text()).toBe('ready Lin'));
  for (const name of ['sendChatMessage', 'getCurChatInfo']) host.hold(name);
  void latest.message.send(TEXT);
  void latest.conversation.refresh();
  await host.nextCall('getCurChatInfo');
  app.unmount();
  app = undefined;
  const before = [seen.length, values(latest.message)];
  for (const call of host.calls.filter(({ state }) => state === 'pending')) call.fail('too late');
  const calls = host.calls.length;
  await host.switchTo('club');
  // This is answered after the push, so the push has been handled.
  await (await init()).getCurExternalChat();
  expect(host.calls.length).toBe(calls + 1);
  expect([seen.length, values(latest.message)]).toEqual(before);
});

test('a page rendered on a server is hydrated without a difference, although the helper runs already', async () => {
  const html = await renderToString(createSSRApp(Watcher).use(createJuzi()));
  expect(html).toBe('<p>loading -</p>');
  page.innerHTML = html;
  const element = page.firstChild;
  await init();
  seen.length = 0;
  app = createSSRApp(Watcher).use(createJuzi());
  // Waits until the application has the helper's state too.
  await Promise.resolve();
  app.mount(page);
  await becomes(() => expect(text()).toBe('ready Lin'));
  expect(seen[0]).toEqual(['loading', undefined]);
  expect(page.firstChild).toBe(element);
});

test('a component that is mounted later gets the state', async () => {
  mount();
  await becomes(() => expect(text()).toBe('ready Lin'));
  const second = document.createElement('main');
  const late = createApp(Watcher);
  Object.assign(late._context.provides, app._context.provides);
  late.mount(second);
  await becomes(() => expect(second.textContent).toBe('ready Lin'));
  // Once before the id and once after it, for both components together.
  expect(host.callsTo('getCurChatInfo')).toHaveLength(2);
  late.unmount();
  // The first component is still mounted, and the conversation is followed.
  await host.switchTo('club');
  await becomes(() => expect(text()).toBe('ready Club'));
});

test('a store that a component first uses after it was mounted: its composables start', async () => {
  let store;
  const scope = effectScope(true);
  // As in Pinia: a scope of its own, which outlives the component.
  const useStore = () => (store ??= scope.run(() => ({ helper: useJuzi(), conversation: useConversation(), message: useSendMessage() })));
  const juzi = createJuzi();
  const shown = shallowRef(true);
  const Late = defineComponent({ setup: () => onMounted(() => app.runWithContext(useStore)), render: () => null });
  app = createApp({ render: () => (shown.value ? h(Late) : null) }).use(juzi);
  app.mount(page);
  await becomes(() => expect(values(store.conversation)).toMatchObject({ loading: false, conversation: { name: 'Lin' } }));
  expect(store.helper.state.value).toBe('ready');
  shown.value = false;
  await nextTick();
  await host.switchTo('club');
  await becomes(() => expect(store.conversation.conversation.value?.name).toBe('Club'));
  host.fail('sendChatMessage', 'no permission', { times: 1 });
  expect(await store.message.send(TEXT)).toBe(false);
  expect(store.message.error.value.err_msg).toBe('sendChatMessage:fail no permission');
  scope.stop();
});

test('without the plugin the composables say what they need', () => {
  const errorHandler = vi.fn();
  const lonely = createApp({ setup: () => void useJuzi(), render: () => null });
  lonely.config.errorHandler = errorHandler;
  lonely.mount(page);
  expect(errorHandler.mock.calls[0][0].message).toBe('juzi-helper: useJuzi() needs app.use(createJuzi()), and is called in setup');
  lonely.unmount();
});
