/** The log: its list stays fast with tens of thousands of rows; the selected row is shown in full beside it. */
import { h } from '../../lib/dom.js';
import { onceAFrame } from '../../lib/frame.js';
import { copyText } from '../clipboard.js';
import { getPrefs, setPrefs } from '../prefs.js';
import { placeText } from '../sidebar/place.js';
import { watchUserActivity } from '../sidebar/user-activity.js';
import { virtualList } from '../virtual-list.js';
import { asCheckScript } from './as-check.js';
import { asVitestTest } from './as-code.js';
import { asPlaywrightTest } from './as-playwright.js';
import { codesOf, codesOfRows } from './codes.js';
import { createDetailPane } from './detail-pane.js';
import { exportLog, importLog, LARGEST_FILE } from './file.js';
import { createIgnoredPanel } from './ignored-panel.js';
import { storeLog, takeLog } from './preserve.js';
import { createRowDetail } from './row-detail.js';
import { logRow } from './row-view.js';
import { faultsOn } from './run.js';
import { LogFileError, reasonText } from './schema.js';
import { createLogStore, createRing, filtered } from './store.js';
import { createLogToolbar } from './toolbar.js';

const CAPACITY = 50_000;
const ROW_HEIGHT = 28;

/** What a run can be copied as. */
const COPIES = { playwright: asPlaywrightTest, vitest: asVitestTest, check: asCheckScript };

/** @typedef {import('./rows.js').Row} Row */
/** @typedef {import('../types.js').App} App */
/** @typedef {ReturnType<typeof importLog> & { name: string }} LogFile */

/**
 * @param {App} app
 * @param {HTMLIFrameElement} frame
 * @param {object} tools
 * @param {() => void} tools.settle Asks for what has been typed and is shown in the page.
 * @param {(rows: number, ignored: number) => void} tools.onCount
 */
