/** The messages of the open conversation, and the box to write one. */
import { h } from '../lib/dom.js';
import { onceAFrame } from '../lib/frame.js';
import { icon } from '../lib/icons.js';
import { avatar } from './avatar.js';
import { bubble } from './bubbles.js';

const TIME_GAP = 10 * 60_000;
/** How many messages are in the document at first, and how many more a click adds. */
const BLOCK = 300;

/**
 * @param {HTMLElement} root
 * @param {import('./main.js').App} app
 */
export function createThread(root, app) {
  const { t } = app.i18n;
  const head = h('header', { class: 'thread-head' });
  const list = h('div', { class: 'messages-all' });
  const scroller = h('div', { class: 'messages', tabindex: '0', role: 'log', data: { testid: 'messages' } }, list);
  const input = h('textarea', { class: 'composer-input', rows: '2', id: 'composer', data: { testid: 'composer' } });
  const send = h('button', { type: 'submit', class: 'button primary', data: { testid: 'composer-send' } });
  const form = h('form', { class: 'composer' }, input, send);
  root.append(head, scroller, form);
  /** The part of the conversation that the list shows: messages `from` to `to`. */
  let drawn = { id: '', items: /** @type {any[] | undefined} */ (undefined), from: 0, to: 0 };

  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const text = input.value;
    if (text.trim() === '' || !app.host.current) return;
    app.addMessages(app.host.current.id, [{ msgtype: 'text', content: { content: text } }], { bySidebar: false });
    input.value = '';
  });
  input.addEventListener('keydown', (event) => {
    // During text composition, Enter confirms the input method's candidate and must not send.
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    form.requestSubmit();
  });

  /** @param {any} chat */
  function kind(chat) {
    if (chat.type === 'group') return `${t('chats.type.group')} · ${t('chats.members', { count: chat.group?.members?.length ?? 0 })}`;
    return t(chat.external ? 'chats.type.external' : 'chats.type.internal') + (chat.contact?.company ? ` · ${chat.contact.company}` : '');
  }

  /** @param {any} item @param {boolean} inGroup */
  function row(item, inGroup) {
    return h(
      'div',
      { class: `message ${item.mine ? 'mine' : ''}`, data: { testid: 'message', msgtype: item.msgtype } },
      avatar(item.who, item.avatar),
      h(
        'div',
        { class: 'message-body' },
        inGroup && !item.mine && h('span', { class: 'message-who' }, item.who),
        bubble(item, { t, onPreview: (url) => app.preview.show([url], 0) }),
        item.bySidebar && h('span', { class: 'message-note' }, icon('side', 12), t('thread.bySidebar')),
      ),
    );
  }

  function render() {
    const chat = app.scenario.conversations.find((/** @type {any} */ one) => one.id === app.host.current?.id);
    root.setAttribute('aria-label', t('thread.label'));
    scroller.setAttribute('aria-label', t('thread.label'));
    input.placeholder = t('thread.composer');
    input.setAttribute('aria-label', t('thread.composer'));
    send.replaceChildren(icon('send', 16), t('thread.send'));
    head.hidden = form.hidden = !chat;
    if (!chat) {
      drawn = { id: '', items: undefined, from: 0, to: 0 };
      list.replaceChildren(h('p', { class: 'empty' }, icon('chats', 28), t('thread.noChat')));
      return;
    }
    const tags = (chat.contact?.tags ?? []).map((/** @type {string} */ tag) => h('span', { class: 'chip' }, tag));
    head.replaceChildren(
      h(
        'div',
        { class: 'thread-title' },
        h(
          'h2',
          { data: { testid: 'thread-name' }, title: chat.contact?.remark && t('thread.remark', { remark: chat.contact.remark }) },
          chat.name,
        ),
        h('span', { class: 'thread-kind' }, kind(chat)),
        ...tags,
      ),
      h('code', { class: 'thread-id', title: t('thread.ids'), data: { testid: 'thread-id' } }, chat.id),
    );
    const items = app.threads.get(chat.id) ?? [];
    drawn = { id: chat.id, items, from: Math.max(0, items.length - BLOCK), to: items.length };
    list.replaceChildren(
      ...(items.length > 0 ? rows(drawn.from, drawn.to) : [h('p', { class: 'empty' }, icon('chats', 28), t('thread.empty'))]),
    );
    offerEarlier();
    toEnd();
  }

  /** The messages from one index to another, with a time mark after each longer gap. @param {number} from @param {number} to */
  function rows(from, to) {
    const items = drawn.items ?? [];
    const inGroup = app.host.current?.type === 1;
    return items.slice(from, to).flatMap((item, i) => {
      const before = items[from + i - 1];
      const mark = !before || item.at - before.at > TIME_GAP;
      return [
        ...(mark ? [h('time', { class: 'time-mark', datetime: new Date(item.at).toISOString() }, fullTime(item.at, app.i18n.locale))] : []),
        row(item, inGroup),
      ];
    });
  }

  function offerEarlier() {
    if (drawn.from === 0) return;
    const more = h(
      'button',
      {
        type: 'button',
        class: 'button small earlier',
        on: {
          click: () => {
            const to = drawn.from;
            drawn.from = Math.max(0, to - BLOCK);
            more.replaceWith(...rows(drawn.from, to));
            offerEarlier();
          },
        },
      },
      t('thread.earlier', { count: Math.min(BLOCK, drawn.from) }),
    );
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

  // The scroll offset counts from the end (console.css), so it stays there when content grows, such as images that load late.
  const toEnd = () => {
    scroller.scrollTop = 0;
  };
  app.i18n.onChange(render);
  return { render, update: onceAFrame(update) };
}

/** @param {number} at @param {string} locale */
function fullTime(at, locale) {
  const then = new Date(at);
  const today = then.toDateString() === new Date().toDateString();
  return new Intl.DateTimeFormat(locale, {
    ...(today ? {} : { month: 'short', day: 'numeric' }),
    hour: '2-digit',
    minute: '2-digit',
  }).format(then);
}
