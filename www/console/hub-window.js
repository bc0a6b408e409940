/** Which window the hub authorizes for. There is only one, because an authorize request does not say which window it comes from. */
import { h } from '../lib/dom.js';
import { icon } from '../lib/icons.js';
import { reasonOf } from './refusals.js';
import { putConversation, WINDOW } from './server.js';

/** @param {import('./types.js').App} app @param {HTMLElement} notice */
export function createHubWindow(app, notice) {
  const { t } = app.i18n;
  /** The conversation that the hub authorizes for, if it is another window's. @type {string | null} */
  let others = null;

  /** Tells the hub which account authorizes. Without a conversation there is nothing to send. */
  async function tell() {
    others = null;
    render();
    const { current } = app.host;
    if (current)
      await putConversation(current.id).catch((error) =>
        app.toast(t('toast.error', { reason: reasonOf(error, app.i18n.language) }), 'bad'),
      );
  }

  function render() {
    notice.hidden = others === null;
    if (others === null) return;
    const take = h('button', { type: 'button', class: 'button small', data: { testid: 'hub-take' } }, t('hub.take'));
    take.addEventListener('click', () => void tell());
    notice.replaceChildren(icon('key', 16), h('span', null, t('hub.others', { name: app.nameOf(others) ?? others })), take);
  }
  app.i18n.onChange(render);

  return {
    tell,
    /** Whether the hub authorizes for this window. */
    get isMine() {
      return others === null;
    },
    /** @param {import('./types.js').HubConversation} event */
    changed({ id, window }) {
      if (window === null) return void tell();
      others = window === WINDOW ? null : (id ?? '');
      render();
    },
  };
}
