/** The box to write a message, as the managed account, as the customer, or as a member of the group. */
import { h, label } from '../lib/dom.js';
import { icon } from '../lib/icons.js';
import { senderOf } from './scenario.js';

/** @typedef {import('./types.js').App} App */

/** @param {App} app */
export function createComposer(app) {
  const { t } = app.i18n;
  const input = h('textarea', { class: 'composer-input', rows: '2', id: 'composer', data: { testid: 'composer' } });
  const from = h('select', { class: 'field composer-from', data: { testid: 'composer-from' } });
  const send = h('button', { type: 'submit', class: 'button primary', data: { testid: 'composer-send' } });
  const element = h('form', { class: 'composer' }, input, h('div', { class: 'composer-side' }, from, send));
  const open = () => app.scenario.conversations.find(({ id }) => id === app.host.current?.id);
  /** The conversation that the listed senders belong to. */
  let shown = '';

  element.addEventListener('submit', (event) => {
    event.preventDefault();
    const content = input.value;
    const chat = open();
    if (content.trim() === '' || !chat) return;
    const sender = senderOf(app.scenario, chat, from.value);
    app.addMessages(chat.id, [{ ...sender, at: Date.now(), msgtype: 'text', content: { content }, trusted: true, added: true }]);
    input.value = '';
  });
  input.addEventListener('keydown', (event) => {
    // During text composition, Enter confirms the input method's candidate and must not send.
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    element.requestSubmit();
  });

  /** Everybody who may write in the conversation. @param {import('./types.js').Conversation} chat @returns {[string, string][]} */
  function senders(chat) {
    const me = /** @type {[string, string]} */ (['me', t('composer.me', { name: app.scenario.account.name })]);
    if (chat.type !== 'group') return [me, ['them', t('composer.them', { name: chat.name })]];
    const others = (chat.group?.members ?? []).filter(({ userId }) => userId !== app.scenario.account.userId);
    return [me, ...others.map(({ name }) => /** @type {[string, string]} */ ([name, name]))];
  }

  return {
    element,
    render() {
      const chat = open();
      input.placeholder = t('thread.composer');
      input.setAttribute('aria-label', t('thread.composer'));
      label(from, t('composer.from'));
      send.replaceChildren(icon('send', 16), t('thread.send'));
      element.hidden = !chat;
      if (!chat) return;
      const chosen = shown === chat.id ? from.value : 'me';
      shown = chat.id;
      const options = senders(chat);
      from.replaceChildren(...options.map(([value, text]) => h('option', { value }, text)));
      from.value = options.some(([value]) => value === chosen) ? chosen : 'me';
    },
  };
}
