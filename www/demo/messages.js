/** The forms of the six message types, and the list for sendMultiChatMessage. */
import { MESSAGES } from '../lib/catalogue.js';
import { h } from '../lib/dom.js';
import { icon } from '../lib/icons.js';

/** @typedef {keyof typeof MESSAGES} MessageType */

/** The fields of a type. @param {MessageType} type @returns {[string, { type: string, required: boolean }][]} */
const fieldsOf = (type) => Object.entries(MESSAGES[type]);

/** @param {(key: string) => string} t @returns {Record<MessageType, Record<string, string>>} */
function samples(t) {
  const media = (/** @type {string} */ name) => `${location.origin}/media/${name}`;
  return {
    text: { content: t('sample.text') },
    image: { url: media('menu.svg'), title: t('sample.image') },
    video: { url: media('pour-over.webm'), title: t('sample.video') },
    file: { url: media('quotation.pdf'), title: t('sample.file') },
    news: {
      link: 'https://example.com/opening',
      title: t('sample.newsTitle'),
      desc: t('sample.newsDesc'),
      imgUrl: media('storefront.svg'),
    },
    miniprogram: {
      appid: 'wx1234567890abcdef',
      title: t('sample.appTitle'),
      imgUrl: media('beans.svg'),
      page: 'pages/index/index.html',
      desc: t('sample.appDesc'),
      iconUrl: media('logo.svg'),
      officialAccountId: 'gh_0123456789ab',
    },
  };
}

/**
 * @param {object} tools
 * @param {import('../lib/i18n.js').I18n} tools.i18n
 * @param {(api: string, params: any) => void} tools.run
 * @param {(group: HTMLElement, onChoose: (value: string) => void) => (value: string) => void} tools.radio
 */
export function startMessages({ i18n, run, radio }) {
  const { t } = i18n;
  const $ = (/** @type {string} */ id) => /** @type {any} */ (document.getElementById(id));
  /** @type {MessageType} */
  let type = 'text';
  /** The typed values by message type, so that a change of type loses nothing. */
  let values = samples(t);
  let touched = false;
  /** @type {any[]} */
  let list = [];

  function drawFields() {
    $('message-fields').replaceChildren(
      ...fieldsOf(type).flatMap(([name, { type: kind, required }]) => {
        const id = `${type}-${name}`;
        const input = h(name === 'content' ? 'textarea' : 'input', {
          id,
          class: 'field',
          inputmode: kind === 'number' ? 'numeric' : null,
          'aria-required': String(required),
          autocomplete: 'off',
          spellcheck: 'false',
          rows: name === 'content' ? '3' : null,
          value: values[type][name] ?? '',
          on: {
            input: (/** @type {any} */ event) => {
              touched = true;
              values[type][name] = event.target.value;
            },
          },
        });
        return [h('label', { for: id }, name, required && h('span', { class: 'required', title: t('field.required') }, ' *')), input];
      }),
    );
  }

  /** Builds the message. Empty optional fields are left out. */
  function message() {
    const content = Object.fromEntries(
      fieldsOf(type)
        .map(([name, { type: kind, required }]) => ({ name, kind, required, value: values[type][name] ?? '' }))
        .filter(({ required, value }) => required || value !== '')
        .map(({ name, kind, value }) => [name, kind === 'number' && value !== '' ? Number(value) : value]),
    );
    return { msgtype: type, [type]: content };
  }

  function drawList() {
    $('message-list').replaceChildren(
      ...list.map((one, index) =>
        h(
          'li',
          null,
          h('span', { class: 'chip accent' }, t(`type.${one.msgtype}`)),
          h('code', null, Object.values(one[one.msgtype]).filter(Boolean).join(' · ')),
          h(
            'button',
            {
              type: 'button',
              class: 'icon-button small',
              id: `message-remove-${index}`,
              'aria-label': t('message.remove').replace('{index}', String(index + 1)),
              on: {
                click: () => {
                  list = list.filter((_, i) => i !== index);
                  drawList();
                },
              },
            },
            icon('close', 14),
          ),
        ),
      ),
    );
    $('message-none').hidden = list.length > 0;
  }

  const choose = radio($('types'), (value) => {
    type = /** @type {MessageType} */ (value);
    drawFields();
  });
  choose('text');
  $('message-form').addEventListener('submit', (/** @type {Event} */ event) => {
    event.preventDefault();
    run('sendChatMessage', message());
  });
  $('message-add').addEventListener('click', () => {
    list = [...list, message()];
    drawList();
  });
  $('message-clear').addEventListener('click', () => {
    list = [];
    drawList();
  });
  $('sendMultiChatMessage').addEventListener('click', () => run('sendMultiChatMessage', list));
  i18n.onChange(() => {
    if (!touched) values = samples(t);
    drawFields();
    drawList();
  });
  drawFields();
  drawList();
}