export function createLogPanel(app, frame, { settle, onCount }) {
  const { t } = app.i18n;
  const store = createLogStore(CAPACITY);
  const ignored = createRing(CAPACITY);
  /** The rows at the time of the pause; null while not paused. @type {readonly Row[] | null} */
  let frozen = null;
  /** A file that is shown in place of the live log. @type {LogFile | null} */
  let file = null;
  /** @type {Row | null} */
  let chosen = null;
  /** The login codes that this window has seen. Clearing the log keeps them, because the page may use one later. @type {Set<string>} */
  const seen = new Set();
  /** Whether an exported log contains them. In a new window it does not. */
  let withCodes = false;
  const codes = () => new Set([...seen, ...codesOfRows(file?.rows ?? [])]);

  const list = virtualList({
    rowHeight: ROW_HEIGHT,
    testId: 'log-list',
    key: (/** @type {Row} */ row) => row.id,
    look: ({ version, outcome }) => `${version} ${outcome}`,
    row: (row) => logRow(row, t),
    onSelect: (row) => showDetail((chosen = row)),
  });
  const pane = createDetailPane(app.i18n, 'log-detail', () => {
    chosen = null;
    list.clearSelection();
    list.element.focus();
  });
  const showDetail = createRowDetail(app, pane, codes, (hand) => {
    settle();
    store.mark({ mark: 'hand', text: chosen?.api ?? '', hand });
    refresh();
  });
  const toolbar = createLogToolbar(t, {
    filter(filter) {
      store.setFilter(filter);
      refresh();
    },
    pause: togglePause,
    clear,
    save: () => download(exportText()),
    open: (chosenFile) => void openFile(chosenFile),
    live: () => showFile(null),
    preserve(preserveLog) {
      setPrefs({ preserveLog });
      label();
    },
    mask(masked) {
      withCodes = !masked;
      label();
    },
    copyTest,
  });
  const columns = h('div', { class: 'log-row log-columns', 'aria-hidden': 'true' });
  const empty = h('div', { class: 'empty', data: { testid: 'log-empty' } });
  const ignoredPanel = createIgnoredPanel(app, ROW_HEIGHT, () => {
    ignored.clear();
    refresh();
  });
  const element = h(
    'div',
    { class: 'panel inspector' },
    toolbar.element,
    pane.beside(h('div', { class: 'log-main' }, columns, list.element, empty)),
  );
  const refresh = onceAFrame(draw);

  /** The rows to show: the file's, those at the time of the pause, or the current ones. @returns {readonly Row[]} */
  function shownRows() {
    const still = file?.rows ?? frozen;
    return still ? filtered(still, store.filter) : store.shown();
  }

  function draw() {
    const all = file?.rows ?? frozen ?? store.all;
    const shown = shownRows();
    list.set(shown);
    toolbar.count(countText(shown.length, all.length));
    empty.hidden = shown.length > 0;
    list.element.hidden = columns.hidden = shown.length === 0;
    if (shown.length === 0) empty.replaceChildren(...emptyContent(all.length > 0));
    ignoredPanel.set(file?.ignored ?? ignored.items);
    onCount(store.all.length + store.dropped, ignored.items.length + ignored.dropped);
  }

  /** @param {number} shown @param {number} all */
  function countText(shown, all) {
    if (frozen && !file) return t('log.paused', { count: store.all.length + store.dropped - pausedAt });
    const dropped = store.dropped > 0 && !file ? ` · ${t('log.dropped', { count: store.dropped.toLocaleString() })}` : '';
    return t('log.count', { shown: shown.toLocaleString(), total: all.toLocaleString() }) + dropped;
  }

  /** @param {boolean} isFiltered */
  function emptyContent(isFiltered) {
    const reset = h('button', { type: 'button', class: 'button small', on: { click: toolbar.reset } }, t('log.resetFilter'));
    return [h('p', null, t(isFiltered ? 'log.emptyFilter' : 'log.empty')), ...(isFiltered ? [reset] : [])];
  }

  let pausedAt = 0;
  function togglePause() {
    frozen = frozen ? null : [...store.all];
    pausedAt = store.all.length + store.dropped;
    label();
    refresh();
  }

  /** With a file open, what is cleared away is the file. */
  function clear() {
    if (file) return showFile(null);
    store.clear();
    if (frozen) frozen = [];
    pausedAt = 0;
    closeDetail();
    refresh();
  }

  function closeDetail() {
    chosen = null;
    list.clearSelection();
    pane.hide();
  }

  /** @param {LogFile | null} next */
  function showFile(next) {
    file = next;
    closeDetail();
    label();
    refresh();
  }

  /** @param {File} given */
  async function openFile(given) {
    try {
      if (given.size > LARGEST_FILE) throw new LogFileError('', 'tooLarge', { most: LARGEST_FILE / 2 ** 20 });
      const opened = importLog(await given.text());
      for (const { api, kind } of opened.rows) if (kind !== 'hub') toolbar.offer(api);
      showFile({ ...opened, name: given.name });
    } catch (error) {
      app.toast(t('log.badFile', { file: given.name, reason: reasonText(error, t) }), 'bad');
    }
  }

  /** What a file says of itself is about its run, not about this window. */
  const about = () => file?.about ?? aboutConsole(app);

  function exportText() {
    if (!file) settle();
    const exportedAt = new Date().toISOString();
    return exportLog({
      rows: shownRows(),
      ignored: file?.ignored ?? ignored.items,
      about: { ...about(), exportedAt },
      withCodes,
      codes: codes(),
    });
  }

  /** @param {keyof typeof COPIES} kind */
  function copyTest(kind) {
    if (!file) settle();
    const { url, mode, chats } = app.host;
    // A file that says nothing of its conversations is of this scenario, for all that is known.
    const { page = url, mode: recordedMode = mode, conversations = chats, faults = {} } = about();
    const rows = file?.rows ?? store.all;
    void copyText(COPIES[kind]({ rows, url: page, mode: recordedMode, chats: conversations, faults, codes: codes() }), app);
  }

  function label() {
    toolbar.label({ paused: frozen !== null, preserve: getPrefs().preserveLog, masked: !withCodes, file: file?.name ?? null });
    columns.replaceChildren(
      ...['time', '', 'kind', 'api', 'reqId', 'outcome', 'duration', 'payload'].map((name) => h('span', null, name && t(`log.${name}`))),
    );
    list.redraw();
    list.element.setAttribute('aria-label', t('dock.messages'));
    refresh();
  }

  restore(store);
  for (const code of codesOfRows(store.all)) seen.add(code);
  app.host.on('message', (entry) => {
    for (const code of codesOf(entry)) seen.add(code);
  });
  const activity = watchUserActivity(app.host, frame);
  listen(app, store, ignored, { activity, refresh, changed: (row) => row === chosen && showDetail(row), offer: toolbar.offer });
  addEventListener('pagehide', () => {
    if (getPrefs().preserveLog) storeLog(store.all);
  });
  label();
  app.i18n.onChange(label);

  return {
    element,
    ignoredElement: ignoredPanel.element,
    onShow() {
      list.refresh();
      ignoredPanel.refresh();
    },
    /** A code that the hub has issued. @param {string} code */
    issued: (code) => void seen.add(code),
    /** The page has loaded without the console: it reloaded or redirected itself. */
    reloaded() {
      activity.restart();
      store.mark({ mark: 'load', text: '', by: 'page' });
      refresh();
    },
    /** The user has done something in the page. @param {import('./rows.js').Act} act */
    act(act) {
      activity.acted();
      store.mark({ mark: 'act', text: placeText(act.place), act });
      refresh();
    },
    /** The page shows something. @param {import('./rows.js').Shown} shown */
    shows(shown) {
      store.mark({ mark: 'shows', text: shown.text ?? placeText(shown.place), shown });
      refresh();
    },
    /** @param {import('../types.js').HubRequest} request */
    hub(request) {
      store.hub(request);
      refresh();
    },
  };
}

