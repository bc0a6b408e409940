/** A row in full: its facts, the request, the answers, and the actions on them. */
import { h } from '../../lib/dom.js';
import { jsonTree } from '../../lib/json-tree.js';
import { copyText } from '../clipboard.js';
import { clock, span } from '../times.js';
import { asCall } from './as-code.js';
import { answerForm, heldForm } from './by-hand.js';
import { factList } from './detail-pane.js';
import { codeText, directionOf, hintText, markText, whyText } from './row-view.js';

/** @typedef {import('./rows.js').Row} Row */
/** @typedef {import('./detail-pane.js').Facts} Facts */
/** @typedef {import('./detail-pane.js').Tool} Tool */

/**
 * @param {import('../types.js').App} app
 * @param {ReturnType<typeof import('./detail-pane.js').createDetailPane>} pane
 * @param {() => Iterable<string>} [codes] Login codes that stay out of copied code.
 * @param {(hand: import('./rows.js').Hand) => void} [onHand] Called before the user ends a call by hand.
 */
export function createRowDetail(app, pane, codes = () => [], onHand = () => {}) {
  const { t } = app.i18n;
  const tree = (/** @type {any} */ value, open = 3) =>
    jsonTree(value, { open, texts: { more: (hidden) => t('log.more', { count: hidden.toLocaleString() }) } });

  /** @param {Row} row @returns {Facts} */
  function facts(row) {
    const [first] = row.messages;
    const to = directionOf(row) === 'in' ? 'log.origin' : 'log.to';
    return [
      [t('log.time'), clock(row.at)],
      [t('log.kind'), t(`kind.${row.kind}`)],
      [t('log.api'), row.api || '—'],
      [t('log.reqId'), String(row.reqId ?? '—')],
      [t('log.outcome'), t(`outcome.${row.outcome}`)],
      [t('log.duration'), span(row.duration) || '—'],
      [t(to), first.origin],
    ];
  }

  /** @param {import('../types.js').HubRequest} hub @param {number} at @returns {Facts} */
  function hubFacts(hub, at) {
    const { status, errcode, errmsg, code, location, durationMs } = hub;
    /** @type {[string, string | null | undefined | false][]} */
    const all = [
      [t('log.time'), clock(at)],
      [t('hub.status'), String(status)],
      ['errcode', errcode !== null && `${errcode} ${errmsg ?? ''}`],
      [t('hub.code.label'), code && codeText(hub, t)],
      [t('hub.code.usedAgo'), code?.usedMsAgo != null && span(code.usedMsAgo)],
      [t('hub.code.via'), code?.via],
      [t('hub.code.conversation'), app.nameOf(code?.conversationId ?? null)],
      [t('hub.location'), location],
      [t('log.duration'), span(durationMs)],
    ];
    return all.flatMap(([name, value]) => (value ? [/** @type {[string, string]} */ ([name, value])] : []));
  }

  /** @param {string} text @param {string} tone */
  const note = (text, tone) => (text === '' ? null : h('p', { class: `detail-note ${tone}`, data: { testid: 'log-why' } }, text));

  /** @param {string} title @param {any} value */
  const part = (title, value) => h('section', { class: 'detail-part' }, h('h3', null, title), tree(value));

  /** @param {Row} row @returns {Tool[]} */
  function tools(row) {
    const payloads = row.messages.map(({ payload }) => payload);
    const content = row.hub ?? row.mark ?? (payloads.length === 1 ? payloads[0] : payloads);
    const copy = /** @type {const} */ ({ key: 'log.copy', icon: 'copy', test: 'copy' });
    const asCode = /** @type {const} */ ({ key: 'log.copyCall', icon: 'code', test: 'copy-call' });
    return [
      ...(row.kind === 'call' ? [{ ...asCode, click: () => copyText(asCall(row, { codes: codes() }), app) }] : []),
      { ...copy, click: () => copyText(JSON.stringify(content, null, 2) ?? String(content), app) },
    ];
  }

  /** The answers of a call, each with how it was sent. @param {Row} row */
  const answers = (row) =>
    row.messages.slice(1).map((entry) => part(`${t(`kind.${entry.kind}`)} · ${t(`outcome.${entry.outcome}`)}`, entry.payload));

  return (/** @type {Row} */ row) => {
    if (row.mark) return pane.show(markText(row, t), tools(row));
    if (row.hub) {
      const title = `${row.hub.method} ${row.hub.path}`;
      const query = row.hub.query.length > 0 ? part(t('hub.query'), Object.fromEntries(row.hub.query)) : null;
      return pane.show(title, tools(row), note(hintText(row.hub, t), 'warn'), factList(hubFacts(row.hub, row.at)), query);
    }
    const tone = row.outcome === 'fail' || row.outcome === 'unsent' ? 'bad' : 'warn';
    const [first] = row.messages;
    const held = row.call && row.outcome === 'pending' ? heldForm(app, row, onHand) : null;
    const again = held === null && row.kind !== 'garbage' ? answerForm(app, row) : null;
    pane.show(
      row.api || t(`kind.${row.kind}`),
      tools(row),
      note(whyText(row, t), tone),
      factList(facts(row)),
      held,
      part(t(row.kind === 'call' ? 'log.request' : `kind.${row.kind}`), first.payload),
      ...answers(row),
      again,
    );
  };
}
