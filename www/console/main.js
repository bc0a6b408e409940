/** Starts the workbench: asks the server for its settings, then runs the console with them. */
import { byTestId, h } from '../lib/dom.js';
import { createI18n } from '../lib/i18n.js';
import { icon } from '../lib/icons.js';
import { parameter } from './address.js';
import { startChrome } from './chrome.js';
import { startConsole } from './console.js';
import { fetchConfig } from './server.js';
import { strings } from './strings.js';
import { createToasts } from './toast.js';

const i18n = createI18n(strings, parameter('lang'));
const { t } = i18n;
const toast = createToasts(byTestId('toasts'), t);

startChrome(i18n);
void start();

async function start() {
  const place = byTestId('thread');
  place.replaceChildren(h('p', { class: 'empty' }, t('app.loading')));
  try {
    const config = await fetchConfig();
    place.replaceChildren();
    startConsole(config, { i18n, toast });
  } catch (error) {
    const reason = t('app.failed', { reason: /** @type {Error} */ (error).message });
    const retry = h('button', { type: 'button', class: 'button' }, icon('reload', 16), t('app.retry'));
    retry.addEventListener('click', () => void start());
    place.replaceChildren(h('div', { class: 'empty', role: 'alert' }, icon('alert', 28), h('p', null, reason), retry));
  }
}
