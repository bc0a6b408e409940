/** Sets up the workbench: the scenario from the server, the protocol's host, and the panels. */
import { createHost } from '../host.js';
import { byTestId, h } from '../lib/dom.js';
import { createI18n } from '../lib/i18n.js';
import { icon } from '../lib/icons.js';
import { nextTheme, startTheme } from '../lib/theme.js';
import { avatar } from './avatar.js';
import { createChatList } from './chat-list.js';
import { createCodesPanel } from './codes-panel.js';
import { createDock } from './dock.js';
import { createFaultsPanel } from './faults-panel.js';
import { createInspector } from './inspector.js';
import { getPrefs, setPrefs } from './prefs.js';
import { createPreview } from './preview.js';
import { scenarioError, toChats, toHostFaults, toThreads } from './scenario.js';
import { fetchConfig, issueCode, openEvents, putConversation } from './server.js';
import { createFrame, createSidebarPanel } from './sidebar-panel.js';
import { splitter } from './splitter.js';
import { strings } from './strings.js';
import { createThread } from './thread.js';
import { createToasts } from './toast.js';

/**
 * What the panels share.
 * @typedef {object} App
 * @property {any} config The server's answer.
 * @property {any} scenario The scenario in force.
 * @property {import('../host.js').Host} host
 * @property {ReturnType<typeof createI18n>} i18n
 * @property {Map<string, (import('./scenario.js').ThreadItem & { bySidebar?: boolean })[]>} threads Messages by conversation.
 * @property {ReturnType<typeof createToasts>} toast
 * @property {ReturnType<typeof createPreview>} preview
 * @property {(id: string) => void} switchTo
 * @property {(mode: import('../host.js').Mode) => void} setMode
 * @property {(chatId: string, messages: import('../host.js').ChatMessage[], how: { bySidebar: boolean }) => void} addMessages
 * @property {(chatId: string | null) => string | null} nameOf
 * @property {() => void} renderSidebar
 */

const query = new URLSearchParams(location.search);
let theme = startTheme(query.get('theme'));
const i18n = createI18n(strings, /** @type {any} */ (query.get('lang')) ?? undefined);
const { t } = i18n;
const toast = createToasts(byTestId('toasts'), t);
const banner = byTestId('banner');

startChrome();
void start();

/** The parts that need no server: language, theme, and the tabs of a narrow window. */
function startChrome() {
  const themeButton = byTestId('theme-toggle');
  const languageButton = byTestId('language-toggle');
  const label = () => {
    document.title = t('app.title');
    themeButton.replaceChildren(icon(theme === 'dark' ? 'moon' : theme === 'light' ? 'sun' : 'auto'));
    themeButton.setAttribute('aria-label', t(`theme.${theme}`));
    themeButton.title = t(`theme.${theme}`);
    languageButton.textContent = t('language.next');
    languageButton.setAttribute('aria-label', t('language.label'));
  };
  themeButton.addEventListener('click', () => {
    theme = nextTheme();
    label();
  });
  languageButton.addEventListener('click', () => i18n.set(i18n.language === 'zh' ? 'en' : 'zh'));
  byTestId('dock-toggle').append(icon('panel'));
  i18n.onChange(label);
  i18n.apply();
  label();

  const tabs = [...document.querySelectorAll('.view-tabs button')];
  const view = (/** @type {string} */ name) => {
    document.body.dataset.view = name;
    for (const tab of tabs) tab.setAttribute('aria-pressed', String(tab.dataset.view === name));
  };
  for (const tab of tabs) tab.addEventListener('click', () => view(tab.dataset.view));
  view('sidebar');
}

async function start() {
  byTestId('thread').replaceChildren(h('p', { class: 'empty' }, t('app.loading')));
  let config;
  try {
    config = await fetchConfig();
  } catch (error) {
    byTestId('thread').replaceChildren(
      h(
        'div',
        { class: 'empty', role: 'alert' },
        icon('alert', 28),
        h('p', null, t('app.failed', { reason: /** @type {Error} */ (error).message })),
        h('button', { type: 'button', class: 'button', on: { click: () => void start() } }, icon('reload', 16), t('app.retry')),
      ),
    );
    return;
  }
  byTestId('thread').replaceChildren();
  run(config);
}

