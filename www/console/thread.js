/** The messages of the open conversation. */
import { h, label } from '../lib/dom.js';
import { onceAFrame } from '../lib/frame.js';
import { icon } from '../lib/icons.js';
import { avatar } from './avatar.js';
import { bubble } from './bubbles.js';
import { createComposer } from './composer.js';
import { fullTime } from './times.js';

/** @typedef {import('./types.js').App} App */
/** @typedef {import('./types.js').Conversation} Conversation */
/** @typedef {import('./types.js').ThreadItem} ThreadItem */

const TIME_GAP = 10 * 60_000;
/** How many messages are in the document at first, and how many more a click adds. */
const BLOCK = 300;

/**
 * @param {HTMLElement} root
 * @param {App} app
 */
export function createThread(root, app) {
  const { t } = app.i18n;
  const head = h('header', { class: 'thread-head' });
  const list = h('div', { class: 'messages-all' });
  const scroller = h('div', { class: 'messages', tabindex: '0', role: 'log', data: { testid: 'messages' } }, list);
  const composer = createComposer(app);
  root.append(head, scroller, composer.element);
  /** The part of the conversation that the list shows: messages `from` to `to`. */
  let drawn = { id: '', items: /** @type {ThreadItem[] | undefined} */ (undefined), from: 0, to: 0 };
  // The scroll offset counts from the end (console.css), so it stays there when content grows, such as images that load late.
  const toEnd = () => (scroller.scrollTop = 0);

  function render() {
    const chat = app.scenario.conversations.find(({ id }) => id === app.host.current?.id);
    root.setAttribute('aria-label', t('thread.label'));
    scroller.setAttribute('aria-label', t('thread.label'));
    composer.render();
    head.hidden = !chat;
    if (!chat) {
      drawn = { id: '', items: undefined, from: 0, to: 0 };
      list.replaceChildren(h('p', { class: 'empty' }, icon('chats', 28), t('thread.noChat')));
      return;
    }
    head.replaceChildren(...headContent(chat, app));
    const items = app.threads.get(chat.id) ?? [];
    drawn = { id: chat.id, items, from: Math.max(0, items.length - BLOCK), to: items.length };
    const empty = h('p', { class: 'empty' }, icon('chats', 28), t('thread.empty'));
    list.replaceChildren(...(items.length > 0 ? rows(drawn.from, drawn.to) : [empty]));
    offerEarlier();
    toEnd();
  }

  /** The messages from one index to another, with a time mark after each longer gap. @param {number} from @param {number} to */
  function rows(from, to) {
    const items = drawn.items ?? [];
    return items.slice(from, to).flatMap((item, i) => {
      const before = items[from + i - 1];
      const isMarked = !before || item.at - before.at > TIME_GAP;
      return [...(isMarked ? [timeMark(item.at, app.i18n.locale)] : []), row(item, app)];
    });
  }

  function offerEarlier() {
    if (drawn.from === 0) return;
    const text = t('thread.earlier', { count: Math.min(BLOCK, drawn.from) });
    const more = h('button', { type: 'button', class: 'button small earlier' }, text);
    more.addEventListener('click', () => {
      const to = drawn.from;
      drawn.from = Math.max(0, to - BLOCK);
      more.replaceWith(...rows(drawn.from, to));
      offerEarlier();
    });
    list.prepend(more);
  }

  /** Appends new messages of the conversation that is shown. Redraws the list for any other change. */
  function update() {
    const id = app.host.current?.id ?? '';
    const items = app.threads.get(id) ?? [];
    if (drawn.id !== id || drawn.items !== items || drawn.to === 0 || items.length - drawn.to > BLOCK) return render();
    list.append(...rows(drawn.to, items.length));
    drawn.to = items.length;
    // Limits the rows in the document, so that a conversation that grows all day does not slow down the page.
    if (drawn.to - drawn.from > 3 * BLOCK) render();
    else toEnd();
  }

  app.i18n.onChange(render);
  return { render, update: onceAFrame(update) };
}

/** @param {number} at @param {string} locale */
const timeMark = (at, locale) => h('time', { class: 'time-mark', datetime: new Date(at).toISOString() }, fullTime(at, locale));

/** The name, who it is, and the id. @param {Conversation} chat @param {App} app */
function headContent(chat, { i18n: { t }, editConversation }) {
  const remark = chat.contact?.remark;
  const name = h('h2', { data: { testid: 'thread-name' }, title: remark ? t('thread.remark', { remark }) : chat.name }, chat.name);
  const tags = (chat.contact?.tags ?? []).map((tag) => h('span', { class: 'chip' }, tag));
  const edit = h('button', { type: 'button', class: 'icon-button small', data: { testid: 'chat-edit' } }, icon('pencil', 15));
  edit.addEventListener('click', () => editConversation(chat));
  label(edit, t('thread.edit'));
  return [
    h('div', { class: 'thread-title' }, name, h('span', { class: 'thread-kind' }, kindOf(chat, t)), ...tags),
    h('code', { class: 'thread-id', title: `${t('thread.ids')} ${chat.id}`, data: { testid: 'thread-id' } }, chat.id),
    edit,
  ];
}

/** @param {Conversation} chat @param {import('../lib/i18n.js').Translate} t */
function kindOf(chat, t) {
  if (chat.type === 'group') return `${t('chats.type.group')} · ${t('chats.members', { count: chat.group?.members?.length ?? 0 })}`;
  return t(chat.external ? 'chats.type.external' : 'chats.type.internal') + (chat.contact?.company ? ` · ${chat.contact.company}` : '');
}

/** @param {ThreadItem} item @param {App} app */
function row(item, { i18n: { t }, host, preview }) {
  const isNamed = host.current?.type === 1 && !item.mine;
  return h(
    'div',
    { class: `message ${item.mine ? 'mine' : ''}`, data: { testid: 'message', msgtype: item.msgtype } },
    avatar(item.who, item.avatar),
    h(
      'div',
      { class: 'message-body' },
      isNamed && h('span', { class: 'message-who' }, item.who),
      bubble(item, { t, onPreview: (url) => preview.show([url], 0) }),
      item.bySidebar && h('span', { class: 'message-note' }, icon('side', 12), t('thread.bySidebar')),
    ),
  );
}
