/** The faults of single APIs: fail, hold, be silent, be late. */
import { CALLS } from '../lib/catalogue.js';
import { h, label } from '../lib/dom.js';
import { icon } from '../lib/icons.js';

/** @typedef {import('../host.js').Faults} Faults */
/** @typedef {import('../lib/i18n.js').Translate} Translate */

/** The suggestions for the API; any other name can be typed. */
const APIS = new Set(CALLS.flatMap(({ wire }) => wire ?? []));

const KINDS = /** @type {const} */ (['fail', 'hold', 'silent', 'late', 'drop']);

/** @typedef {typeof KINDS[number]} Kind */

/**
 * The faults, with another one for an API.
 * @param {Faults} faults @param {string} api @param {Kind} kind @param {string} text The error text, or a number for `late` and `drop`.
 * @returns {Partial<Faults>}
 */
export function withApiFault({ errors, apis }, api, kind, text) {
  if (kind === 'fail') return { errors: { ...errors, [api]: text } };
  const of = { hold: { hold: true }, silent: { silent: true }, late: { latencyMs: Number(text) }, drop: { drop: Number(text) / 100 } }[
    kind
  ];
  return { apis: { ...apis, [api]: { ...(Object.hasOwn(apis, api) ? apis[api] : {}), ...of } } };
}

/** Every fault of single APIs, as a list. @param {Faults} faults @returns {{ api: string, kind: Kind, text: string }[]} */
export function listApiFaults({ errors, apis }) {
  const failing = Object.entries(errors).map(([api, text]) => ({ api, kind: /** @type {Kind} */ ('fail'), text }));
  const others = Object.entries(apis).flatMap(([api, { hold, silent, latencyMs, drop }]) => [
    ...(hold ? [{ api, kind: /** @type {Kind} */ ('hold'), text: '' }] : []),
    ...(silent ? [{ api, kind: /** @type {Kind} */ ('silent'), text: '' }] : []),
    ...(latencyMs ? [{ api, kind: /** @type {Kind} */ ('late'), text: `${latencyMs} ms` }] : []),
    ...(drop ? [{ api, kind: /** @type {Kind} */ ('drop'), text: `${Math.round(drop * 100)} %` }] : []),
  ]);
  return [...failing, ...others];
}

/** The faults, without one of an API's. @param {Faults} faults @param {string} api @param {Kind} kind @returns {Partial<Faults>} */
export function withoutApiFault({ errors, apis }, api, kind) {
  if (kind === 'fail') return { errors: Object.fromEntries(Object.entries(errors).filter(([name]) => name !== api)) };
  const member = { hold: 'hold', silent: 'silent', late: 'latencyMs', drop: 'drop' }[kind];
  const rest = Object.fromEntries(Object.entries(apis[api] ?? {}).filter(([name]) => name !== member));
  return { apis: { ...apis, [api]: rest } };
}

/** @param {Translate} t @param {Faults} faults @param {(some: Partial<Faults>) => void} set @returns {HTMLElement[]} */
export function apiFaultsForm(t, faults, set) {
  const field = (/** @type {string} */ testid, /** @type {string} */ key, /** @type {object} */ more) =>
    h('input', { class: 'field', data: { testid }, 'aria-label': t(key), autocomplete: 'off', spellcheck: 'false', ...more });
  const api = field('fault-error-api', 'faults.errorApi', { list: 'fault-apis', placeholder: t('faults.errorApi'), required: true });
  const how = h(
    'select',
    { class: 'field', data: { testid: 'fault-error-how' } },
    ...KINDS.map((kind) => h('option', { value: kind }, t(`faults.how.${kind}`))),
  );
  label(how, t('faults.how'));
  const text = field('fault-error-text', 'faults.errorText', {});
  const arrange = () => {
    const kind = /** @type {Kind} */ (how.value);
    text.hidden = kind === 'hold' || kind === 'silent';
    text.required = !text.hidden;
    text.type = kind === 'fail' ? 'text' : 'number';
    text.min = '0';
    text.max = kind === 'drop' ? '100' : '60000';
    text.placeholder = t(kind === 'fail' ? 'faults.errorHint' : `faults.how.${kind}.unit`);
    text.setAttribute('aria-label', text.placeholder);
  };
  how.addEventListener('change', arrange);
  arrange();
  const add = h(
    'button',
    { type: 'submit', class: 'button small', data: { testid: 'fault-error-add' } },
    icon('plus', 14),
    t('faults.add'),
  );
  const form = h('form', { class: 'fault-error-form' }, api, how, text, add);
  form.append(h('datalist', { id: 'fault-apis' }, ...[...APIS].map((name) => h('option', { value: name }))));
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    set(withApiFault(faults, api.value.trim(), /** @type {Kind} */ (how.value), text.value.trim()));
  });
  return [form, h('ul', { class: 'fault-errors' }, ...listApiFaults(faults).map((one) => item(t, faults, one, set)))];
}

/**
 * @param {Translate} t
 * @param {Faults} faults
 * @param {ReturnType<typeof listApiFaults>[number]} one
 * @param {(some: Partial<Faults>) => void} set
 */
function item(t, faults, { api, kind, text }, set) {
  const remove = h(
    'button',
    { type: 'button', class: 'icon-button small', data: { testid: `fault-error-remove-${api}` } },
    icon('close', 14),
  );
  label(remove, t('faults.remove', { api, what: t(`faults.how.${kind}`) }));
  remove.addEventListener('click', () => set(withoutApiFault(faults, api, kind)));
  const what = kind === 'fail' ? text : [t(`faults.how.${kind}`), text].filter(Boolean).join(' ');
  return h('li', { data: { testid: 'fault-error', kind } }, h('code', null, api), h('span', { class: 'fault-reason' }, what), remove);
}
