/** The page's address, the reload, and the link to a tab of its own. */
import { h, label, webUrl } from '../../lib/dom.js';
import { icon } from '../../lib/icons.js';

/**
 * The address that a user means: absolute, or a host and perhaps a port without a scheme, as in `localhost:5173/app`.
 * @param {string} text @returns {string | null}
 */
export function addressOf(text) {
  const whole = webUrl(text);
  if (whole) return whole;
  const isHost = /^(localhost|[\w-]+(\.[\w-]+)+|\[[\da-f:]+\])(:\d+)?([/?#]|$)/i.test(text) || /^[\w-]+:\d+([/?#]|$)/.test(text);
  return isHost ? webUrl(`http://${text}`) : null;
}

/** @param {import('../types.js').App} app @param {(url: string) => void} onAddress The user has typed another address. */
export function createAddressBar({ i18n: { t }, host, toast }, onAddress) {
  const address = h('input', {
    type: 'url',
    class: 'field mono',
    data: { testid: 'sidebar-address' },
    spellcheck: 'false',
    autocomplete: 'off',
  });
  const form = h('form', { class: 'address', novalidate: true }, address);
  const reload = h('button', { type: 'button', class: 'icon-button', data: { testid: 'sidebar-reload' } }, icon('reload'));
  const external = h('a', { class: 'icon-button', target: '_blank', rel: 'noopener', data: { testid: 'sidebar-open' } }, icon('external'));
  reload.addEventListener('click', () => host.load());

  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const url = addressOf(address.value.trim());
    address.setAttribute('aria-invalid', String(url === null));
    if (url) onAddress(url);
    else toast(t('sidebar.badAddress'), 'bad');
  });
  address.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') show();
  });

  function show() {
    address.value = host.url ?? '';
    address.removeAttribute('aria-invalid');
    external.setAttribute('href', host.url ?? '#');
  }

  return {
    element: h('div', { class: 'sidebar-line' }, form, reload, external),
    show,
    label() {
      label(reload, t('sidebar.reload'));
      label(external, t('sidebar.external'));
      label(address, t('sidebar.address'));
      external.setAttribute('href', host.url ?? '#');
    },
  };
}
