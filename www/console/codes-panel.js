/** The hub's codes: how each was issued, how long it is valid, and the attempts to redeem it. */
import { h } from '../lib/dom.js';

const MOST = 500;

/**
 * @typedef {object} Issued
 * @property {string} code
 * @property {string | null} conversationId
 * @property {string} via
 * @property {number} at
 * @property {number} expiresAt
 * @property {{ errcode: number, errmsg: string, at: number }[]} attempts
 * @property {boolean} unknown An attempt was made to redeem it, but this page has not seen the hub issue it.
 */

/** @param {import('./types.js').App} app @param {{ onCount: (count: number) => void }} tools */
export function createCodesPanel(app, { onCount }) {
  const { t } = app.i18n;
  /** Newest first. @type {Issued[]} */
  let codes = [];
  const head = h('thead');
  const body = h('tbody');
  const table = h('table', { class: 'codes', data: { testid: 'codes' } }, head, body);
  const empty = h('p', { class: 'empty', data: { testid: 'codes-empty' } });
  const element = h('div', { class: 'panel scroll codes-panel', tabindex: '0' }, table, empty);

  const clock = (/** @type {number} */ at) => new Date(at).toLocaleTimeString(app.i18n.locale, { hour12: false });

  /** @param {Issued} issued */
  function state({ attempts, expiresAt, unknown }) {
    const won = attempts.find(({ errcode }) => errcode === 0);
    if (won) return h('span', { class: 'chip accent' }, t('codes.redeemed', { time: clock(won.at) }));
    if (unknown) return h('span', { class: 'chip' }, '—');
    const left = Math.max(0, Math.ceil((expiresAt - Date.now()) / 1000));
    if (left === 0) return h('span', { class: 'chip warn' }, t('codes.expired'));
    return h('span', { class: 'chip ok' }, t('codes.live', { time: `${Math.floor(left / 60)}:${String(left % 60).padStart(2, '0')}` }));
  }

  /** @param {Issued} issued */
  function row(issued) {
    const cell = (/** @type {string} */ name, /** @type {object} */ props, /** @type {import('../lib/dom.js').Child} */ content) =>
      h('td', { ...props, data: { label: t(`codes.${name}`), ...(name === 'state' && { testid: 'code-state' }) } }, content);
    const attempts = issued.attempts.map(({ errcode, errmsg, at }) => {
      const tone = errcode === 0 ? 'ok' : 'bad';
      return h(
        'span',
        { class: `chip ${tone}`, title: `${clock(at)} ${errmsg}`, data: { testid: 'code-attempt' } },
        `${errcode} ${errmsg}`,
      );
    });
    return h(
      'tr',
      { data: { testid: 'code-row', code: issued.code } },
      cell('code', { class: 'mono', title: issued.code }, issued.code || t('codes.none')),
      cell('via', {}, issued.unknown ? '—' : issued.via),
      cell('chat', {}, app.nameOf(issued.conversationId) ?? '—'),
      cell('issued', { class: 'mono' }, issued.unknown ? '—' : clock(issued.at)),
      cell('state', {}, state(issued)),
      cell('attempts', {}, h('span', { class: 'attempts' }, ...attempts)),
    );
  }

  function render() {
    head.replaceChildren(
      h('tr', null, ...['code', 'via', 'chat', 'issued', 'state', 'attempts'].map((name) => h('th', { scope: 'col' }, t(`codes.${name}`)))),
    );
    body.replaceChildren(...codes.map(row));
    empty.textContent = t('codes.empty');
    empty.hidden = codes.length > 0;
    table.hidden = codes.length === 0;
    onCount(codes.length);
  }

  /** Redraws only the time left, so that a code that the user is selecting stays selected. */
  function renderStates() {
    body.querySelectorAll('[data-testid="code-state"]').forEach((cell, i) => cell.replaceChildren(state(codes[i])));
  }

  // Redraws the time left every second while the panel is visible.
  setInterval(() => {
    if (!element.hidden && !document.hidden && codes.some(({ attempts, unknown }) => attempts.length === 0 && !unknown)) renderStates();
  }, 1000);
  app.i18n.onChange(render);
  render();

  return {
    element,
    onShow: render,
    /** @param {any} event As the server sends it. */
    issued(event) {
      codes = [{ ...event, attempts: [], unknown: false }, ...codes].slice(0, MOST);
      render();
    },
    /** @param {any} event */
    redeemed({ code, errcode, errmsg, at }) {
      const known = codes.find((one) => one.code === code);
      if (known) known.attempts.push({ errcode, errmsg, at });
      else
        codes = [
          { code: code ?? '', conversationId: null, via: '', at, expiresAt: at, unknown: true, attempts: [{ errcode, errmsg, at }] },
          ...codes,
        ].slice(0, MOST);
      render();
    },
  };
}
