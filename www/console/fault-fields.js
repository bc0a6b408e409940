/** The controls of single faults. */
import { h } from '../lib/dom.js';

/** @typedef {import('../host.js').Faults} Faults */
/** @typedef {import('../lib/i18n.js').Translate} Translate */

/**
 * A number. An invalid one is marked and changes nothing.
 * @param {Translate} t @param {string} name @param {number} value @param {{ max: number, step: number }} bounds
 * @param {(value: number) => void} set
 */
export function numberField(t, name, value, { max, step }, set) {
  const range = h('span', { class: 'fault-range', role: 'status', hidden: true }, t('faults.range', { max }));
  const input = h('input', {
    type: 'number',
    class: 'field',
    min: '0',
    max: String(max),
    step: String(step),
    value: String(value),
    data: { testid: `fault-${name}` },
  });
  input.addEventListener('input', () => {
    const given = Number(input.value);
    const isSound = input.value !== '' && Number.isFinite(given) && given >= 0 && given <= max;
    input.setAttribute('aria-invalid', String(!isSound));
    range.hidden = isSound;
    if (isSound) set(given);
  });
  return h('label', { class: 'fault-number', title: hint(t, name) }, h('span', null, t(`faults.${name}`)), range, input);
}

/** @param {Translate} t @param {string} name @param {boolean} checked @param {(checked: boolean) => void} set */
export function checkField(t, name, checked, set) {
  const input = h('input', { type: 'checkbox', checked, data: { testid: `fault-${name}` } });
  input.addEventListener('change', () => set(input.checked));
  return h('label', { class: 'fault-check', title: hint(t, name) }, input, h('span', null, t(`faults.${name}`)));
}

/**
 * @param {Translate} t
 * @param {string} name
 * @param {string} value
 * @param {[string, string][]} options
 * @param {(value: string) => void} set
 */
export function selectField(t, name, value, options, set) {
  const control = h(
    'select',
    { class: 'field', data: { testid: `fault-${name}` } },
    ...options.map(([key, text]) => h('option', { value: key }, text)),
  );
  control.value = value;
  control.addEventListener('change', () => set(control.value));
  return h('label', { class: 'fault-number' }, h('span', null, t(`faults.${name}`)), control);
}

/** Explains a fault whose name does not say enough. @param {Translate} t @param {string} name */
function hint(t, name) {
  const key = `faults.${name}.hint`;
  const text = t(key);
  return text === key ? null : text;
}
