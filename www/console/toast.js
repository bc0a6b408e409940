/** Short notices. They disappear after a time, but not while the pointer is over them. */
import { h } from '../lib/dom.js';
import { icon } from '../lib/icons.js';

const STAY = 4000;
const MOST = 4;

/** @param {HTMLElement} region @param {(key: string) => string} t */
export function createToasts(region, t) {
  /** @param {string} text @param {'info' | 'ok' | 'bad'} [tone] */
  return function toast(text, tone = 'info') {
    const remove = () => item.remove();
    const item = h(
      'div',
      { class: `toast ${tone}` },
      icon(tone === 'bad' ? 'alert' : tone === 'ok' ? 'check' : 'info', 16),
      h('span', null, text),
      h('button', { type: 'button', class: 'icon-button small', 'aria-label': t('toast.close'), on: { click: remove } }, icon('close', 14)),
    );
    // A repeated text replaces the earlier one: ten messages in a row must not cover the page.
    [...region.children].find((shown) => shown.textContent === item.textContent)?.remove();
    region.append(item);
    while (region.childElementCount > MOST) region.firstElementChild?.remove();
    let timer = setTimeout(remove, tone === 'bad' ? STAY * 2 : STAY);
    item.addEventListener('mouseenter', () => clearTimeout(timer));
    item.addEventListener('mouseleave', () => {
      timer = setTimeout(remove, STAY / 2);
    });
  };
}
