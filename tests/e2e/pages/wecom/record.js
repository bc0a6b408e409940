// Records every interaction between a page and its environment, so that two runs can be compared call by call. With
// `?client=wecom` it simulates WeCom's own browser: its user agent, and a bridge that answers as the client does.
(() => {
  const effects = (window.effects = []);
  const plain = (value) => JSON.parse(JSON.stringify(value ?? null, (_, member) => (typeof member === 'function' ? 'function' : member)));
  const note = (what, ...details) => effects.push([what, ...details.map(plain)]);

  // The page's address differs from run to run.
  const here = location.href.split('?')[0];
  const anywhere = (text) => String(text).replaceAll(here, '<page>');

  addEventListener('error', ({ message }) => note('error', anywhere(message)));
  addEventListener('unhandledrejection', ({ reason }) => note('unhandled rejection', reason?.errMsg ?? String(reason)));
  for (const level of ['log', 'info', 'warn', 'error']) {
    const original = console[level];
    console[level] = (...what) => {
      note(`console.${level}`, ...what.map(anywhere));
      original.apply(console, what);
    };
  }
  window.alert = (text) => note('alert', text);
  const { postMessage } = window;
  window.postMessage = function (...message) {
    note('postMessage', message[0]);
    postMessage.apply(this, message);
  };

  const globals = new Set(Object.getOwnPropertyNames(window));
  // Globals of the helper, and those that chromedriver creates at unpredictable times.
  const others = /^(juziWx|cdc_.*|ret_nodes)$/;
  /** The globals that the page's scripts created. */
  const leftBehind = () => ({
    globals: Object.getOwnPropertyNames(window)
      .filter((name) => !globals.has(name) && !others.test(name))
      .sort(),
    wx: window.wx ? Object.entries(Object.getOwnPropertyDescriptors(wx)).map(([name, { value }]) => `${name}: ${value}`) : null,
    userAgent: [navigator.userAgent, Object.hasOwn(navigator, 'userAgent')],
  });

  const pause = () => new Promise((resolve) => setTimeout(resolve, 10));
  const until = async (condition) => {
    while (!condition()) await pause();
  };
  /** Waits until nothing has happened for a while, so that pending work is done. */
  const quiet = async () => {
    for (let seen = -1, since = 0; since < 15; since = effects.length === seen ? since + 1 : 0) {
      seen = effects.length;
      await pause();
    }
  };
  const steps = () => [...document.querySelectorAll('li')];
  /**
   * Clicks every button, one after another, and returns all that was recorded. With `first`, waits until the page has reached
   * that step by itself, and then for a new step after every click.
   */
  window.play = async (first) => {
    await until(() => document.querySelector('#steps, #app > *'));
    if (first) await until(() => steps().some(({ textContent }) => textContent.startsWith(first)));
    await quiet();
    for (const { id } of document.querySelectorAll('button')) {
      note('press', id);
      const before = steps().length;
      document.getElementById(id)?.click();
      if (first) await until(() => steps().length > before);
      await quiet();
    }
    return { effects, ...leftBehind() };
  };
  new MutationObserver((changes) => {
    for (const { addedNodes } of changes) for (const node of addedNodes) if (node.nodeName === 'LI') note('step', node.textContent);
  }).observe(document, { childList: true, subtree: true });

  const query = new URLSearchParams(location.search);
  const agents = {
    wecom:
      'Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148 wxwork/4.1.30 MicroMessenger/7.0.1 Language/zh',
    android: 'Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0 Mobile Safari/537.36',
  };
  const agent = agents[query.get('client')];
  if (agent) Object.defineProperty(Navigator.prototype, 'userAgent', { get: () => agent, configurable: true });
  if (query.get('client') !== 'wecom') return;

  const answers = {
    getContext: { entry: query.get('entry') ?? 'single_chat_tools' },
    getCurExternalContact: { userId: 'wmFromWeCom' },
    getCurExternalChat: { chatId: 'wrFromWeCom' },
    checkJsApi: { checkResult: { agentConfig: true, sendChatMessage: true } },
    getNetworkType: { err_msg: 'network_type:wifi' },
    openEnterpriseChat: { chatId: 'wrOpened' },
  };
  const known = ['preVerifyJSAPI', 'agentConfig', 'sendChatMessage', 'imagePreview', 'hideMenuItems'];
  const bridge = {
    invoke(name, params, callback) {
      note('WeixinJSBridge.invoke', name, params);
      const answer = answers[name] ?? (known.includes(name) ? {} : { err_msg: `${name}:fail_function_not_exist` });
      setTimeout(() => callback?.({ err_msg: `${name}:ok`, ...answer }));
    },
    on: (name) => note('WeixinJSBridge.on', name),
    call: (name) => note('WeixinJSBridge.call', name),
  };
  // WeCom puts its bridge into the page while the page is loading.
  addEventListener('DOMContentLoaded', () => {
    window.WeixinJSBridge = bridge;
    document.dispatchEvent(new Event('WeixinJSBridgeReady'));
  });
})();