/** Puts the log from before the reload into the store. @param {import('./store.js').LogStore} store */
function restore(store) {
  const rows = takeLog();
  for (const row of rows) {
    if (row.hub) store.hub(row.hub);
    else if (row.mark) store.mark(row.mark, row.at);
    else {
      for (const entry of row.messages) store.message(entry);
      const [request] = row.messages;
      if (request.outcome === 'pending') request.outcome = 'forgotten';
      if (request.kind === 'request') store.updated(request);
    }
  }
  if (rows.length > 0) store.mark({ mark: 'console', text: '' });
  store.newSession();
}

/**
 * Adds what the host reports to the log.
 * @param {App} app @param {import('./store.js').LogStore} store @param {{ add: (entry: import('../../host.js').Ignored) => void }} ignored
 * @param {{ activity: ReturnType<typeof watchUserActivity>, refresh: () => void, changed: (row: Row) => void,
 *   offer: (api: string) => void }} panel
 */
function listen({ host, nameOf }, store, ignored, { activity, refresh, changed, offer }) {
  /** @type {Row | null} */
  let newest = null;
  host.on('message', (entry) => {
    const row = store.message(entry);
    if (entry.kind === 'request') newest = row;
    if (entry.kind === 'request' && activity.mayBeUsers()) row.byUser = true;
    offer(entry.api);
    changed(row);
    refresh();
  });
  host.on('call', (call) => {
    if (newest) newest.call = call;
  });
  host.on('update', (entry) => {
    const row = store.updated(entry);
    if (row) changed(row);
    refresh();
  });
  host.on('ignored', (entry) => {
    ignored.add(entry);
    refresh();
  });
  host.on('load', ({ url }) => {
    store.mark({ mark: 'load', text: url ?? '—', ...(host.current && { id: host.current.id }), faults: faultsOn(host.faults) });
    refresh();
  });
  let known = JSON.stringify(host.faults);
  host.on('faults', (faults) => {
    // The console also sets them when nothing has changed.
    if (JSON.stringify(faults) === known) return;
    known = JSON.stringify(faults);
    const mark = { mark: /** @type {const} */ ('faults'), text: '', faults: faultsOn(faults) };
    const last = store.all.at(-1);
    // One mark for all the characters of a number.
    if (last?.mark?.mark === 'faults') store.remark(last, mark);
    else store.mark(mark);
    refresh();
  });
  host.on('switch', ({ to, by }) => {
    store.mark({ mark: 'switch', text: nameOf(to.id) ?? to.name, by, id: to.id });
    refresh();
  });
}

/**
 * What an exported log says of this console.
 * @param {App} app
 */
const aboutConsole = ({ host, config }) => ({
  by: 'workbench',
  page: host.url,
  mode: host.mode,
  workbench: config.version,
  browser: { userAgent: navigator.userAgent, language: navigator.language },
  conversations: host.chats,
  ...(host.current && { current: host.current.id }),
  faults: faultsOn(host.faults),
});

/** @param {string} text */
function download(text) {
  const url = URL.createObjectURL(new Blob([text], { type: 'application/json' }));
  h('a', { href: url, download: `juzi-workbench-${new Date().toISOString().replace(/[:.]/g, '-')}.json` }).click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
