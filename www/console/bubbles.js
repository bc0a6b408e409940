/** Draws each of the six message types. All content is untrusted: text is inserted as text, addresses are checked. */
import { h, mediaUrl, webUrl } from '../lib/dom.js';
import { icon } from '../lib/icons.js';

const LONG_TEXT = 4000;

/** @typedef {import('./types.js').ThreadItem} ThreadItem */
/** @typedef {(key: string, values?: Record<string, string | number>) => string} Translate */

/** One line for the list of conversations. @param {ThreadItem} item @param {Translate} t */
export function snippet({ msgtype, content }, t) {
  if (msgtype === 'text') return (content.content ?? '').slice(0, 80).replace(/\s+/g, ' ');
  return t(`snippet.${msgtype}`, { name: content.title || fileName(content.url ?? content.link ?? '') });
}

/**
 * @param {ThreadItem} item
 * @param {{ t: Translate, onPreview: (url: string) => void }} tools
 */
export function bubble(item, tools) {
  const draw = DRAWERS[/** @type {keyof typeof DRAWERS} */ (item.msgtype)];
  return draw ? draw(item.content, item.trusted ? mediaUrl : webUrl, tools) : h('div', { class: 'bubble text' }, item.msgtype);
}

/**
 * @typedef {(content: Record<string, string>, safe: (url: unknown) => string | null, tools: { t: Translate, onPreview:
 *   (url: string) => void })
 * => HTMLElement} Drawer
 */

/** @type {Record<'text' | 'image' | 'video' | 'file' | 'news' | 'miniprogram', Drawer>} */
const DRAWERS = {
  text({ content = '' }, _safe, { t }) {
    const body = h('div', { class: 'bubble text', data: { testid: 'bubble-text' } });
    const show = (/** @type {string} */ text) => body.replaceChildren(...inertLinks(text));
    if (content.length <= LONG_TEXT) show(content);
    else {
      show(`${content.slice(0, LONG_TEXT)}…`);
      body.append(
        h(
          'button',
          {
            type: 'button',
            class: 'expand',
            on: {
              click: () => {
                body.textContent = content;
              },
            },
          },
          t('thread.expand', { count: content.length.toLocaleString() }),
        ),
      );
    }
    return body;
  },

  image({ url, title }, safe, { t, onPreview }) {
    const source = safe(url);
    if (!source) return refused('bubble-image', url, t);
    const open = h('button', {
      type: 'button',
      class: 'bubble image',
      'aria-label': title || t('thread.preview'),
      data: { testid: 'bubble-image', url: source },
      on: { click: () => onPreview(source) },
    });
    open.append(picture(source, title ?? '', () => broken('image', t('thread.imageFailed'), source)));
    return open;
  },

  video({ url, title }, safe, { t }) {
    const source = safe(url);
    if (!source) return refused('bubble-video', url, t);
    const player = h('video', { src: source, controls: true, preload: 'metadata', playsinline: true });
    return h(
      'figure',
      { class: 'bubble video', data: { testid: 'bubble-video', url: source } },
      player,
      h('figcaption', null, icon('video', 14), h('span', null, title || fileName(source))),
    );
  },

  file({ url, title }, safe, { t }) {
    const source = safe(url);
    const name = title || fileName(url ?? '');
    const extension = /\.([a-z0-9]{1,5})$/i.exec(name)?.[1] ?? '';
    return card(
      'file',
      'bubble-file',
      source,
      t,
      h(
        'span',
        { class: 'card-text' },
        h('span', { class: 'card-title' }, name),
        h('span', { class: 'card-desc' }, source ? hostOf(source) : t('thread.badUrl')),
      ),
      h('span', { class: 'file-mark' }, icon('file', 30), h('span', null, extension.toUpperCase())),
    );
  },

  news({ link, title, desc, imgUrl }, safe, { t }) {
    const source = safe(link);
    const image = safe(imgUrl);
    return card(
      'news',
      'bubble-news',
      source,
      t,
      h('span', { class: 'card-title' }, title || link),
      h(
        'span',
        { class: 'card-row' },
        h('span', { class: 'card-desc' }, desc ?? ''),
        h('span', { class: 'card-thumb' }, image ? picture(image, '', () => icon('link', 22)) : icon('link', 22)),
      ),
      h('span', { class: 'card-foot' }, icon('link', 12), source ? hostOf(source) : t('thread.badUrl')),
    );
  },

  miniprogram({ title, desc, imgUrl, iconUrl, appid, page }, safe, { t }) {
    const image = safe(imgUrl);
    const small = safe(iconUrl);
    return h(
      'div',
      { class: 'bubble card miniprogram', data: { testid: 'bubble-miniprogram' }, title: `${appid} · ${page}` },
      h('span', { class: 'card-app' }, small ? picture(small, '', () => icon('app', 16)) : icon('app', 16), h('span', null, desc || appid)),
      h('span', { class: 'card-title' }, title),
      h('span', { class: 'card-cover' }, image ? picture(image, '', () => icon('image', 28)) : icon('image', 28)),
      h('span', { class: 'card-foot' }, icon('app', 12), t('thread.miniprogram')),
    );
  },
};

/**
 * @param {string} kind @param {string} testid @param {string | null} url @param {Translate} t
 * @param {...HTMLElement} children
 */
function card(kind, testid, url, t, ...children) {
  const common = { class: `bubble card ${kind}`, data: { testid, url: url ?? '' } };
  return url
    ? h('a', { ...common, href: url, target: '_blank', rel: 'noopener noreferrer', referrerpolicy: 'no-referrer' }, ...children)
    : h('div', { ...common, title: t('thread.badUrl') }, ...children);
}

/** @param {string} source @param {string} alt @param {() => Node} instead Shown if the image cannot be loaded. */
function picture(source, alt, instead) {
  const image = h('img', {
    src: source,
    alt,
    loading: 'lazy',
    decoding: 'async',
    referrerpolicy: 'no-referrer',
    on: { error: () => image.replaceWith(instead()) },
  });
  return image;
}

/** @param {'image'} name @param {string} text @param {string} url */
const broken = (name, text, url) =>
  h('span', { class: 'broken' }, icon(name, 24), h('span', null, text), h('span', { class: 'mono' }, url.slice(0, 120)));

/** @param {string} testid @param {string | undefined} url @param {Translate} t */
const refused = (testid, url, t) =>
  h(
    'div',
    { class: 'bubble broken', data: { testid } },
    icon('alert', 20),
    h('span', null, t('thread.badUrl')),
    h('span', { class: 'mono' }, (url ?? '').slice(0, 120)),
  );

/** Text with its addresses highlighted but not clickable, because a page could show a misleading link. @param {string} text */
function inertLinks(text) {
  return text
    .split(/(https?:\/\/[^\s<>"'，。；！？（）【】]+)/g)
    .map((part, i) => (i % 2 === 1 ? h('span', { class: 'inert-link' }, part) : document.createTextNode(part)));
}

/** @param {string} url */
function fileName(url) {
  try {
    return decodeURIComponent(new URL(url, location.href).pathname.split('/').at(-1) ?? '') || url;
  } catch {
    return url;
  }
}

/** @param {string} url */
const hostOf = (url) => new URL(url, location.href).host;
