/** The sidebar page: its address, its registration, its frame, and what is known about it. */
import { h } from '../../lib/dom.js';
import { icon } from '../../lib/icons.js';
import { createAddressBar } from './address-bar.js';
import { watchGestures } from './gestures.js';
import { createModeSwitch } from './mode-switch.js';
import { watchPage } from './page-watch.js';
import { coverContent, createFindings, findingText, LOAD_LOOP, NO_CALL, SWITCH_UNNOTICED } from './problems.js';

/** What the server has found in the page, and what its calls show. @param {ReturnType<typeof watchPage>} page */
const foundOf = ({ findings, unaware, silent, userAgentUnset, looping }) => [
  ...(looping ? [LOAD_LOOP] : []),
  ...(silent && userAgentUnset ? [NO_CALL] : []),
  ...(unaware ? [SWITCH_UNNOTICED] : []),
  ...findings,
];

/**
 * @param {HTMLElement} root
 * @param {HTMLIFrameElement} frame
 * @param {import('../types.js').App} app
 * @param {object} tools
 * @param {(url: string) => void} tools.onAddress
 * @param {() => void} tools.onReload The page has loaded itself.
 * @param {Parameters<typeof watchGestures>[1]} tools.onPage What the user does in the page, and what it shows.
 */
export function createSidebarPanel(root, frame, app, { onAddress, onReload, onPage }) {
  const { t } = app.i18n;
  const { host } = app;
  /** An address of a link that the user must agree to first. @type {{ url: string, open: () => void, refuse: () => void } | null} */
  let question = null;
  const address = createAddressBar(app, onAddress);
  const modes = createModeSwitch(app);
  const findings = createFindings(t);
  const title = h('h2');
  const status = h('div', { class: 'sidebar-status', data: { testid: 'sidebar-status' }, role: 'status' });
  const cover = h('div', { class: 'frame-problem', data: { testid: 'sidebar-problem' }, hidden: true });
  root.append(
    h(
      'header',
      { class: 'sidebar-head' },
      h('div', { class: 'sidebar-line' }, title, h('span', { class: 'spacer' }), modes.element),
      address.element,
    ),
    findings.element,
    h('div', { class: 'frame-box' }, frame, cover),
    status,
  );
  const page = watchPage(host, frame, { page: render, calls: renderStatus, reload: onReload });
  host.on('load', address.show);
  const gestures = watchGestures(frame, onPage);
  // Before the log has what follows.
  host.on('message', ({ kind }) => kind === 'request' && gestures.typed());
  host.on('switch', gestures.settle);
  host.on('faults', gestures.settle);

  function statusText() {
    if (!page.reachable) return t('sidebar.unreachable');
    if (page.looping) return t('sidebar.looping');
    if (page.calls > 0) return t('sidebar.connected', { count: page.calls });
    return t(page.silent ? 'sidebar.silent' : 'sidebar.waiting');
  }

  function renderStatus() {
    const tone = page.looping || page.silent || !page.reachable ? 'bad' : page.calls > 0 ? 'ok' : '';
    const chip = (/** @type {string} */ kind, /** @type {string} */ key, /** @type {object} */ more = {}) =>
      h('span', { class: `chip ${kind}`, ...more }, t(key));
    const { authorized } = host;
    status.replaceChildren(h('span', { class: `dot ${tone}` }), h('span', { class: 'status-text' }, statusText()));
    if (page.reachable && host.current === null) status.append(chip('warn', 'sidebar.noChat', { title: t('sidebar.noChat.hint') }));
    if (page.calls > 0) {
      const key = authorized ? 'sidebar.authorized' : 'sidebar.notAuthorized';
      status.append(chip(authorized ? 'ok' : '', key, { data: { testid: 'sidebar-auth' } }));
    }
  }

  const button = (/** @type {string} */ testid, /** @type {string} */ key, /** @type {() => void} */ click) =>
    h('button', { type: 'button', class: 'button', data: { testid }, on: { click } }, icon('reload', 16), t(key));

  function renderCover() {
    cover.hidden = question === null && page.reachable;
    if (question) {
      const { url, open, refuse } = question;
      const text = t('sidebar.question.hint', { url });
      cover.replaceChildren(
        ...coverContent(
          t('sidebar.question'),
          text,
          button('page-open', 'sidebar.question.open', open),
          button('page-refuse', 'sidebar.question.refuse', refuse),
        ),
      );
    } else if (!page.reachable) {
      const reason = page.findings.find(({ severity }) => severity === 'error');
      const text = `${t('sidebar.unreachable.hint', { url: host.url ?? '' })} ${reason ? findingText(reason, t) : ''}`;
      cover.replaceChildren(
        ...coverContent(
          t('sidebar.unreachable'),
          text,
          button('page-retry', 'app.retry', () => host.load()),
        ),
      );
    }
  }

  function render() {
    root.setAttribute('aria-label', t('sidebar.label'));
    frame.title = t('sidebar.label');
    title.textContent = t('sidebar.label');
    address.label();
    modes.render();
    findings.render(page.reachable ? foundOf(page) : [], page.silent);
    renderCover();
    renderStatus();
  }

  app.i18n.onChange(render);
  return {
    render,
    settle: gestures.settle,
    /** Asks the user before a link's page is loaded. @param {string} url @param {(agreed: boolean) => void} then */
    ask(url, then) {
      const end = (/** @type {boolean} */ agreed) => {
        question = null;
        then(agreed);
        render();
      };
      question = { url, open: () => end(true), refuse: () => end(false) };
      render();
    },
  };
}
