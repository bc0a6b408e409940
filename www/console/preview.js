/** The image viewer for `previewImage`: previous, next, Esc and a counter. `<dialog>` keeps the focus inside. */
import { h, label, mediaUrl } from '../lib/dom.js';
import { icon } from '../lib/icons.js';

/** @typedef {import('../lib/i18n.js').Translate} Translate */

/** @param {import('../lib/i18n.js').I18n} i18n */
export function createPreview({ t, onChange }) {
  /** @type {string[]} */
  let urls = [];
  let index = 0;
  /** The element that had the focus. A dialog restores the focus by itself, but not to a page in a frame. @type {Element | null} */
  let opener = null;
  const stage = h('div', { class: 'preview-stage' });
  const counter = h('span', { class: 'preview-counter', data: { testid: 'preview-counter' }, 'aria-live': 'polite' });
  const button = (/** @type {string} */ testid, /** @type {Parameters<typeof icon>[0]} */ name, /** @type {() => void} */ click) =>
    h('button', { type: 'button', class: 'preview-button', data: { testid }, on: { click } }, icon(name, 26));
  const previous = button('preview-previous', 'left', () => go(index - 1));
  const next = button('preview-next', 'right', () => go(index + 1));
  const close = button('preview-close', 'close', () => dialog.close());
  const top = h('div', { class: 'preview-top' }, counter, close);
  const dialog = h('dialog', { class: 'preview', data: { testid: 'preview' } }, stage, top, previous, next);
  document.body.append(dialog);
  dialog.addEventListener('keydown', (event) => {
    if (event.key === 'ArrowLeft') go(index - 1);
    if (event.key === 'ArrowRight') go(index + 1);
  });
  dialog.addEventListener('close', () => opener instanceof HTMLElement && opener.focus());
  dialog.addEventListener('click', (event) => {
    if (event.target === dialog || event.target === stage) dialog.close();
  });

  /** @param {number} to */
  function go(to) {
    if (to < 0 || to >= urls.length) return;
    index = to;
    stage.replaceChildren(picture(urls[index], t));
    counter.textContent = t('preview.counter', { index: index + 1, count: urls.length });
    previous.disabled = index === 0;
    next.disabled = index === urls.length - 1;
    // When a button is disabled, it loses the focus, and the arrow keys would stop working.
    if (document.activeElement === document.body || document.activeElement?.matches(':disabled')) close.focus();
  }

  function relabel() {
    dialog.setAttribute('aria-label', t('preview.label'));
    label(previous, t('preview.previous'));
    label(next, t('preview.next'));
    label(close, t('preview.close'));
  }
  relabel();
  onChange(relabel);

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

/** An image, with a notice while it loads, and with the reason if it cannot be shown. @param {string} url @param {Translate} t */
function picture(url, t) {
  const source = mediaUrl(url);
  if (!source) return failure(url, t('thread.badUrl'));
  const note = h('p', { class: 'preview-loading' }, t('preview.loading'));
  const image = h('img', { src: source, alt: '', referrerpolicy: 'no-referrer', data: { testid: 'preview-image' } });
  const place = h('div', { class: 'preview-place' }, note, image);
  image.addEventListener('load', () => note.remove());
  image.addEventListener('error', () => place.replaceChildren(failure(url, t('preview.failed'))));
  return place;
}

/** @param {string} url @param {string} text */
const failure = (url, text) =>
  h(
    'p',
    { class: 'preview-failed', data: { testid: 'preview-failed' } },
    icon('alert', 28),
    h('span', null, text),
    h('span', { class: 'mono' }, url.slice(0, 300)),
  );
