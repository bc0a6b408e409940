/** The dock at the lower edge and its tabs. */
import { h } from '../lib/dom.js';
import { getPrefs, setPrefs } from './prefs.js';

/**
 * @typedef {object} Panel
 * @property {string} name Also its string key (`dock.<name>`) and test id (`tab-<name>`).
 * @property {HTMLElement} element
 * @property {() => void} [onShow]
 */

/**
 * @param {HTMLElement} root
 * @param {import('../lib/i18n.js').I18n} i18n
 * @param {Panel[]} panels
 * @param {string | null} preferred Name of the panel to open. Overrides the stored preference.
 */
export function createDock(root, i18n, panels, preferred) {
  const { t } = i18n;
  const tabs = panels.map(({ name, element }) => {
    element.id = `panel-${name}`;
    element.setAttribute('role', 'tabpanel');
    element.setAttribute('aria-labelledby', `tab-${name}`);
    return h(
      'button',
      {
        type: 'button',
        role: 'tab',
        id: `tab-${name}`,
        'aria-controls': element.id,
        data: { testid: `tab-${name}` },
        on: { click: () => show(name) },
      },
      h('span', { data: { label: '' } }),
      h('span', { class: 'tab-badge', hidden: true }),
    );
  });
  const tablist = h('div', { class: 'tabs', role: 'tablist' }, ...tabs);
  root.append(tablist, ...panels.map(({ element }) => element));
  tablist.addEventListener('keydown', (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const at = tabs.indexOf(/** @type {any} */ (document.activeElement));
    const next = (at + step + tabs.length) % tabs.length;
    tabs[next].focus();
    show(panels[next].name);
  });

  /** @param {string} name */
  function show(name) {
    panels.forEach((panel, i) => {
      const chosen = panel.name === name;
      tabs[i].setAttribute('aria-selected', String(chosen));
      tabs[i].tabIndex = chosen ? 0 : -1;
      panel.element.hidden = !chosen;
      if (chosen) panel.onShow?.();
    });
    setPrefs({ dockTab: name });
  }

  function label() {
    root.setAttribute('aria-label', t('dock.label'));
    tablist.setAttribute('aria-label', t('dock.label'));
    panels.forEach(({ name }, i) => {
      /** @type {HTMLElement} */ (tabs[i].firstElementChild).textContent = t(`dock.${name}`);
    });
  }
  label();
  i18n.onChange(label);
  const wanted = preferred ?? getPrefs().dockTab;
  show(panels.some(({ name }) => name === wanted) ? wanted : panels[0].name);

  return {
    show,
    /**
     * Shows a number or a dot beside a tab's name. Empty text hides it.
     * @param {string} name
     * @param {string} text
     * @param {string} [tone]
     */
    badge(name, text, tone = '') {
      const badge = /** @type {HTMLElement} */ (tabs[panels.findIndex((panel) => panel.name === name)].lastElementChild);
      badge.hidden = text === '';
      badge.textContent = text;
      badge.className = `tab-badge ${tone}`;
    },
  };
}
