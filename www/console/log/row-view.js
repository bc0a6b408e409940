/** Draws one row of the log, and says what happened in words. */
import { h } from '../../lib/dom.js';
import { icon } from '../../lib/icons.js';
import { oneLine } from '../../lib/json-tree.js';
import { clock, span } from '../times.js';

/** @typedef {import('./rows.js').Row} Row */
/** @typedef {import('../types.js').HubRequest} HubRequest */
/** @typedef {import('../../lib/i18n.js').Translate} Translate */

/** @type {Record<string, string>} */
const TONES = {
  ok: 'ok',
  fail: 'bad',
  unsent: 'bad',
  dropped: 'warn',
  duplicate: 'warn',
  silent: 'warn',
  forgotten: 'warn',
  pending: 'accent',
};

/** Which way a row's first message went. @param {Row} row @returns {'in' | 'out'} */
export const directionOf = (row) => (row.kind === 'hub' ? 'in' : (row.messages[0]?.direction ?? 'out'));

/** Why a call failed or was not answered; empty if there is nothing to say. @param {Row} row @param {Translate} t */
export function whyText(row, t) {
  const [request] = row.messages;
  if (!request || row.kind === 'mark') return '';
  const unsent = row.messages.find(({ error }) => error !== undefined)?.error;
  if (unsent) return t('why.unsent', { reason: unsent });
  if (!request.why) return '';
  const isSilent = request.why === 'owner' && row.outcome === 'silent';
  return t(isSilent ? 'byHand.ignored' : `why.${request.why}`);
}

/** A hint of the hub, with its durations in words. @param {HubRequest} hub @param {Translate} t */
export function hintText({ hint }, t) {
  if (!hint) return '';
  const params = Object.entries(hint.params ?? {}).map(([name, value]) => [
    name,
    name.endsWith('Ms') || name.endsWith('MsAgo') ? span(Number(value)) : value,
  ]);
  return t(`hub.hint.${hint.code}`, Object.fromEntries(params));
}

/** What the hub knows about the code: its state and age. @param {HubRequest} hub @param {Translate} t */
export function codeText({ code }, t) {
  if (!code) return '';
  const state = t(`hub.code.${code.state}`);
  return code.ageMs === null ? `${code.masked} ${state}` : t('hub.code', { code: code.masked, state, age: span(code.ageMs) });
}

/** @param {Row} row @param {Translate} t */
export function markText({ mark, at }, t) {
  if (!mark) return '';
  return `${clock(at)}  ${markWords(mark, t)}`;
}

/** @param {import('./rows.js').Mark} mark @param {Translate} t */
function markWords({ mark, text, by, act, faults, hand }, t) {
  if (mark === 'hand' && hand) return t(`mark.hand.${hand.does}`, { text });
  if (mark === 'act' && act) return t(`mark.act.${act.does}`, { text, value: act.value ?? '' });
  if (mark !== 'faults') return t(`mark.${mark}${by === 'page' ? '.page' : ''}`, { text });
  const all = Object.entries(faults ?? {}).map(([name, value]) => `${name} ${value === true ? '' : oneLine(value)}`.trim());
  return all.length > 0 ? t('mark.faults', { text: all.join(', ') }) : t('mark.faults.off');
}

/** One line about the row. @param {Row} row @param {Translate} t */
function summary(row, t) {
  if (row.hub) {
    const { errcode, errmsg, hint } = row.hub;
    const result = errcode === null ? '' : `${errcode} ${errmsg ?? ''}`;
    return [hint && hintText(row.hub, t), result, codeText(row.hub, t)].filter(Boolean).join(' · ');
  }
  const [first, ...answers] = row.messages;
  if (row.kind === 'garbage') return oneLine(first.payload);
  if (row.kind !== 'call') return oneLine(first.payload?.data);
  const asked = first.payload.data?.params;
  const why = whyText(row, t);
  const answer = answers.find(({ kind }) => kind === 'answer');
  const result = why || (answer ? oneLine(answer.payload.data) : '');
  const params = asked === undefined || oneLine(asked) === '{  }' ? '' : oneLine(asked);
  return [params, result].filter(Boolean).join(' → ');
}

/** @param {Row} row @param {Translate} t */
function outcomeText(row, t) {
  if (!row.hub) return t(`outcome.${row.outcome}`);
  const { status, errcode } = row.hub;
  return errcode === null || errcode === 0 ? String(status) : String(errcode);
}

/** @param {Row} row @param {Translate} t */
function markRow(row, t) {
  return h(
    'div',
    { class: 'log-row mark', data: { testid: 'log-row', kind: 'mark', mark: row.mark?.mark } },
    h('span', { class: 'mark-text', title: markText(row, t) }, markText(row, t)),
  );
}

/** @param {Row} row @param {Translate} t */
export function logRow(row, t) {
  if (row.kind === 'mark') return markRow(row, t);
  const { kind, api, outcome, hub } = row;
  const direction = directionOf(row);
  const name = hub ? `${hub.method} ${hub.path}` : api || '—';
  const reqId = String(row.reqId ?? '');
  return h(
    'div',
    { class: `log-row ${kind}`, data: { testid: 'log-row', api, direction, kind, outcome, reqid: reqId } },
    h('span', { class: 'c-time' }, clock(row.at)),
    h('span', { class: `c-dir ${direction}`, title: t(`log.direction.${hub ? 'hub' : direction}`) }, icon(hub ? 'key' : direction, 14)),
    h('span', { class: 'c-kind' }, t(`kind.${kind}`)),
    h('span', { class: 'c-api', title: name }, h('bdi', null, name)),
    h('span', { class: 'c-reqid', title: reqId }, h('bdi', null, reqId)),
    h('span', { class: 'c-outcome' }, h('span', { class: `chip ${TONES[outcome] ?? ''}` }, outcomeText(row, t))),
    h('span', { class: 'c-duration' }, span(row.duration)),
    h('span', { class: 'c-payload' }, summary(row, t)),
  );
}
