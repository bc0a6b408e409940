/** The list of results, newest first. */
import { h } from '../lib/dom.js';

const MOST = 200;
const LONG = 20_000;

/** @param {HTMLElement} root @param {(key: string) => string} t */
export function createResults(root, t) {
  let n = 0;

  /** Readable JSON; values that JSON cannot represent are shown by name. @param {unknown} value */
  function text(value) {
    const json = JSON.stringify(value, (_key, one) => (one === undefined ? '[undefined]' : one), 2) ?? String(value);
    return json.length > LONG ? `${json.slice(0, LONG)}… (${json.length})` : json;
  }

  /** @param {string} api @param {string} style */
  function row(api, style) {
    const took = h('span', { class: 'took' }, t('result.pending'));
    const json = h('pre', { class: 'json', data: { testid: 'result-json' } });
    const element = h(
      'article',
      { class: 'result', data: { testid: 'result', api, style, n: String(++n), state: 'pending' } },
      h(
        'header',
        null,
        h('strong', null, api),
        h('span', { class: 'chip' }, style),
        took,
        h('span', { class: 'spacer' }),
        h('time', null, new Date().toLocaleTimeString(document.documentElement.lang, { hour12: false })),
      ),
      json,
    );
    root.prepend(element);
    while (root.childElementCount > MOST) root.lastElementChild?.remove();
    return { element, took, json };
  }

  return {
    /** Adds a pending result. The returned function completes it. @param {string} api @param {string} style */
    begin(api, style) {
      const started = performance.now();
      const { element, took, json } = row(api, style);
      return (/** @type {'ok' | 'fail'} */ state, /** @type {any} */ res) => {
        // A second answer would be a bug in the helper, so the count is shown.
        element.dataset.answers = String(Number(element.dataset.answers ?? 0) + 1);
        element.dataset.state = state;
        element.dataset.errMsg = String(res?.err_msg ?? res?.message ?? '');
        took.textContent = `${(performance.now() - started).toFixed(1)} ms`;
        json.textContent = text(res);
        return element;
      };
    },
    clear: () => root.replaceChildren(),
  };
}
