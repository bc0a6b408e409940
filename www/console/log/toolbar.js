/** The controls above the log: the filter, and what is done with the whole log. */
import { h, label } from '../../lib/dom.js';
import { icon } from '../../lib/icons.js';
import { menu } from '../menu.js';
import { NO_FILTER } from './store.js';

/** @typedef {import('./store.js').Filter} Filter */

const KINDS = ['', 'call', 'push', 'hub', 'mark', 'garbage'];
const OUTCOMES = ['', 'pending', 'ok', 'fail', 'silent', 'dropped', 'sent', 'unsent', 'forgotten'];
const MOST_APIS = 200;

/**
 * @param {import('../../lib/i18n.js').Translate} t
 * @param {object} on What the controls do.
 * @param {(filter: Filter) => void} on.filter
 * @param {() => void} on.pause
 * @param {() => void} on.clear
 * @param {() => void} on.save
 * @param {(file: File) => void} on.open
 * @param {() => void} on.live Back from a file to the live log.
 * @param {(preserve: boolean) => void} on.preserve
 * @param {(masked: boolean) => void} on.mask Whether login codes are masked in an export.
 * @param {(kind: 'playwright' | 'vitest' | 'check') => void} on.copyTest
 */
export function createLogToolbar(t, on) {
  /** @type {Filter} */
  let filter = { ...NO_FILTER };
  /** @type {Set<string>} */
  const apis = new Set();
  const set = (/** @type {Partial<Filter>} */ some) => on.filter((filter = { ...filter, ...some }));
  const search = h('input', { type: 'search', class: 'field', data: { testid: 'log-search' }, spellcheck: 'false', autocomplete: 'off' });
  const select = (/** @type {'api' | 'kind' | 'outcome'} */ name) => {
    const control = h('select', { class: 'field', data: { testid: `log-${name}` } });
    control.addEventListener('change', () => set({ [name]: control.value }));
    return control;
  };
  const selects = { api: select('api'), kind: select('kind'), outcome: select('outcome') };
  const count = h('span', { class: 'log-count', data: { testid: 'log-count' } });
  const source = h('button', {
    type: 'button',
    class: 'chip accent log-source',
    data: { testid: 'log-live' },
    hidden: true,
    on: { click: on.live },
  });
  const tools = createTools(t, on);
  const element = h(
    'div',
    { class: 'toolbar' },
    search,
    ...Object.values(selects),
    source,
    count,
    h('span', { class: 'spacer' }),
    ...tools.elements,
  );

  search.addEventListener('input', () => set({ text: search.value }));
  search.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') set({ text: (search.value = '') });
  });

  function fillApis() {
    fill(selects.api, filter.api, [['', t('log.api.all')], ...[...apis].sort().map((api) => /** @type {[string, string]} */ ([api, api]))]);
  }

  return {
    element,
    /** @param {string} text */
    count: (text) => (count.textContent = text),
    /** Offers an API in the filter. @param {string} api */
    offer(api) {
      if (!api || apis.has(api) || apis.size >= MOST_APIS) return;
      apis.add(api);
      fillApis();
    },
    reset() {
      filter = { ...NO_FILTER };
      for (const control of [search, ...Object.values(selects)]) control.value = '';
      on.filter(filter);
      search.focus();
    },
    /** @param {{ paused: boolean, preserve: boolean, masked: boolean, file: string | null }} state */
    label(state) {
      search.placeholder = t('log.search');
      label(search, t('log.search'));
      for (const [name, control] of Object.entries(selects)) control.setAttribute('aria-label', t(`log.${name}`));
      fillApis();
      fill(
        selects.kind,
        filter.kind,
        KINDS.map((one) => [one, one ? t(`kind.${one}`) : t('log.kind.all')]),
      );
      fill(
        selects.outcome,
        filter.outcome,
        OUTCOMES.map((one) => [one, one ? t(`outcome.${one}`) : t('log.outcome.all')]),
      );
      source.hidden = state.file === null;
      source.replaceChildren(icon('folder', 13), h('span', null, state.file ?? ''), icon('close', 13));
      label(source, t('log.live', { file: state.file ?? '' }));
      tools.label(state);
    },
  };
}

/** @param {import('../../lib/i18n.js').Translate} t @param {Parameters<typeof createLogToolbar>[1]} on */
function createTools(t, on) {
  const tool = (/** @type {string} */ testid, /** @type {() => void} */ click) =>
    h('button', { type: 'button', class: 'icon-button small', data: { testid }, on: { click } });
  const preserve = tool('log-preserve', () => on.preserve(preserve.getAttribute('aria-pressed') !== 'true'));
  const copy = menu('log-copy-test', 'code', [
    { testid: 'log-copy-playwright', key: 'log.copyPlaywright', click: () => on.copyTest('playwright') },
    { testid: 'log-copy-vitest', key: 'log.copyVitest', click: () => on.copyTest('vitest') },
    { testid: 'log-copy-check', key: 'log.copyCheck', click: () => on.copyTest('check') },
  ]);
  const input = h('input', { type: 'file', accept: 'application/json,.json', hidden: true, data: { testid: 'log-file' } });
  input.addEventListener('change', () => {
    const [file] = input.files ?? [];
    if (file) on.open(file);
    input.value = '';
  });
  const open = tool('log-open', () => input.click());
  const mask = tool('log-mask', () => on.mask(mask.getAttribute('aria-pressed') !== 'true'));
  const save = tool('log-export', on.save);
  const pause = tool('log-pause', on.pause);
  const clear = tool('log-clear', on.clear);
  return {
    elements: [preserve, copy.element, open, mask, save, pause, clear, input],
    /** @param {{ paused: boolean, preserve: boolean, masked: boolean }} state */
    label({ paused, preserve: kept, masked }) {
      const texts = /** @type {const} */ ([
        [preserve, 'log.preserve', 'pin'],
        [open, 'log.open', 'folder'],
        [mask, 'log.mask', 'key'],
        [save, 'log.export', 'download'],
        [pause, paused ? 'log.resume' : 'log.pause', paused ? 'play' : 'pause'],
        [clear, 'log.clear', 'trash'],
      ]);
      for (const [control, key, name] of texts) {
        control.replaceChildren(icon(name, 16));
        label(control, t(key));
      }
      copy.label(t, 'log.copyTest');
      preserve.setAttribute('aria-pressed', String(kept));
      mask.setAttribute('aria-pressed', String(masked));
      pause.setAttribute('aria-pressed', String(paused));
    },
  };
}

/** @param {HTMLSelectElement} element @param {string} value @param {[string, string][]} options */
function fill(element, value, options) {
  element.replaceChildren(...options.map(([key, text]) => h('option', { value: key }, text)));
  element.value = value;
}
