// The tests that Vitest and Jest both run, in jsdom and happy-dom. kit.test.mjs puts the imports of each before them; `clock` is `vi` or
// `jest`.
let host;
beforeAll(async () => {
  // A helper that starts before the first console, as in a test of a page outside the sidebar.
  expect((await init()).env.reason).toBe('not-framed');
  reset();
});
beforeEach(() => {
  host = createHost({ contact: { name: 'Lin', externalUserId: 'wmA' }, chat: { id: 'club', chatId: 'wrB' } });
});
afterEach(() => {
  clock.useRealTimers();
  reset();
});

const code = (call) =>
  call.then(
    () => 'ok',
    (error) => error.code,
  );

for (const timeout of [3_000, 4_000]) {
  test(`the fake clock drives a timeout of ${timeout} ms, which this test alone has set`, async () => {
    await init({ timeout });
    await juziWx.getCurChatInfo();
    clock.useFakeTimers();
    // Calls that need no time work while the clock is stopped.
    expect((await juziWx.getCurExternalContact()).userId).toBe('wmA');
    host.silence('getCurChatInfo');
    let ended;
    const call = code(juziWx.getCurChatInfo()).then((how) => (ended = how));
    await clock.advanceTimersByTimeAsync(timeout - 1);
    expect(ended).toBe(undefined);
    await clock.advanceTimersByTimeAsync(1);
    await call;
    expect(ended).toBe('timeout');
    expect(await code(juziWx.getCurExternalContact())).toBe('ok');
  });
}

test('the fake clock drives the latency of the console', async () => {
  await init();
  host.setFaults({ latencyMs: 60_000 });
  clock.useFakeTimers();
  let ended;
  const call = code(juziWx.sendChatMessage({ msgtype: 'text', text: { content: 'Hi' } })).then((how) => (ended = how));
  await host.nextCall('sendChatMessage');
  await clock.advanceTimersByTimeAsync(50_000);
  expect(ended).toBe(undefined);
  await clock.advanceTimersByTimeAsync(10_000);
  await call;
});

test('every test has its own helper: nothing of the previous one is left', async () => {
  const before = juziWx;
  await init();
  const seen = [];
  await juziWx.sidebarAuth();
  juziWx.on('updateBaseInfo', () => seen.push('of the former'));
  host.silence('getCurChatInfo');
  void code(juziWx.getCurChatInfo()).then(() => seen.push('of the former'));
  reset();
  expect([juziWx.env, window.juziWx, window.parent === window, location.search]).toEqual([undefined, undefined, true, '']);

  host = createHost({ contact: { externalUserId: 'wmB' }, chat: { id: 'other' } });
  await init({ timeout: 60_000 });
  expect(juziWx).toBe(before);
  expect((await juziWx.getCurExternalContact()).userId).toBe('wmB');
  await juziWx.sidebarAuth();
  const switched = new Promise((resolve) =>
    juziWx.on('updateBaseInfo', ({ data }) => {
      seen.push(data.baseInfo.juziChatId);
      resolve();
    }),
  );
  await host.switchTo('other');
  await switched;
  expect(await code(juziWx.getCurExternalChat())).toBe('ok');
  expect(seen).toEqual(['other']);
});

test('the user agent of WeCom and its WWOpenData are in the page until the reset', async () => {
  const before = navigator.userAgent;
  await init({ userAgent: 'wxwork' });
  expect(navigator.userAgent.startsWith(`${before} wxwork/`)).toBe(true);
  expect(juziWx.env.reason).toBe('ok');
  window.WWOpenData.bind(document.body);
  reset();
  expect([navigator.userAgent, window.WWOpenData]).toEqual([before, undefined]);
  // A user agent that a test sets before `init` stays, and so does one that it sets after.
  const own = (value) => Object.defineProperty(navigator, 'userAgent', { value, configurable: true, writable: true });
  own('of the test');
  createHost();
  await init({ userAgent: 'wxwork' });
  expect(navigator.userAgent.startsWith('of the test wxwork/')).toBe(true);
  reset();
  expect(navigator.userAgent).toBe('of the test');
  createHost();
  await init({ userAgent: 'wxwork' });
  own('since');
  reset();
  expect(navigator.userAgent).toBe('since');
  delete navigator.userAgent;
});

test('after reset the page is outside, as it was before', async () => {
  reset();
  expect((await init()).env.reason).toBe('not-framed');
  expect(await code(juziWx.getCurChatInfo())).toBe('not_in_sidebar');
});

test('the console has an origin that the page allows, unless the test gives another', async () => {
  await init({ allowedHosts: ['https://*.juzibot.com'] });
  expect(await code(juziWx.getCurChatInfo())).toBe('ok');
  expect(juziWx.env.hostOrigin).toBe('https://console.juzibot.com');
  reset();
  createHost({ hostOrigin: 'https://else.example' });
  expect(() => createHost({ hostOrigin: 'https://third.example' })).toThrow('call reset() before');
  await init({ allowedHosts: ['https://*.juzibot.com'] });
  expect(await code(juziWx.getCurChatInfo())).toBe('host_unreachable');
  reset();
  createHost();
  await init({ allowedHosts: [] });
  expect(await code(juziWx.getCurChatInfo())).toBe('host_unreachable');
});

test('a rule that would never apply is refused, with a suggestion for the name', () => {
  for (const method of ['answer', 'fail', 'hold', 'silence', 'restore', 'callsTo', 'nextCall']) {
    expect(() => host[method]('sendChatMesage')).toThrow(
      `host.${method}: no call is named "sendChatMesage"; did you mean "sendChatMessage"?`,
    );
  }
  expect(() => host.fail('somethingElse')).toThrow('the names are getCurExternalContact, ');
  expect(() => host.answer('getContext', {})).toThrow('getContext reaches the console as getCurChatInfo: use that name');
  for (const name of ['config', 'agentConfig', 'checkJsApi', 'ready'])
    expect(() => host.fail(name)).toThrow(`${name} never reaches the console: the helper itself answers it`);
  expect(() => host.hold('updateBaseInfo')).toThrow('use switchTo() or push()');
  expect(() => host.setFaults({ errors: { getCurChatinfo: 'no' } })).toThrow('did you mean "getCurChatInfo"?');
  expect(() => createHost({ handlers: { sidebarauth: () => ({}) } })).toThrow(
    'createHost: handlers: no call is named "sidebarauth"; did you mean "sidebarAuth"?',
  );
  host.restore();
});

test('createHost says what a window lacks', () => {
  reset();
  const { MessageEvent } = window;
  window.MessageEvent = undefined;
  expect(() => createHost()).toThrow('createHost: this window has no MessageEvent; use jsdom, happy-dom or a browser');
  window.MessageEvent = MessageEvent;
});
