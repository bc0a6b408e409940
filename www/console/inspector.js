/** The log of messages: a list that stays fast with tens of thousands of entries, and the selected entry in full. */
import { h } from '../lib/dom.js';
import { onceAFrame } from '../lib/frame.js';
import { icon } from '../lib/icons.js';
import { jsonTree, oneLine } from '../lib/json-tree.js';
import { createRing, exportLog, NO_FILTER, passes } from './log-store.js';
import { virtualList } from './virtual-list.js';

const CAPACITY = 50_000;
const ROW_HEIGHT = 28;
const TONES = {
  ok: 'ok',
  fail: 'bad',
  unsent: 'bad',
  dropped: 'warn',
  duplicate: 'warn',
  silent: 'warn',
  forgotten: 'warn',
  pending: 'accent',
};

/** @typedef {import('../host.js').LogEntry} LogEntry */
/** @typedef {import('../host.js').Ignored} Ignored */

/** @param {number} at */
const clock = (at) => {
  const time = new Date(at);
  const two = (/** @type {number} */ n) => String(n).padStart(2, '0');
  return `${two(time.getHours())}:${two(time.getMinutes())}:${two(time.getSeconds())}.${String(time.getMilliseconds()).padStart(3, '0')}`;
};

/** @param {number | null} ms */
const span = (ms) =>
  ms === null ? '' : ms < 10 ? `${ms.toFixed(1)} ms` : ms < 10_000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(1)} s`;

/**
 * @param {import('./main.js').App} app
 * @param {{ onCount: (messages: number, ignored: number) => void }} tools
 */
export function createInspector(app, { onCount }) {
  const { t } = app.i18n;
  const messages = createRing(CAPACITY);
  const ignored = createRing(CAPACITY);
  let filter = { ...NO_FILTER };
  /** The list's entries at the time of the pause; null while not paused. @type {LogEntry[] | null} */
  let frozen = null;
  let arrivedWhilePaused = 0;
  /** @type {LogEntry | null} */
  let chosen = null;
  /** @type {Set<string>} */
  const apis = new Set();

  /* --- messages --------------------------------------------------------------------------------------------------- */
  const list = virtualList({
    rowHeight: ROW_HEIGHT,
    testId: 'log-list',
    key: (/** @type {LogEntry} */ entry) => entry.seq,
    look: (entry) => entry.outcome,
    row: messageRow,
    onSelect: (entry) => {
      chosen = entry;
      detail.show(entry.payload, facts(entry));
    },
  });
  const detail = detailPane(app, 'log-detail', deselect);
  const search = h('input', { type: 'search', class: 'field', data: { testid: 'log-search' }, spellcheck: 'false', autocomplete: 'off' });
  const apiSelect = select('log-api', 'api');
  const directionSelect = select('log-direction', 'direction');
  const outcomeSelect = select('log-outcome', 'outcome');
  const count = h('span', { class: 'log-count', data: { testid: 'log-count' }, 'aria-live': 'off' });
  const pause = tool('log-pause', togglePause);
  const clear = tool('log-clear', clearMessages);
  const save = tool('log-export', exportMessages);
  const empty = h('div', { class: 'empty', data: { testid: 'log-empty' } });
  const columns = h('div', { class: 'log-row log-columns', 'aria-hidden': 'true' });
  const element = h(
    'div',
    { class: 'panel inspector' },
    h(
      'div',
      { class: 'toolbar' },
      search,
      apiSelect,
      directionSelect,
      outcomeSelect,
      count,
      h('span', { class: 'spacer' }),
      pause,
      clear,
      save,
    ),
    detail.beside(h('div', { class: 'log-main' }, columns, list.element, empty)),
  );

  search.addEventListener('input', () => setFilter({ text: search.value }));
  search.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') setFilter({ text: (search.value = '') });
  });

  /* --- ignored ---------------------------------------------------------------------------------------------------- */
  const ignoredList = virtualList({
    rowHeight: ROW_HEIGHT,
    testId: 'ignored-list',
    key: (/** @type {Ignored} */ entry) => entry.seq,
    row: ignoredRow,
    onSelect: (entry) =>
      ignoredDetail.show(entry.payload, [
        [t('log.time'), clock(entry.at)],
        [t('ignored.reason'), t(`reason.${entry.reason}`)],
        [t('log.origin'), entry.origin],
      ]),
  });
  const ignoredDetail = detailPane(app, 'ignored-detail', () => {
    ignoredList.clearSelection();
    ignoredList.element.focus();
  });
  const ignoredEmpty = h('div', { class: 'empty', data: { testid: 'ignored-empty' } });
  const clearIgnored = tool('ignored-clear', () => {
    ignored.clear();
    ignoredDetail.hide();
    refresh();
  });
  const ignoredElement = h(
    'div',
    { class: 'panel inspector' },
    h('div', { class: 'toolbar' }, h('span', { class: 'spacer' }), clearIgnored),
    ignoredDetail.beside(h('div', { class: 'log-main' }, ignoredList.element, ignoredEmpty)),
  );

  /* --- events ----------------------------------------------------------------------------------------------------- */
  app.host.on('message', (entry) => {
    messages.add(entry);
    if (frozen) arrivedWhilePaused++;
    if (entry.api && !apis.has(entry.api) && apis.size < 200) {
      apis.add(entry.api);
      fillApis();
    }
    refresh();
  });
  app.host.on('update', (entry) => {
    if (entry === chosen) detail.show(entry.payload, facts(entry));
    refresh();
  });
  app.host.on('ignored', (entry) => {
    ignored.add(entry);
    refresh();
  });

  /* --- drawing ---------------------------------------------------------------------------------------------------- */
  const refresh = onceAFrame(draw);

  function draw() {
    const all = frozen ?? messages.items;
    const shown = Object.values(filter).every((value) => value === '') ? all : all.filter((entry) => passes(entry, filter));
    list.set(shown);
    count.textContent = frozen
      ? t('log.paused', { count: arrivedWhilePaused })
      : t('log.count', { shown: shown.length.toLocaleString(), total: all.length.toLocaleString() }) +
        (messages.dropped > 0 ? ` · ${t('log.dropped', { count: messages.dropped.toLocaleString() })}` : '');
    empty.hidden = shown.length > 0;
    list.element.hidden = columns.hidden = shown.length === 0;
    if (shown.length === 0) {
      const filtered = all.length > 0;
      empty.replaceChildren(
        h('p', null, t(filtered ? 'log.emptyFilter' : 'log.empty')),
        ...(filtered ? [h('button', { type: 'button', class: 'button small', on: { click: resetFilter } }, t('log.resetFilter'))] : []),
      );
    }
    ignoredList.set(ignored.items);
    ignoredEmpty.hidden = ignored.items.length > 0;
    ignoredList.element.hidden = ignored.items.length === 0;
    ignoredEmpty.textContent = t('ignored.empty');
    onCount(messages.items.length + messages.dropped, ignored.items.length + ignored.dropped);
  }

  /** @param {LogEntry} entry */
  function messageRow(entry) {
    return h(
      'div',
      {
        class: `log-row ${entry.kind}`,
        data: {
          testid: 'log-row',
          api: entry.api,
          direction: entry.direction,
          kind: entry.kind,
          outcome: entry.outcome,
          reqid: String(entry.reqId ?? ''),
        },
      },
      h('span', { class: 'c-time' }, clock(entry.at)),
      h(
        'span',
        { class: `c-dir ${entry.direction}`, title: t(`log.direction.${entry.direction}`) },
        icon(entry.direction === 'in' ? 'in' : 'out', 14),
      ),
      h('span', { class: 'c-kind' }, t(`kind.${entry.kind}`)),
      h('span', { class: 'c-api' }, entry.api || '—'),
      h('span', { class: 'c-reqid' }, h('bdi', null, String(entry.reqId ?? ''))),
      h(
        'span',
        { class: 'c-outcome' },
        h('span', { class: `chip ${TONES[/** @type {keyof typeof TONES} */ (entry.outcome)] ?? ''}` }, t(`outcome.${entry.outcome}`)),
      ),
      h('span', { class: 'c-duration' }, span(entry.duration)),
      h('span', { class: 'c-payload' }, oneLine(summary(entry))),
    );
  }

  /** @param {Ignored} entry */
  function ignoredRow(entry) {
    return h(
      'div',
      { class: 'log-row ignored', data: { testid: 'ignored-row', reason: entry.reason } },
      h('span', { class: 'c-time' }, clock(entry.at)),
      h('span', { class: 'c-reason' }, h('span', { class: 'chip warn' }, t(`reason.${entry.reason}`))),
      h('span', { class: 'c-origin' }, entry.origin || '—'),
      h('span', { class: 'c-payload' }, oneLine(entry.payload)),
    );
  }

  /** @param {LogEntry} entry @returns {[string, string][]} */
  function facts(entry) {
    return [
      [t('log.time'), clock(entry.at)],
      [t('log.kind'), `${t(`kind.${entry.kind}`)} · ${t(`log.direction.${entry.direction}`)}`],
      [t('log.api'), entry.api || '—'],
      [t('log.reqId'), String(entry.reqId ?? '—')],
      [t('log.outcome'), t(`outcome.${entry.outcome}`)],
      [t('log.duration'), span(entry.duration) || '—'],
      [t(entry.direction === 'in' ? 'log.origin' : 'log.to'), entry.origin],
      ...(entry.error ? [/** @type {[string, string]} */ ([t('log.error'), entry.error])] : []),
    ];
  }

  /* --- controls --------------------------------------------------------------------------------------------------- */
  /** @param {Partial<typeof filter>} some */
  function setFilter(some) {
    filter = { ...filter, ...some };
    refresh();
  }

  function resetFilter() {
    filter = { ...NO_FILTER };
    for (const control of [search, apiSelect, directionSelect, outcomeSelect]) control.value = '';
    refresh();
    search.focus();
  }

  function togglePause() {
    frozen = frozen ? null : messages.items.slice();
    arrivedWhilePaused = 0;
    label();
    refresh();
  }

  function clearMessages() {
    messages.clear();
    if (frozen) frozen = [];
    arrivedWhilePaused = 0;
    chosen = null;
    list.clearSelection();
    detail.hide();
    refresh();
  }

  function deselect() {
    chosen = null;
    list.clearSelection();
    list.element.focus();
  }

  function exportMessages() {
    const text = exportLog({
      messages: (frozen ?? messages.items).filter((entry) => passes(entry, filter)),
      ignored: ignored.items,
      about: { page: app.host.url, mode: app.host.mode, exportedAt: new Date().toISOString(), workbench: app.config.version },
    });
    const url = URL.createObjectURL(new Blob([text], { type: 'application/json' }));
    h('a', { href: url, download: `juzi-workbench-${new Date().toISOString().replace(/[:.]/g, '-')}.json` }).click();
    setTimeout(() => URL.revokeObjectURL(url), 10_000);
  }

  /** @param {string} testid @param {'api' | 'direction' | 'outcome'} name */
  function select(testid, name) {
    return h('select', {
      class: 'field',
      data: { testid },
      on: { change: (/** @type {any} */ event) => setFilter({ [name]: event.target.value }) },
    });
  }

  /** @param {string} testid @param {() => void} click */
  function tool(testid, click) {
    return h('button', { type: 'button', class: 'icon-button small', data: { testid }, on: { click } });
  }

  /** @param {HTMLElement} element @param {string} value @param {[string, string][]} options */
  function fill(element, value, options) {
    element.replaceChildren(...options.map(([key, text]) => h('option', { value: key }, text)));
    element.value = value;
  }

  function fillApis() {
    fill(apiSelect, filter.api, [['', t('log.api.all')], ...[...apis].sort().map((api) => /** @type {[string, string]} */ ([api, api]))]);
  }

  function label() {
    search.placeholder = t('log.search');
    for (const [control, key] of /** @type {[HTMLElement, string][]} */ ([
      [search, 'log.search'],
      [apiSelect, 'log.api'],
      [directionSelect, 'log.direction'],
      [outcomeSelect, 'log.outcome'],
    ])) {
      control.setAttribute('aria-label', t(key));
    }
    fillApis();
    fill(
      directionSelect,
      filter.direction,
      ['', 'in', 'out'].map((one) => [one, t(`log.direction.${one || 'all'}`)]),
    );
    fill(
      outcomeSelect,
      filter.outcome,
      ['', 'pending', 'ok', 'fail', 'silent', 'dropped', 'duplicate', 'sent', 'unsent', 'forgotten'].map((one) => [
        one,
        t(`outcome.${one}`).replace('outcome.', t('log.outcome.all')),
      ]),
    );
    columns.replaceChildren(
      ...['time', '', 'kind', 'api', 'reqId', 'outcome', 'duration', 'payload'].map((name) => h('span', null, name && t(`log.${name}`))),
    );
    for (const [control, key, name] of /** @type {[HTMLElement, string, any][]} */ ([
      [pause, frozen ? 'log.resume' : 'log.pause', frozen ? 'play' : 'pause'],
      [clear, 'log.clear', 'trash'],
      [save, 'log.export', 'download'],
      [clearIgnored, 'log.clear', 'trash'],
    ])) {
      control.replaceChildren(icon(name, 16));
      control.setAttribute('aria-label', t(key));
      control.title = t(key);
    }
    pause.setAttribute('aria-pressed', String(frozen !== null));
    list.redraw();
    ignoredList.redraw();
    list.element.setAttribute('aria-label', t('dock.messages'));
    ignoredList.element.setAttribute('aria-label', t('dock.ignored'));
    refresh();
  }
  label();
  app.i18n.onChange(label);

  return {
    element,
    ignoredElement,
    onShow: () => {
      list.refresh();
      ignoredList.refresh();
    },
  };
}

/** A one-line summary of a message. @param {LogEntry} entry */
function summary({ kind, payload }) {
  if (kind === 'request') return payload.data.params ?? {};
  if (kind === 'answer' || kind === 'push') return payload.data;
  return payload;
}

/**
 * The selected message beside its list; hidden while none is selected.
 * @param {import('./main.js').App} app @param {string} testid @param {() => void} onClose
 */
function detailPane(app, testid, onClose) {
  const { t } = app.i18n;
  const element = h('div', { class: 'log-detail', data: { testid }, tabindex: '0', role: 'region', hidden: true });
  const split = h('div', { class: 'log-split' });

  function hide() {
    element.hidden = true;
    split.classList.remove('open');
  }
  function close() {
    hide();
    onClose();
  }
  split.addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && !element.hidden) close();
  });
  app.i18n.onChange(hide);

  /** @param {string} key @param {any} name @param {string} test @param {() => void} click */
  const button = (key, name, test, click) =>
    h(
      'button',
      {
        type: 'button',
        class: 'icon-button small',
        'aria-label': t(key),
        title: t(key),
        data: { testid: `${testid}-${test}` },
        on: { click },
      },
      icon(name, 15),
    );

  return {
    /** Puts the list and the pane into one element. @param {HTMLElement} list */
    beside(list) {
      split.append(list, element);
      return split;
    },
    hide,
    /** @param {any} payload @param {[string, string][]} facts */
    show(payload, facts) {
      const copy = () =>
        void navigator.clipboard.writeText(JSON.stringify(payload, null, 2) ?? String(payload)).then(
          () => app.toast(t('toast.copied'), 'ok'),
          (error) => app.toast(t('toast.error', { reason: error.message }), 'bad'),
        );
      element.setAttribute('aria-label', t('log.details'));
      element.replaceChildren(
        h(
          'div',
          { class: 'detail-head' },
          h('h3', null, t('log.details')),
          h('span', { class: 'spacer' }),
          button('log.copy', 'copy', 'copy', copy),
          button('log.close', 'close', 'close', close),
        ),
        h('dl', { class: 'facts' }, ...facts.map(([name, value]) => h('div', null, h('dt', null, name), h('dd', null, value)))),
        jsonTree(payload, { open: 3, texts: { more: (hidden) => t('log.more', { count: hidden.toLocaleString() }) } }),
      );
      element.hidden = false;
      split.classList.add('open');
    },
  };
}
