/** The parts that need no server: the language, the theme, and the tabs of a narrow window. */
import { byTestId } from '../lib/dom.js';
import { icon } from '../lib/icons.js';
import { nextTheme, startTheme } from '../lib/theme.js';
import { parameter, setParameters } from './address.js';

const ICONS = /** @type {const} */ ({ dark: 'moon', light: 'sun', auto: 'auto' });

/** @param {import('../lib/i18n.js').I18n} i18n */
export function startChrome(i18n) {
  const { t } = i18n;
  let theme = startTheme(parameter('theme'));
  const themeButton = byTestId('theme-toggle');
  const languageButton = byTestId('language-toggle');
  const relabel = () => {
    document.title = t('app.title');
    themeButton.replaceChildren(icon(ICONS[theme]));
    themeButton.setAttribute('aria-label', t(`theme.${theme}`));
    themeButton.title = t(`theme.${theme}`);
    languageButton.textContent = t('language.next');
    languageButton.setAttribute('aria-label', t('language.label'));
  };
  themeButton.addEventListener('click', () => {
    theme = nextTheme();
    // From now on the user's choice counts, not the link's.
    setParameters({ theme: null });
    relabel();
  });
  languageButton.addEventListener('click', () => {
    setParameters({ lang: null });
    i18n.set(i18n.language === 'zh' ? 'en' : 'zh');
  });
  byTestId('dock-toggle').append(icon('panel'));
  i18n.onChange(relabel);
  i18n.apply();
  relabel();
  startViewTabs();
}

/** In a narrow window the tabs show one part at a time. */
function startViewTabs() {
  const tabs = /** @type {HTMLElement[]} */ ([...document.querySelectorAll('.view-tabs button')]);
  const show = (/** @type {string | undefined} */ name) => {
    document.body.dataset.view = name;
    for (const tab of tabs) tab.setAttribute('aria-pressed', String(tab.dataset.view === name));
  };
  for (const tab of tabs) tab.addEventListener('click', () => show(tab.dataset.view));
  show('sidebar');
}
