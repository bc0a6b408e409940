/** Switches between two languages. Each page has its own strings. */

import { label } from './dom.js';

const STORED = 'juzi.language';

/** @param {string} attribute @returns {NodeListOf<HTMLElement>} */
const marked = (attribute) => document.querySelectorAll(`[${attribute}]`);

/** @typedef {'zh' | 'en'} Language */

/** @typedef {(key: string, values?: Record<string, string | number>) => string} Translate */

/** @typedef {ReturnType<typeof createI18n>} I18n */

/**
 * @param {Record<Language, Record<string, string>>} strings
 * @param {string | null} [preferred] Overrides the stored choice and the browser's language.
 */
export function createI18n(strings, preferred) {
  const remembered = read();
  /** @type {Language} */
  let language =
    /** @type {Language | undefined} */ ([preferred, remembered].find((one) => one === 'zh' || one === 'en')) ??
    (navigator.languages.some((one) => one.toLowerCase().startsWith('zh')) ? 'zh' : 'en');
  /** @type {Set<() => void>} */
  const listeners = new Set();

  /** In a frame, the browser may block storage as third-party. The choice then lasts until the page is closed. */
  function read() {
    try {
      return localStorage.getItem(STORED);
    } catch {
      return null;
    }
  }

  /**
   * The text of a key, `{name}` replaced by the value of that name.
   * @param {string} key @param {Record<string, string | number>} [values]
   */
  function t(key, values = {}) {
    const text = strings[language][key] ?? strings.en[key] ?? key;
    return text.replace(/\{(\w+)\}/g, (whole, name) => String(values[name] ?? whole));
  }

  /** Fills in the elements marked `data-t` (text), `data-t-label` (name and tooltip) and `data-t-placeholder`. */
  function apply() {
    document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en';
    for (const element of marked('data-t')) element.textContent = t(element.dataset.t ?? '');
    for (const element of marked('data-t-label')) label(element, t(element.dataset.tLabel ?? ''));
    for (const element of marked('data-t-placeholder')) element.setAttribute('placeholder', t(element.dataset.tPlaceholder ?? ''));
  }

  return {
    t,
    apply,
    get language() {
      return language;
    },
    /** For Intl: the language with its region. */
    get locale() {
      return language === 'zh' ? 'zh-CN' : 'en-GB';
    },
    /** @param {Language} next @param {{ store?: boolean }} [how] Without `store`, the choice lasts until the page is closed. */
    set(next, { store = true } = {}) {
      language = next;
      try {
        if (store) localStorage.setItem(STORED, next);
      } catch {
        // Not stored; see `read`.
      }
      apply();
      for (const listener of listeners) listener();
    },
    /** @param {() => void} listener Called after a switch. */
    onChange: (listener) => void listeners.add(listener),
  };
}
