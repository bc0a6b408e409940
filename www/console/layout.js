/** Sizes of the panes, and whether the dock is open. */
import { byTestId } from '../lib/dom.js';
import { parameter } from './address.js';
import { getPrefs, setPrefs } from './prefs.js';
import { splitter } from './splitter.js';

/** @param {import('../lib/i18n.js').I18n} i18n */
export function startLayout({ t, onChange }) {
  const prefs = getPrefs();
  const sidebarBar = byTestId('sidebar-splitter');
  const dockBar = byTestId('dock-splitter');
  splitter(sidebarBar, {
    of: 'width',
    property: '--sidebar-width',
    initial: prefs.sidebarWidth,
    min: 320,
    max: () => innerWidth - 480,
    onChange: (sidebarWidth) => setPrefs({ sidebarWidth }),
  });
  splitter(dockBar, {
    of: 'height',
    property: '--dock-height',
    initial: prefs.dockHeight,
    min: 140,
    max: () => innerHeight - 240,
    onChange: (dockHeight) => setPrefs({ dockHeight }),
  });
  const toggle = byTestId('dock-toggle');
  const show = (/** @type {boolean} */ open) => {
    byTestId('dock').hidden = dockBar.hidden = !open;
    toggle.setAttribute('aria-pressed', String(open));
    setPrefs({ dockOpen: open });
  };
  toggle.addEventListener('click', () => show(byTestId('dock').hidden));
  show(parameter('dock') !== null || prefs.dockOpen);
  const relabel = () => {
    sidebarBar.setAttribute('aria-label', t('sidebar.resize'));
    dockBar.setAttribute('aria-label', t('dock.resize'));
  };
  relabel();
  onChange(relabel);
}
