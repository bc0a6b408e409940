/** Forms to answer a held call by hand, and to post an answer or a push again, edited or not. */
import { h } from '../../lib/dom.js';
import { icon } from '../../lib/icons.js';

/** @typedef {import('./rows.js').Row} Row */
/** @typedef {import('../types.js').App} App */

/** A field with JSON. @param {App} app @param {string} testid @param {any} value @param {string} name */
function jsonField({ i18n: { t } }, testid, value, name) {
  const text = JSON.stringify(value, null, 2) ?? '{}';
  const rows = String(Math.min(12, Math.max(3, text.split('\n').length)));
  const input = h('textarea', { class: 'field mono', rows, spellcheck: 'false', 'aria-label': name, data: { testid }, value: text });
  const problem = h('p', { class: 'field-problem', role: 'alert', hidden: true });
  return {
    elements: [input, problem],
    /** Calls `use` with the value, or says what is wrong with the JSON. @param {(value: any) => void} use */
    read(use) {
      try {
        const parsed = JSON.parse(input.value);
        problem.hidden = true;
        input.removeAttribute('aria-invalid');
        use(parsed);
      } catch (error) {
        problem.textContent = t('byHand.notJson', { reason: /** @type {Error} */ (error).message });
        problem.hidden = false;
        input.setAttribute('aria-invalid', 'true');
      }
    },
  };
}

/** @param {App} app @param {string} testid @param {string} key @param {() => void} click @param {string} [tone] */
const button = ({ i18n: { t } }, testid, key, click, tone = '') =>
  h('button', { type: 'button', class: `button small ${tone}`, data: { testid }, on: { click } }, t(key));

/**
 * The answer to a call that waits.
 * @param {App} app @param {Row} row @param {(hand: import('./rows.js').Hand) => void} onHand Called before the call is ended.
 */
export function heldForm(app, row, onHand) {
  const { t } = app.i18n;
  const { call } = row;
  const field = jsonField(app, 'hold-data', { err_msg: `${row.api}:ok` }, t('byHand.data'));
  const reason = h('input', {
    class: 'field',
    data: { testid: 'hold-reason' },
    'aria-label': t('byHand.reason'),
    placeholder: t('byHand.reason'),
  });
  /** @param {Omit<import('./rows.js').Hand, 'call'>} hand @param {() => void} end */
  const byHand = (hand, end) => {
    row.byHand = hand.does !== 'proceed';
    onHand({ call: row.messages[0].seq, ...hand });
    end();
  };
  return h(
    'section',
    { class: 'detail-part by-hand', data: { testid: 'hold-form' } },
    h('h3', null, icon('hand', 14), t('byHand.held')),
    ...field.elements,
    h(
      'div',
      { class: 'fault-actions' },
      button(
        app,
        'hold-answer',
        'byHand.answer',
        () => field.read((data) => byHand({ does: 'answer', data }, () => call?.answer(data))),
        'primary',
      ),
      button(app, 'hold-proceed', 'byHand.proceed', () => byHand({ does: 'proceed' }, () => call?.proceed())),
      button(app, 'hold-ignore', 'byHand.ignore', () => byHand({ does: 'ignore' }, () => call?.ignore('owner'))),
    ),
    h(
      'div',
      { class: 'fault-actions' },
      reason,
      button(app, 'hold-fail', 'byHand.fail', () => {
        const text = reason.value.trim();
        byHand({ does: 'fail', reason: text }, () => call?.fail(text, 'owner'));
      }),
    ),
  );
}

/** The last answer of a call, or a push, to be posted again. @param {App} app @param {Row} row */
export function answerForm(app, row) {
  const { t } = app.i18n;
  const last = row.messages.findLast(({ kind }) => kind === 'answer' || kind === 'push');
  if (!last) return null;
  const field = jsonField(app, 'again-data', last.payload.data, t('byHand.data'));
  const post = (/** @type {any} */ data) => {
    const posted = app.host.post({ ...last.payload, data }, { origin: last.origin });
    app.toast(t(posted ? 'byHand.posted' : 'byHand.notPosted'), posted ? 'ok' : 'bad');
  };
  const editor = h(
    'details',
    { class: 'by-hand-edit' },
    h('summary', { data: { testid: 'again-edit' } }, t('byHand.edit')),
    ...field.elements,
    button(app, 'again-post-edited', 'byHand.postEdited', () => field.read(post), 'primary'),
  );
  return h(
    'section',
    { class: 'detail-part by-hand' },
    button(app, 'again-post', last.kind === 'push' ? 'byHand.pushAgain' : 'byHand.answerAgain', () => post(last.payload.data)),
    editor,
  );
}