/** @param {any} config */
function run(config) {
  const frame = createFrame();
  const chats = toChats(config.scenario);
  const wanted = [query.get('chat'), config.currentConversation].find((id) => chats.some((chat) => chat.id === id));
  const mode = [query.get('mode'), config.scenario.registration?.msgType].find((one) => one === 'postMessage' || one === 'reload');
  const host = createHost({
    frame,
    chats,
    current: wanted ?? undefined,
    mode: /** @type {any} */ (mode),
    url: config.page,
    issueCode: (chat, via) => issueCode(chat.id, via),
    faults: toHostFaults(config.scenario),
    keepCalls: 1000,
  });

  /** @type {App} */
  const app = {
    config,
    scenario: config.scenario,
    host,
    i18n,
    toast,
    threads: toThreads(config.scenario),
    preview: createPreview(i18n),
    switchTo: (id) => void host.switchTo(id).catch((error) => toast(t('toast.codeFailed', { reason: error.message }), 'bad')),
    setMode(next) {
      if (next === host.mode) return;
      host.setMode(next);
      remember();
      host.load();
      sidebar.render();
    },
    addMessages(chatId, messages, { bySidebar }) {
      const { name, avatar: face } = app.scenario.account;
      const items = messages.map(({ msgtype, content }) => ({
        mine: true,
        who: name,
        avatar: face,
        at: Date.now(),
        msgtype,
        content,
        trusted: false,
        bySidebar,
      }));
      const known = app.threads.get(chatId);
      if (known) known.push(...items);
      else app.threads.set(chatId, items);
      if (chatId === host.current?.id) thread.update();
      chatList.render();
    },
    nameOf: (id) => app.scenario.conversations.find((/** @type {any} */ chat) => chat.id === id)?.name ?? id,
    renderSidebar: () => sidebar.render(),
  };

  /** @type {ReturnType<typeof createDock> | undefined} */
  let dock;
  const chatList = createChatList(byTestId('chats'), app);
  const thread = createThread(byTestId('thread'), app);
  const sidebar = createSidebarPanel(byTestId('sidebar'), frame, app);
  const inspector = createInspector(app, {
    onCount: (messages, ignored) => {
      dock?.badge('messages', count(messages));
      dock?.badge('ignored', count(ignored), 'warn');
    },
  });
  const codes = createCodesPanel(app, { onCount: (codeCount) => dock?.badge('codes', count(codeCount)) });
  const faults = createFaultsPanel(app, { onActive: (active) => dock?.badge('faults', active ? '!' : '', 'warn') });
  dock = createDock(
    byTestId('dock'),
    i18n,
    [
      { name: 'messages', element: inspector.element, onShow: inspector.onShow },
      { name: 'ignored', element: inspector.ignoredElement, onShow: inspector.onShow },
      { name: 'codes', element: codes.element, onShow: codes.onShow },
      { name: 'faults', element: faults.element },
    ],
    query.get('dock'),
  );
  // Emits the faults again, now that there is a tab to show whether any is on.
  host.setFaults({});

  startLayout();
  host.on('sent', ({ chat, messages }) => {
    app.addMessages(chat.id, messages, { bySidebar: true });
    // In a narrow window the message is on another tab.
    if (matchMedia('(max-width: 820px)').matches) toast(t('toast.sent', { count: messages.length }), 'ok');
  });
  host.on('preview', ({ urls, index }) => app.preview.show(urls, index));
  host.on('switch', ({ to, by }) => {
    remember();
    void tellHub();
    chatList.render();
    thread.render();
    if (by === 'page') toast(t('toast.opened', { name: to.name }), 'ok');
  });
  host.on('push', ({ reason }) => {
    // A push that was sent is in the log. One that was not needs an explanation.
    if (reason === 'not-authorized') toast(t('toast.notAuthorized'));
  });
  host.on('error', ({ error }) => {
    console.error(error);
    toast(t('toast.codeFailed', { reason: error instanceof Error ? error.message : String(error) }), 'bad');
  });

  /** Stores the state in the address bar, so that a reload, a bookmark or a shared link restores it. */
  function remember() {
    const url = new URL(location.href);
    if (host.current) url.searchParams.set('chat', host.current.id);
    else url.searchParams.delete('chat');
    url.searchParams.set('mode', host.mode);
    history.replaceState(null, '', url);
  }

  /** Tells the hub which account authorizes. Without a conversation there is nothing to tell. */
  async function tellHub() {
    if (host.current) await putConversation(host.current.id).catch((error) => toast(t('toast.error', { reason: error.message }), 'bad'));
  }

  /** @param {any} scenario */
  function useScenario(scenario) {
    app.scenario = scenario;
    app.threads = toThreads(scenario);
    host.setChats(toChats(scenario));
    host.setMode(scenario.registration?.msgType ?? 'postMessage');
    faults.scenarioChanged();
    renderAccount();
    chatList.render();
    thread.render();
    remember();
    void tellHub();
    host.load();
    sidebar.render();
    showBanner('');
    toast(t('toast.scenario'), 'ok');
  }

  function renderAccount() {
    const { name, userId, avatar: face } = app.scenario.account;
    byTestId('account').replaceChildren(avatar(name, face, 'small'), h('span', { class: 'account-name' }, name));
    byTestId('account').title = t('account.label', { name, userId });
    byTestId('scenario-file').textContent = config.scenarioFile?.split(/[\\/]/).at(-1) ?? t('scenario.default');
    byTestId('scenario-file').title = config.scenarioFile ?? '';
  }
  i18n.onChange(renderAccount);

  openEvents(
    {
      scenario: useScenario,
      'scenario-error': (error) => showBanner(scenarioError(error, t)),
      'code-issued': codes.issued,
      'code-redeemed': codes.redeemed,
    },
    (online) => {
      showBanner(online ? '' : t('banner.offline'));
      // The server may have been restarted with another scenario.
      if (online)
        void fetchConfig().then(
          ({ scenario }) => (JSON.stringify(scenario) === JSON.stringify(app.scenario) ? tellHub() : useScenario(scenario)),
          () => {},
        );
    },
  );

  renderAccount();
  chatList.render();
  thread.render();
  sidebar.render();
  remember();
  // Before the page loads, because it may redirect to the hub at once.
  void tellHub().then(() => host.load());
}

