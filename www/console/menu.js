/** A button that opens a short list of actions under it. */
import { h, label } from '../lib/dom.js';
import { icon } from '../lib/icons.js';

/**
 * @param {string} testid
 * @param {Parameters<typeof icon>[0]} name The button's icon.
 * @param {{ testid: string, key: string, click: () => void }[]} items `key` is the string's.
 */
export function menu(testid, name, items) {
  const summary = h('summary', { class: 'icon-button small', data: { testid } }, icon(name, 16));
  const buttons = items.map((item) =>
    h('button', {
      type: 'button',
      class: 'menu-item',
      data: { testid: item.testid, key: item.key },
      on: { click: () => close(item.click) },
    }),
  );
  const element = h('details', { class: 'menu' }, summary, h('div', { class: 'menu-items' }, ...buttons));

  /** @param {() => void} [then] */
  function close(then) {
    element.open = false;
    summary.focus();
    then?.();
  }
  element.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || !element.open) return;
    event.stopPropagation();
    close();
  });
  element.addEventListener('focusout', (event) => {
    if (event.relatedTarget instanceof Node && !element.contains(event.relatedTarget)) element.open = false;
  });
  document.addEventListener('pointerdown', (event) => {
    if (event.target instanceof Node && !element.contains(event.target)) element.open = false;
  });

  return {
    element,
    /** @param {(key: string) => string} t @param {string} key Of the button's own name. */
    label(t, key) {
      label(summary, t(key));
      for (const button of buttons) button.textContent = t(button.dataset.key ?? '');
    },
  };
}
