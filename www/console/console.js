/** Puts the console together: the protocol's host, the panels, and the server's events. */
import { createHost } from '../host.js';
import { byTestId } from '../lib/dom.js';
import { linkedPage, parameter, setParameters } from './address.js';
import { createBanner } from './banner.js';
import { createChatList } from './chat-list.js';
import { createCodesPanel } from './codes-panel.js';
import { createConversationForm } from './conversation-form.js';
import { startDemoLink } from './demo-link.js';
import { createDock } from './dock.js';
import { createFaultsPanel } from './faults-panel.js';
import { createHubWindow } from './hub-window.js';
import { startLayout } from './layout.js';
import { createLogPanel } from './log/panel.js';
import { createPreview } from './preview.js';
import { inLanguage, reasonOf } from './refusals.js';
import { createScenarioTools } from './scenario-tools.js';
import { scenarioError, scenarioWarnings, toChats, toHostFaults, toThreads } from './scenario.js';
import { fetchConfig, issueCode, openEvents } from './server.js';
import { readSession, writeSession } from './session.js';
import { createFrame } from './sidebar/frame.js';
import { createSidebarPanel } from './sidebar/panel.js';
import { createThread } from './thread.js';

/** @typedef {import('./types.js').App} App */
/** @typedef {import('./types.js').Config} Config */
/** @typedef {import('./types.js').Scenario} Scenario */
/** @typedef {import('./types.js').ThreadItem} ThreadItem */
/** @typedef {{ i18n: import('../lib/i18n.js').I18n, toast: import('./toast.js').Toast }} Basics */

/** @param {Config} config @param {Basics} basics */
export function startConsole(config, basics) {
  const frame = createFrame();
  const host = hostOf(config, frame);
  const app = appOf(config, host, basics);
  const panels = createPanels(app, frame);
  connectHost(app, panels);
  startLayout(app.i18n);
  startDemoLink(host, frame, app.i18n);
  connectServer(app, panels);
  panels.render();
  remember(app);
  // Before the page loads, because it may redirect to the hub at once.
  void panels.hub.tell().then(() => loadFirst(app, panels));
}

/** @param {Config} config @param {HTMLIFrameElement} frame */
function hostOf(config, frame) {
  const chats = toChats(config.scenario);
  const wanted = [parameter('chat'), config.currentConversation].find((id) => chats.some((chat) => chat.id === id));
  const modes = /** @type {const} */ (['postMessage', 'reload']);
  const registered = parameter('mode') ?? config.scenario.registration?.msgType;
  return createHost({
    frame,
    chats,
    current: wanted ?? undefined,
    mode: modes.find((mode) => mode === registered),
    url: config.page,
    issueCode: (chat, via) => issueCode(chat.id, via),
    faults: readSession().faults ?? toHostFaults(config.scenario),
    keepCalls: 1000,
  });
}

/** @param {Config} config @param {import('../host.js').Host} host @param {Basics} basics @returns {App} */
function appOf(config, host, { i18n, toast }) {
  const { t } = i18n;
  /** @type {App} */
  const app = {
    config,
    scenario: config.scenario,
    host,
    i18n,
    toast,
    threads: toThreads(config.scenario),
    preview: createPreview(i18n),
    switchTo: (id) =>
      void host.switchTo(id).catch((error) => toast(t('toast.codeFailed', { reason: reasonOf(error, i18n.language) }), 'bad')),
    setMode(next) {
      if (next === host.mode) return;
      host.setMode(next);
      remember(app);
      host.load();
    },
    addMessages(chatId, items) {
      const known = app.threads.get(chatId);
      if (known) known.push(...items);
      else app.threads.set(chatId, items);
    },
    nameOf: (id) => app.scenario.conversations.find((chat) => chat.id === id)?.name ?? id,
    editConversation: () => {},
  };
  return app;
}

/** @param {App} app @param {HTMLIFrameElement} frame */
function createPanels(app, frame) {
  const badge = (/** @type {string} */ tab, /** @type {string} */ text, tone = '') => dock?.badge(tab, text, tone);
  /** @type {ReturnType<typeof createDock> | undefined} */
  let dock;
  const chatList = createChatList(byTestId('chats'), app);
  const thread = createThread(byTestId('thread'), app);
  const sidebar = createSidebarPanel(byTestId('sidebar'), frame, app, {
    onAddress: (url) => openPage(app, url),
    onReload: () => log.reloaded(),
    onPage: { act: (act) => log.act(act), shows: (shown) => log.shows(shown) },
  });
  const log = createLogPanel(app, frame, {
    settle: sidebar.settle,
    onCount(rows, ignored) {
      badge('messages', count(rows));
      badge('ignored', count(ignored), 'warn');
    },
  });
  const codes = createCodesPanel(app, { onCount: (codeCount) => badge('codes', count(codeCount)) });
  const faults = createFaultsPanel(app, { onActive: (active) => badge('faults', active ? '!' : '', 'warn') });
  dock = createDock(
    byTestId('dock'),
    app.i18n,
    [
      { name: 'messages', element: log.element, onShow: log.onShow },
      { name: 'ignored', element: log.ignoredElement, onShow: log.onShow },
      { name: 'codes', element: codes.element, onShow: codes.onShow },
      { name: 'faults', element: faults.element },
    ],
    parameter('dock'),
  );
  // Emits the faults again: the tab that shows whether any is on exists only now.
  app.host.setFaults({});
  const hub = createHubWindow(app, byTestId('hub-notice'));
  const banner = createBanner(byTestId('banner'));
  const tools = createScenarioTools(app, byTestId('scenario-tools'), useScenario);
  const form = createConversationForm(app, tools.save);
  app.editConversation = form.open;
  const add = app.addMessages;
  app.addMessages = (chatId, items) => {
    add(chatId, items);
    if (chatId === app.host.current?.id) thread.update();
    chatList.render();
    tools.changed();
  };

  function render() {
    tools.render();
    chatList.render();
    thread.render();
    sidebar.render();
  }

  /**
   * Applies a changed scenario. The page and its authorization stay, unless its conversation is gone or its registration has changed.
   * @param {Scenario} scenario
   */
  function useScenario(scenario) {
    const { host } = app;
    const before = host.current?.id;
    const mode = scenario.registration?.msgType ?? 'postMessage';
    const isRegisteredAnew = mode !== (app.scenario.registration?.msgType ?? 'postMessage');
    const isFaulty = JSON.stringify(scenario.faults) !== JSON.stringify(app.scenario.faults);
    app.threads = toThreads(scenario, app.threads);
    app.scenario = scenario;
    host.setChats(toChats(scenario));
    if (isRegisteredAnew) host.setMode(mode);
    if (isFaulty) faults.scenarioChanged();
    render();
    form.scenarioChanged();
    remember(app);
    banner.show('');
    if (hub.isMine) void hub.tell();
    if (isRegisteredAnew || host.current?.id !== before) host.load();
    app.toast(app.i18n.t('toast.scenario'), 'ok');
  }

  return { chatList, thread, sidebar, log, codes, faults, hub, banner, render, useScenario, withEdits: tools.withEdits };
}

