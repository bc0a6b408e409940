/** How the page is registered: a switch of conversation is pushed, or reloads the page. */
import { h } from '../../lib/dom.js';

const KEYS = ['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown'];

/** @param {import('../types.js').App} app */
export function createModeSwitch({ i18n: { t }, host, setMode }) {
  const buttons = /** @type {const} */ (['postMessage', 'reload']).map((mode) => {
    const button = h('button', { type: 'button', role: 'radio', data: { testid: `mode-${mode}`, mode } });
    button.addEventListener('click', () => setMode(mode));
    return button;
  });
  const element = h('div', { class: 'segmented', role: 'radiogroup' }, ...buttons);
  element.addEventListener('keydown', (event) => {
    if (!KEYS.includes(event.key)) return;
    event.preventDefault();
    setMode(host.mode === 'postMessage' ? 'reload' : 'postMessage');
    buttons.find((button) => button.dataset.mode === host.mode)?.focus();
  });

  return {
    element,
    render() {
      element.setAttribute('aria-label', t('sidebar.mode'));
      for (const button of buttons) {
        const { mode } = button.dataset;
        const checked = mode === host.mode;
        button.textContent = t(`sidebar.mode.${mode}`);
        button.title = t(`sidebar.mode.${mode}.hint`);
        button.setAttribute('aria-checked', String(checked));
        button.tabIndex = checked ? 0 : -1;
      }
    },
  };
}
