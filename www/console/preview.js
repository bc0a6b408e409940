/** The image viewer for `previewImage`: previous, next, Esc and a counter. `<dialog>` keeps the focus inside. */
import { h, mediaUrl } from '../lib/dom.js';
import { icon } from '../lib/icons.js';

/** @param {import('../lib/i18n.js').I18n} i18n */
export function createPreview(i18n) {
  const { t } = i18n;
  /** @type {string[]} */
  let urls = [];
  let index = 0;
  /** The element that had the focus. A dialog restores the focus by itself, but not to a page in a frame. @type {Element | null} */
  let opener = null;
  const stage = h('div', { class: 'preview-stage' });
  const counter = h('span', { class: 'preview-counter', data: { testid: 'preview-counter' }, 'aria-live': 'polite' });
  const button = (/** @type {string} */ testid, /** @type {any} */ name, /** @type {() => void} */ click) =>
    h('button', { type: 'button', class: 'preview-button', data: { testid }, on: { click } }, icon(name, 26));
  const previous = button('preview-previous', 'left', () => go(index - 1));
  const next = button('preview-next', 'right', () => go(index + 1));
  const close = button('preview-close', 'close', () => dialog.close());
  const dialog = h(
    'dialog',
    { class: 'preview', data: { testid: 'preview' } },
    stage,
    h('div', { class: 'preview-top' }, counter, close),
    previous,
    next,
  );
  document.body.append(dialog);
  dialog.addEventListener('keydown', (event) => {
    if (event.key === 'ArrowLeft') go(index - 1);
    if (event.key === 'ArrowRight') go(index + 1);
  });
  dialog.addEventListener('close', () => /** @type {HTMLElement | null} */ (opener)?.focus());
  dialog.addEventListener('click', (event) => {
    if (event.target === dialog || event.target === stage) dialog.close();
  });

  /** @param {number} to */
  function go(to) {
    if (to < 0 || to >= urls.length) return;
    index = to;
    const source = mediaUrl(urls[index]);
    const failed = () =>
      h(
        'p',
        { class: 'preview-failed' },
        icon('alert', 28),
        h('span', null, source ? t('preview.failed') : t('thread.badUrl')),
        h('span', { class: 'mono' }, urls[index].slice(0, 300)),
      );
    if (source) {
      const image = h('img', {
        src: source,
        alt: '',
        referrerpolicy: 'no-referrer',
        data: { testid: 'preview-image' },
        on: { error: () => image.replaceWith(failed()) },
      });
      stage.replaceChildren(image);
    } else stage.replaceChildren(failed());
    counter.textContent = t('preview.counter', { index: index + 1, count: urls.length });
    previous.disabled = index === 0;
    next.disabled = index === urls.length - 1;
    // When a button is disabled, it loses the focus, and the arrow keys would stop working.
    if (document.activeElement === document.body || document.activeElement?.matches(':disabled')) close.focus();
  }

  function label() {
    dialog.setAttribute('aria-label', t('preview.label'));
    for (const [element, key] of /** @type {[HTMLElement, string][]} */ ([
      [previous, 'preview.previous'],
      [next, 'preview.next'],
      [close, 'preview.close'],
    ])) {
      element.setAttribute('aria-label', t(key));
      element.title = t(key);
    }
  }
  label();
  i18n.onChange(label);

  return {
    /** @param {string[]} list Addresses; only http(s) addresses are loaded. @param {number} at */
    show(list, at) {
      urls = list;
      if (!dialog.open) {
        opener = document.activeElement;
        dialog.showModal();
      }
      go(at);
      close.focus();
    },
    close: () => dialog.close(),
  };
}
