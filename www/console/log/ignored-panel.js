/** The messages that do not belong to the protocol, each with the reason. */
import { h, label } from '../../lib/dom.js';
import { icon } from '../../lib/icons.js';
import { jsonTree, oneLine } from '../../lib/json-tree.js';
import { copyText } from '../clipboard.js';
import { clock } from '../times.js';
import { virtualList } from '../virtual-list.js';
import { createDetailPane, factList } from './detail-pane.js';

/** @typedef {import('../../host.js').Ignored} Ignored */

/** @param {import('../types.js').App} app @param {number} rowHeight @param {() => void} onClear */
export function createIgnoredPanel(app, rowHeight, onClear) {
  const { i18n } = app;
  const { t } = i18n;
  const list = virtualList({ rowHeight, testId: 'ignored-list', key: (/** @type {Ignored} */ entry) => entry.seq, row, onSelect });
  const pane = createDetailPane(i18n, 'ignored-detail', () => {
    list.clearSelection();
    list.element.focus();
  });
  const empty = h('div', { class: 'empty', data: { testid: 'ignored-empty' } });
  const clear = h('button', { type: 'button', class: 'icon-button small', data: { testid: 'ignored-clear' } }, icon('trash', 16));
  clear.addEventListener('click', () => {
    pane.hide();
    onClear();
  });
  const element = h(
    'div',
    { class: 'panel inspector' },
    h('div', { class: 'toolbar' }, h('span', { class: 'spacer' }), clear),
    pane.beside(h('div', { class: 'log-main' }, list.element, empty)),
  );

  /** @param {Ignored} entry */
  function row(entry) {
    return h(
      'div',
      { class: 'log-row ignored', data: { testid: 'ignored-row', reason: entry.reason } },
      h('span', { class: 'c-time' }, clock(entry.at)),
      h('span', { class: 'c-reason' }, h('span', { class: 'chip warn' }, t(`reason.${entry.reason}`))),
      h('span', { class: 'c-origin' }, entry.origin || '—'),
      h('span', { class: 'c-payload' }, oneLine(entry.payload)),
    );
  }

  /** @param {Ignored} entry */
  function onSelect({ payload, at, reason, origin }) {
    const text = () => JSON.stringify(payload, null, 2) ?? String(payload);
    pane.show(
      t('log.details'),
      [{ key: 'log.copy', icon: 'copy', test: 'copy', click: () => copyText(text(), app) }],
      factList([
        [t('log.time'), clock(at)],
        [t('ignored.reason'), t(`reason.${reason}`)],
        [t('log.origin'), origin],
      ]),
      jsonTree(payload, { open: 3, texts: { more: (hidden) => t('log.more', { count: hidden.toLocaleString() }) } }),
    );
  }

  function relabel() {
    label(clear, t('log.clear'));
    list.redraw();
    list.element.setAttribute('aria-label', t('dock.ignored'));
    empty.textContent = t('ignored.empty');
  }
  relabel();
  i18n.onChange(relabel);

  return {
    element,
    refresh: list.refresh,
    /** @param {readonly Ignored[]} entries */
    set(entries) {
      list.set(entries);
      empty.hidden = entries.length > 0;
      list.element.hidden = entries.length === 0;
    },
  };
}
