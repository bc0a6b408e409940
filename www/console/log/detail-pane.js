/** The selected message beside its list; hidden while none is selected. */
import { h, label } from '../../lib/dom.js';
import { icon } from '../../lib/icons.js';

/** @typedef {[name: string, value: string][]} Facts */

/**
 * A button of the pane's head.
 * @typedef {{ key: string, icon: Parameters<typeof icon>[0], test: string, click: () => void }} Tool
 */

/**
 * @param {import('../../lib/i18n.js').I18n} i18n @param {string} testid @param {() => void} onClose
 */
export function createDetailPane({ t, onChange }, testid, onClose) {
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
  onChange(hide);

  /** @param {Tool} tool */
  function button(tool) {
    const made = h(
      'button',
      { type: 'button', class: 'icon-button small', data: { testid: `${testid}-${tool.test}` } },
      icon(tool.icon, 15),
    );
    made.addEventListener('click', tool.click);
    label(made, t(tool.key));
    return made;
  }

  return {
    /** Puts the list and the pane into one element. @param {HTMLElement} list */
    beside(list) {
      split.append(list, element);
      return split;
    },
    hide,
    get isOpen() {
      return !element.hidden;
    },
    /** @param {string} title @param {Tool[]} tools @param {...(Node | null)} content */
    show(title, tools, ...content) {
      element.setAttribute('aria-label', t('log.details'));
      element.replaceChildren(
        h(
          'div',
          { class: 'detail-head' },
          h('h2', null, title),
          h('span', { class: 'spacer' }),
          ...tools.map(button),
          button({ key: 'log.close', icon: 'close', test: 'close', click: close }),
        ),
        ...content.filter((one) => one !== null),
      );
      element.hidden = false;
      split.classList.add('open');
    },
  };
}

/** @param {Facts} facts */
export const factList = (facts) =>
  h('dl', { class: 'facts' }, ...facts.map(([name, value]) => h('div', null, h('dt', null, name), h('dd', null, value))));
