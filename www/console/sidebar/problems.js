/** What is wrong with the page, in words: over the frame if there is nothing to see in it, else above it. */
import { h } from '../../lib/dom.js';
import { icon } from '../../lib/icons.js';
import { LOOP } from './load-count.js';

/** @typedef {import('../types.js').Finding} Finding */
/** @typedef {import('../../lib/i18n.js').Translate} Translate */

/** @param {Finding} finding @param {Translate} t */
export const findingText = ({ code, params }, t) => t(`page.finding.${code}`, params);

/** The page is registered for pushes but has not called sidebarAuth, so it keeps showing another customer. @type {Finding} */
export const SWITCH_UNNOTICED = { code: 'switch-unnoticed', severity: 'warning', params: {} };

/** The page may have the helper, does not set `userAgent`, and makes no call. The server's check reports the same. @type {Finding} */
export const NO_CALL = { code: 'no-call', severity: 'warning', params: { write: 'data-user-agent="wxwork"' } };

/** The page loads itself again and again. @type {Finding} */
export const LOAD_LOOP = { code: 'load-loop', severity: 'warning', params: { count: LOOP.loads, seconds: LOOP.ms / 1_000 } };

/** Covers the frame. @param {string} title @param {string} text @param {...HTMLElement} actions */
export const coverContent = (title, text, ...actions) => [
  icon('alert', 32),
  h('h2', null, title),
  h('p', null, text),
  h('div', { class: 'fault-actions' }, ...actions),
];

/** @param {Translate} t */
export function createFindings(t) {
  const list = h('ul', { class: 'finding-list' });
  const summary = h('summary', null);
  const element = h('details', { class: 'findings', open: true, data: { testid: 'sidebar-findings' }, hidden: true }, summary, list);

  return {
    element,
    /** @param {readonly Finding[]} findings @param {boolean} silent Whether the page has made no call for a while. */
    render(findings, silent) {
      const worth = findings.filter(({ code, severity }) => (code === 'helper-unseen' ? silent : severity !== 'note'));
      element.hidden = worth.length === 0;
      summary.textContent = t('page.findings', { count: worth.length });
      list.replaceChildren(
        ...worth.map((finding) =>
          h(
            'li',
            { class: finding.severity, data: { testid: 'finding', code: finding.code } },
            icon('alert', 14),
            h('span', null, findingText(finding, t)),
          ),
        ),
      );
    },
  };
}