/** @param {number} n */
const count = (n) => (n === 0 ? '' : n > 9999 ? `${Math.floor(n / 1000)}k` : String(n));

/** @param {string} text Empty hides it. */
function showBanner(text) {
  banner.hidden = text === '';
  banner.replaceChildren(...(text ? [icon('alert', 16), h('span', null, text)] : []));
}

/** Sizes of the panes, and whether the dock is open. */
function startLayout() {
  const prefs = getPrefs();
  const sidebarBar = byTestId('sidebar-splitter');
  const dockBar = byTestId('dock-splitter');
  splitter(sidebarBar, {
    of: 'width',
    property: '--sidebar-width',
    initial: prefs.sidebarWidth,
    min: 320,
    max: () => innerWidth - 480,
    onChange: (sidebarWidth) => setPrefs({ sidebarWidth }),
  });
  splitter(dockBar, {
    of: 'height',
    property: '--dock-height',
    initial: prefs.dockHeight,
    min: 140,
    max: () => innerHeight - 240,
    onChange: (dockHeight) => setPrefs({ dockHeight }),
  });
  const toggle = byTestId('dock-toggle');
  const show = (/** @type {boolean} */ open) => {
    byTestId('dock').hidden = dockBar.hidden = !open;
    toggle.setAttribute('aria-pressed', String(open));
    setPrefs({ dockOpen: open });
  };
  toggle.addEventListener('click', () => show(byTestId('dock').hidden));
  show(query.has('dock') || prefs.dockOpen);
  const label = () => {
    sidebarBar.setAttribute('aria-label', t('sidebar.resize'));
    dockBar.setAttribute('aria-label', t('dock.resize'));
  };
  label();
  i18n.onChange(label);
}
