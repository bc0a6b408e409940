/** The list of conversations: search, selection, and the last message of each. */
import { h, label } from '../lib/dom.js';
import { onceAFrame } from '../lib/frame.js';
import { icon } from '../lib/icons.js';
import { avatar } from './avatar.js';
import { snippet } from './bubbles.js';
import { shortTime } from './times.js';

/** @typedef {import('./types.js').App} App */
/** @typedef {import('./types.js').Conversation} Conversation */

/**
 * @param {HTMLElement} root
 * @param {App} app
 */
export function createChatList(root, app) {
  const { t } = app.i18n;
  let query = '';
  const search = h('input', { type: 'search', class: 'field', data: { testid: 'chat-search' }, autocomplete: 'off', spellcheck: 'false' });
  const list = h('div', { class: 'chat-items', data: { testid: 'chat-list' } });
  const add = h('button', { type: 'button', class: 'icon-button', data: { testid: 'chat-add' } }, icon('plus', 16));
  const expand = expander(root, search);
  root.append(h('div', { class: 'chat-tools' }, expand, h('div', { class: 'chat-search' }, icon('search', 16), search), add), list);
  add.addEventListener('click', () => app.editConversation());
  search.addEventListener('input', () => find(search.value));
  startKeyboard(search, list, () => find((search.value = '')));

  /** @param {string} text */
  function find(text) {
    query = text;
    render();
  }

  /** @param {Conversation} chat */
  const matches = (chat) => {
    const needle = query.trim().toLowerCase();
    return [chat.name, chat.contact?.remark, chat.contact?.company, chat.id].some((text) => text?.toLowerCase().includes(needle));
  };

  function render() {
    const { conversations } = app.scenario;
    root.setAttribute('aria-label', t('chats.label'));
    search.placeholder = t('chats.search');
    search.setAttribute('aria-label', t('chats.search'));
    label(add, t('chats.add'));
    label(expand, t('chats.search'));
    const shown = conversations.filter(matches);
    if (shown.length === 0) {
      list.replaceChildren(h('p', { class: 'empty' }, conversations.length === 0 ? t('chats.empty') : t('chats.none', { query })));
      return;
    }
    const focused = document.activeElement instanceof HTMLElement ? document.activeElement.dataset.chat : undefined;
    list.replaceChildren(...shown.map((chat) => item(chat, app)));
    const again = focused === undefined ? null : list.querySelector(`[data-chat="${CSS.escape(focused)}"]`);
    if (again instanceof HTMLElement) again.focus();
  }

  app.i18n.onChange(render);
  return { render: onceAFrame(render) };
}

/**
 * In a window of medium width the list is a strip of avatars. The button widens it over the messages, to search.
 * @param {HTMLElement} root
 * @param {HTMLElement} search
 */
function expander(root, search) {
  const button = h(
    'button',
    { type: 'button', class: 'icon-button chat-expand', data: { testid: 'chat-expand' }, 'aria-expanded': 'false' },
    icon('search', 16),
  );
  const set = (/** @type {boolean} */ open) => {
    root.classList.toggle('open', open);
    button.setAttribute('aria-expanded', String(open));
  };
  button.addEventListener('click', () => {
    set(!root.classList.contains('open'));
    if (root.classList.contains('open')) search.focus();
  });
  root.addEventListener('focusout', (event) => {
    if (event.relatedTarget instanceof Node && !root.contains(event.relatedTarget)) set(false);
  });
  root.addEventListener('click', (event) => {
    if (event.target instanceof Element && event.target.closest('.chat-item')) set(false);
  });
  return button;
}

/**
 * Arrow keys go from the field to the list and through it; Esc clears the search.
 * @param {HTMLElement} search
 * @param {HTMLElement} list
 * @param {() => void} clear
 */
function startKeyboard(search, list, clear) {
  search.addEventListener('keydown', (event) => {
    if (event.key === 'ArrowDown') list.querySelector('button')?.focus();
    if (event.key === 'Escape') clear();
  });
  list.addEventListener('keydown', (event) => {
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
    event.preventDefault();
    const items = [...list.querySelectorAll('button')];
    const at = items.findIndex((one) => one === document.activeElement);
    if (event.key === 'ArrowUp' && at === 0) search.focus();
    else items[at + (event.key === 'ArrowDown' ? 1 : -1)]?.focus();
  });
}

/** Who the conversation is with. @param {Conversation} chat @param {import('../lib/i18n.js').Translate} t */
function tag(chat, t) {
  if (chat.type === 'group') return h('span', { class: 'tag' }, t('chats.members', { count: chat.group?.members?.length ?? 0 }));
  if (!chat.external) return h('span', { class: 'tag' }, t('chats.type.internal'));
  const company = chat.contact?.company;
  return h('span', { class: 'tag external' }, company ? `@${company}` : t('chats.external'));
}

/** @param {Conversation} chat @param {App} app */
function item(chat, { i18n: { t, locale }, host, threads, switchTo }) {
  const last = threads.get(chat.id)?.at(-1);
  return h(
    'button',
    {
      type: 'button',
      class: 'chat-item',
      data: { testid: `chat-${chat.id}`, chat: chat.id },
      'aria-current': chat.id === host.current?.id ? 'true' : null,
      title: chat.name,
      on: { click: () => switchTo(chat.id) },
    },
    avatar(chat.name, chat.avatar),
    h('span', { class: 'visually-hidden' }, chat.name),
    h(
      'span',
      { class: 'chat-text' },
      h(
        'span',
        { class: 'chat-line' },
        h('span', { class: 'chat-name', 'aria-hidden': 'true' }, chat.name),
        last && h('time', { class: 'chat-time' }, shortTime(last.at, locale)),
      ),
      h('span', { class: 'chat-line' }, h('span', { class: 'chat-last' }, last ? snippet(last, t) : t('chats.noMessages')), tag(chat, t)),
    ),
  );
}
