/** Short notices in the top bar, where they cover nothing. One at a time; it stays while the pointer or the focus is on it. */
import { h } from '../lib/dom.js';
import { icon } from '../lib/icons.js';

const STAY = 4000;
const ICONS = /** @type {const} */ ({ info: 'info', ok: 'check', bad: 'alert' });

/** @typedef {(text: string, tone?: 'info' | 'ok' | 'bad') => void} Toast */

/** @param {HTMLElement} region @param {(key: string) => string} t @returns {Toast} */
export function createToasts(region, t) {
  return (text, tone = 'info') => {
    const remove = () => item.remove();
    const item = h(
      'div',
      { class: `toast ${tone}`, title: text },
      icon(ICONS[tone], 16),
      h('span', { class: 'toast-text' }, text),
      h('button', { type: 'button', class: 'icon-button small', 'aria-label': t('toast.close'), on: { click: remove } }, icon('close', 14)),
    );
    region.replaceChildren(item);
    let timer = setTimeout(remove, tone === 'bad' ? STAY * 2 : STAY);
    for (const on of ['mouseenter', 'focusin']) item.addEventListener(on, () => clearTimeout(timer));
    for (const on of ['mouseleave', 'focusout']) {
      item.addEventListener(on, () => {
        clearTimeout(timer);
        timer = setTimeout(remove, STAY / 2);
      });
    }
  };
}
