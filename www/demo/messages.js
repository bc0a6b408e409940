/** The forms of the six message types, and the list for sendMultiChatMessage. */
import { h } from '../lib/dom.js';
import { icon } from '../lib/icons.js';

/** The fields of each type; those with a star are required. */
const FIELDS = {
  text: ['content*'],
  image: ['url*', 'title'],
  video: ['url*', 'title'],
  file: ['url*', 'title'],
  news: ['link*', 'title', 'desc', 'imgUrl'],
  miniprogram: ['appid*', 'title*', 'imgUrl*', 'page*', 'desc*', 'iconUrl*', 'officialAccountId*'],
};

/** @typedef {keyof typeof FIELDS} MessageType */

/** @param {(key: string) => string} t @returns {Record<MessageType, Record<string, string>>} */
function samples(t) {
  const media = (/** @type {string} */ name) => `${location.origin}/media/${name}`;
  return {
    text: { content: t('sample.text') },
    image: { url: media('menu.svg'), title: t('sample.image') },
    video: { url: media('pour-over.webm'), title: t('sample.video') },
    file: { url: media('quotation.pdf'), title: t('sample.file') },
    news: { link: 'https://example.com/opening', title: t('sample.newsTitle'), desc: t('sample.newsDesc'), imgUrl: media('storefront.svg') },
    miniprogram: {
      appid: 'wx1234567890abcdef', title: t('sample.appTitle'), imgUrl: media('beans.svg'), page: 'pages/index/index.html',
      desc: t('sample.appDesc'), iconUrl: media('logo.svg'), officialAccountId: 'gh_0123456789ab',
    },
  };
}

/**
 * @param {{ i18n: any, run: (api: string, params: any) => void, radio: (group: HTMLElement, onChoose: (value: string) => void) => (value: string) => void }} tools
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
    $('message-fields').replaceChildren(...FIELDS[type].flatMap((field) => {
      const name = field.replace('*', '');
      const id = `${type}-${name}`;
      const required = field.endsWith('*');
      const input = h(name === 'content' ? 'textarea' : 'input', {
        id, class: 'field', 'aria-required': String(required), autocomplete: 'off', spellcheck: 'false', rows: name === 'content' ? '3' : null, value: values[type][name] ?? '',
        on: { input: (/** @type {any} */ event) => { touched = true; values[type][name] = event.target.value; } },
      });
      return [h('label', { for: id }, name, required && h('span', { class: 'required', title: t('field.required') }, ' *')), input];
    }));
  }

  /** Builds the message. Empty optional fields are left out. */
  function message() {
    const content = Object.fromEntries(FIELDS[type]
      .map((field) => [field.replace('*', ''), field.endsWith('*')])
      .map(([name, required]) => [name, required, values[type][/** @type {string} */ (name)] ?? ''])
      .filter(([, required, value]) => required || value !== '')
      .map(([name, , value]) => [name, value]));
    return { msgtype: type, [type]: content };
  }

  function drawList() {
    $('message-list').replaceChildren(...list.map((one, index) => h('li', null,
      h('span', { class: 'chip accent' }, t(`type.${one.msgtype}`)),
      h('code', null, Object.values(one[one.msgtype]).filter(Boolean).join(' · ')),
      h('button', {
        type: 'button', class: 'icon-button small', id: `message-remove-${index}`, 'aria-label': t('message.remove').replace('{index}', String(index + 1)),
        on: { click: () => { list = list.filter((_, i) => i !== index); drawList(); } },
      }, icon('close', 14)))));
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