/** @typedef {ReturnType<typeof createPanels>} Panels */

/** @param {App} app @param {Panels} panels */
function connectHost(app, { chatList, thread, hub }) {
  const { host, toast } = app;
  const { t } = app.i18n;
  host.on('sent', ({ chat, messages }) => {
    const { name, avatar } = app.scenario.account;
    const common = { mine: true, who: name, avatar, at: Date.now(), trusted: false, bySidebar: true, added: true };
    app.addMessages(
      chat.id,
      messages.map((message) => ({ ...common, ...message })),
    );
    // In a narrow window the message is on another tab.
    if (matchMedia('(max-width: 820px)').matches) toast(t('toast.sent', { count: messages.length }), 'ok');
  });
  host.on('preview', ({ urls, index }) => app.preview.show(urls, index));
  host.on('switch', ({ to, by }) => {
    remember(app);
    void hub.tell();
    chatList.render();
    thread.render();
    if (by === 'page') toast(t('toast.opened', { name: to.name }), 'ok');
  });
  host.on('push', ({ reason }) => {
    // A push that was sent is in the log. One that was not needs an explanation.
    if (reason === 'not-authorized') toast(t('toast.notAuthorized'));
  });
  host.on('error', ({ error, from }) => {
    console.error(error);
    // An error in the console's own code goes to the browser's console, for the workbench's developers.
    if (from === 'issueCode') toast(t('toast.codeFailed', { reason: reasonOf(error, app.i18n.language) }), 'bad');
  });
}

/** @param {App} app @param {Panels} panels */
function connectServer(app, { log, codes, faults, hub, banner, useScenario, withEdits }) {
  const { t } = app.i18n;
  const { lastHubRequest = 0 } = app.config;
  const said = (/** @type {import('./types.js').ScenarioError} */ error) => ({
    ...error,
    message: inLanguage(error.message, app.i18n.language),
  });
  openEvents(
    {
      scenario: (changed) => useScenario(withEdits(changed)),
      'scenario-error': (error) => banner.show(scenarioError(said(error), t)),
      'scenario-warnings': (warnings) => banner.show(scenarioWarnings(warnings.map(said), t)),
      'code-issued'(issued) {
        codes.issued(issued);
        log.issued(issued.code);
      },
      'code-redeemed': codes.redeemed,
      'hub-request': log.hub,
      'hub-faults': ({ getUserInfo }) => faults.hubChanged(getUserInfo),
      'hub-conversation': hub.changed,
    },
    (online) => {
      banner.show(online ? '' : t('banner.offline'));
      // The server may have been restarted, with another scenario and without this window's settings.
      if (online) void catchUp();
    },
    lastHubRequest,
  );
  tellAboutFile(app.config);

  /** An error comes first: the warnings are about the older version, which is in force. @param {Config} config */
  function tellAboutFile({ scenarioError: broken, scenarioWarnings: warnings = [] }) {
    if (broken) banner.show(scenarioError(said(broken), t));
    else if (warnings.length > 0) banner.show(scenarioWarnings(warnings.map(said), t));
  }

  async function catchUp() {
    const config = await fetchConfig().catch(() => null);
    if (!config) return;
    if (config.scenario.revision !== app.scenario.revision) useScenario(withEdits(config.scenario));
    else if (hub.isMine) await hub.tell();
    faults.hubChanged(config.hubFaults?.getUserInfo ?? 0);
    tellAboutFile(config);
  }
}

/** Stores the state in the address bar. @param {App} app */
function remember({ host, config }) {
  const { current, mode, url } = host;
  setParameters({ chat: current?.id ?? null, mode, page: url === null || url === config.page ? null : url });
}

/** Loads another page that the user asked for. @param {App} app @param {string} url */
function openPage(app, url) {
  writeSession({ page: url });
  app.host.load({ url });
  remember(app);
}

/** Loads the page that the address names, else the server's. @param {App} app @param {Panels} panels */
function loadFirst(app, { sidebar }) {
  const { host, config } = app;
  const linked = linkedPage(config, readSession().page);
  if (!linked) host.load();
  else if (linked.trusted) openPage(app, linked.url);
  else {
    sidebar.ask(linked.url, (agreed) => openPage(app, agreed ? linked.url : config.page));
  }
}

/** @param {number} n */
const count = (n) => (n === 0 ? '' : n > 9999 ? `${Math.floor(n / 1000)}k` : String(n));
