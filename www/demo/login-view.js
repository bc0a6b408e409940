/** Shows the progress of a login: its steps, its error, or the user who has logged in. */
import { h } from '../lib/dom.js';
import { icon } from '../lib/icons.js';

/** @typedef {{ key: string, values?: Record<string, string | number>, state: 'done' | 'doing' | 'failed' }} Step */

const ICONS = /** @type {const} */ ({ done: 'check', failed: 'close', doing: 'right' });

/** @param {import('../lib/i18n.js').I18n} i18n */
export function createLoginView({ t, onChange }) {
  const $ = (/** @type {string} */ id) => /** @type {any} */ (document.getElementById(id));
  /** The steps are string keys, so that a change of language can redraw them. @type {Step[]} */
  let steps = [];
  /** @type {{ key: string, values?: Record<string, string | number> } | null} */
  let error = null;
  /** @type {Record<string, string> | null} */
  let user = null;
  let canRepeat = false;

  /** @param {Step} step */
  const item = ({ key, values, state }) =>
    h('li', { data: { state, step: key } }, icon(ICONS[state], 15), h('span', null, t(`login.step.${key}`, values)));

  function render() {
    $('login-steps').hidden = steps.length === 0;
    $('login-steps').replaceChildren(...steps.map(item));
    $('login-error').hidden = error === null;
    $('login-error').textContent = error ? t(`login.error.${error.key}`, error.values) : '';
    $('login-user').hidden = user === null;
    const facts = Object.entries(user ?? {});
    $('login-user').replaceChildren(
      ...facts.flatMap(([name, value]) => [h('dt', null, name), h('dd', { data: { testid: `user-${name}` } }, value)]),
    );
    $('login-again').disabled = !canRepeat;
  }
  onChange(render);
  render();

  return {
    get hasSteps() {
      return steps.length > 0;
    },
    /** Clears the previous login, and shows the first steps of a new one. @param {...Step} first */
    restart(...first) {
      steps = first;
      error = user = null;
      render();
    },
    /** @param {Step} step */
    add(step) {
      steps.push(step);
      render();
    },
    /** From now on the page offers to redeem the code once more. */
    allowRepeat: () => (canRepeat = true),
    /** @param {string} key @param {Record<string, string | number>} [values] */
    fail(key, values) {
      error = { key, values };
      steps = steps.map((step) => (step.state === 'doing' ? { ...step, state: 'failed' } : step));
      render();
    },
    /** @param {Record<string, string>} who */
    succeed(who) {
      user = who;
      error = null;
      steps = [...steps.map((step) => ({ ...step, state: /** @type {const} */ ('done') })), { key: 'user', state: 'done' }];
      render();
      $('login-user').scrollIntoView({ block: 'nearest' });
    },
  };
}
