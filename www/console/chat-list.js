/** The list of conversations: search, selection, and the last message of each. */
import { h } from '../lib/dom.js';
import { onceAFrame } from '../lib/frame.js';
import { icon } from '../lib/icons.js';
import { avatar } from './avatar.js';
import { snippet } from './bubbles.js';

/**
 * @param {HTMLElement} root
 * @param {import('./main.js').App} app
 */
export function createChatList(root, app) {
  const { t } = app.i18n;
  let query = '';
  const search = h('input', { type: 'search', class: 'field', data: { testid: 'chat-search' }, autocomplete: 'off', spellcheck: 'false' });
  const list = h('div', { class: 'chat-items', data: { testid: 'chat-list' } });
  root.append(h('div', { class: 'chat-search' }, icon('search', 16), search), list);
  search.addEventListener('input', () => {
    query = search.value;
    render();
  });
  search.addEventListener('keydown', (event) => {
    if (event.key === 'ArrowDown') list.querySelector('button')?.focus();
    if (event.key === 'Escape') {
      search.value = query = '';
      render();
    }
  });
  list.addEventListener('keydown', (event) => {
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
    event.preventDefault();
    const items = [...list.querySelectorAll('button')];
    const at = items.indexOf(/** @type {any} */ (document.activeElement));
    if (event.key === 'ArrowUp' && at === 0) search.focus();
    else items[at + (event.key === 'ArrowDown' ? 1 : -1)]?.focus();
  });

  /** @param {any} chat */
  function label(chat) {
    if (chat.type === 'group') return h('span', { class: 'tag' }, t('chats.members', { count: chat.group?.members?.length ?? 0 }));
    return chat.external
      ? h('span', { class: 'tag external' }, `@${chat.contact?.company ?? t('chats.external')}`)
      : h('span', { class: 'tag' }, t('chats.type.internal'));
  }

  function render() {
    root.setAttribute('aria-label', t('chats.label'));
    search.placeholder = t('chats.search');
    search.setAttribute('aria-label', t('chats.search'));
    const needle = query.trim().toLowerCase();
    const shown = app.scenario.conversations.filter((/** @type {any} */ chat) =>
      [chat.name, chat.contact?.remark, chat.contact?.company, chat.id].some((text) => text?.toLowerCase().includes(needle)),
    );
    if (shown.length === 0) {
      list.replaceChildren(
        h('p', { class: 'empty' }, app.scenario.conversations.length === 0 ? t('chats.empty') : t('chats.none', { query })),
      );
      return;
    }
    const focused = /** @type {HTMLElement | null} */ (document.activeElement)?.dataset.chat;
    list.replaceChildren(
      ...shown.map((/** @type {any} */ chat) => {
        const last = app.threads.get(chat.id)?.at(-1);
        const current = chat.id === app.host.current?.id;
        return h(
          'button',
          {
            type: 'button',
            class: 'chat-item',
            data: { testid: `chat-${chat.id}`, chat: chat.id },
            'aria-current': current ? 'true' : null,
            title: chat.name,
            on: { click: () => app.switchTo(chat.id) },
          },
          avatar(chat.name, chat.avatar),
          h(
            'span',
            { class: 'chat-text' },
            h(
              'span',
              { class: 'chat-line' },
              h('span', { class: 'chat-name' }, chat.name),
              last && h('time', { class: 'chat-time' }, shortTime(last.at, app.i18n.locale)),
            ),
            h(
              'span',
              { class: 'chat-line' },
              h('span', { class: 'chat-last' }, last ? snippet(last, t) : t('chats.noMessages')),
              label(chat),
            ),
          ),
        );
      }),
    );
    if (focused) list.querySelector(`[data-chat="${CSS.escape(focused)}"]`)?.focus();
  }

  app.i18n.onChange(render);
  return { render: onceAFrame(render) };
}

/** The time of day if `at` is today, else the date. @param {number} at @param {string} locale */
function shortTime(at, locale) {
  const then = new Date(at);
  const today = then.toDateString() === new Date().toDateString();
  return new Intl.DateTimeFormat(locale, today ? { hour: '2-digit', minute: '2-digit' } : { month: 'numeric', day: 'numeric' }).format(
    then,
  );
}
