/** A control for each fault of the console and the hub. */
import { hasFaults, NO_FAULTS } from '../host.js';
import { CALLS } from '../lib/catalogue.js';
import { h } from '../lib/dom.js';
import { icon } from '../lib/icons.js';
import { putHubFault } from './server.js';
import { toHostFaults } from './scenario.js';

/** The suggestions for the API that is to fail; any other name can be typed. */
const APIS = new Set(CALLS.flatMap(({ wire }) => wire ?? []));

/** @param {import('./main.js').App} app @param {{ onActive: (active: boolean) => void }} tools */
export function createFaultsPanel(app, { onActive }) {
  const { t } = app.i18n;
  const { host } = app;
  let hubFault = app.scenario.faults?.getUserInfo ?? 0;
  const element = h('div', { class: 'panel scroll faults', data: { testid: 'faults' } });

  /** @param {'latencyMs' | 'jitterMs'} name */
  const milliseconds = (name) => number(name, host.faults[name], { max: 60_000, step: 50 }, (value) => ({ [name]: value }));
  /** @param {'drop' | 'duplicate' | 'garbage'} name */
  const percent = (name) => number(name, Math.round(host.faults[name] * 100), { max: 100, step: 5 }, (value) => ({ [name]: value / 100 }));

  /**
   * @param {string} name @param {number} value @param {{ max: number, step: number }} bounds
   * @param {(value: number) => Partial<import('../host.js').Faults>} toFaults
   */
  function number(name, value, { max, step }, toFaults) {
    const range = h('span', { class: 'fault-range', role: 'status', hidden: true }, t('faults.range', { max }));
    const input = h('input', {
      type: 'number',
      class: 'field',
      min: '0',
      max: String(max),
      step: String(step),
      value: String(value),
      data: { testid: `fault-${name}` },
      on: {
        input: () => {
          const given = Number(input.value);
          const sound = input.value !== '' && Number.isFinite(given) && given >= 0 && given <= max;
          input.setAttribute('aria-invalid', String(!sound));
          range.hidden = sound;
          if (sound) host.setFaults(toFaults(given));
        },
      },
    });
    return h('label', { class: 'fault-number' }, h('span', null, t(`faults.${name}`)), range, input);
  }

  /** @param {'reorder' | 'oldConsole'} name */
  function checkbox(name) {
    const input = h('input', {
      type: 'checkbox',
      checked: host.faults[name],
      data: { testid: `fault-${name}` },
      on: { change: () => host.setFaults({ [name]: input.checked }) },
    });
    return h('label', { class: 'fault-check' }, input, h('span', null, t(`faults.${name}`)));
  }

  function hubSelect() {
    const control = h(
      'select',
      {
        class: 'field',
        data: { testid: 'fault-getUserInfo' },
        on: {
          change: () => {
            const before = hubFault;
            hubFault = Number(control.value);
            active();
            putHubFault(hubFault).catch((error) => {
              hubFault = before;
              render();
              app.toast(t('toast.error', { reason: error.message }), 'bad');
            });
          },
        },
      },
      ...app.config.hubErrors.map((/** @type {[number, string]} */ [errcode, errmsg]) =>
        h('option', { value: String(errcode) }, errcode === 0 ? t('faults.getUserInfo.0') : `${errcode} ${errmsg}`),
      ),
    );
    control.value = String(hubFault);
    return h('label', { class: 'fault-number' }, h('span', null, t('faults.getUserInfo')), control);
  }

  function errors() {
    const api = h('input', {
      class: 'field mono',
      list: 'fault-apis',
      data: { testid: 'fault-error-api' },
      'aria-label': t('faults.errorApi'),
      placeholder: t('faults.errorApi'),
      required: true,
      autocomplete: 'off',
      spellcheck: 'false',
    });
    const text = h('input', {
      class: 'field',
      data: { testid: 'fault-error-text' },
      'aria-label': t('faults.errorText'),
      placeholder: t('faults.errorHint'),
      required: true,
      autocomplete: 'off',
    });
    const form = h(
      'form',
      {
        class: 'fault-error-form',
        on: {
          submit: (/** @type {Event} */ event) => {
            event.preventDefault();
            host.setFaults({ errors: { ...host.faults.errors, [api.value.trim()]: text.value.trim() } });
            render();
          },
        },
      },
      api,
      text,
      h('button', { type: 'submit', class: 'button small', data: { testid: 'fault-error-add' } }, icon('plus', 14), t('faults.add')),
      h('datalist', { id: 'fault-apis' }, ...[...APIS].map((name) => h('option', { value: name }))),
    );
    const list = Object.entries(host.faults.errors).map(([name, reason]) =>
      h(
        'li',
        { data: { testid: 'fault-error' } },
        h('code', null, name),
        h('span', { class: 'fault-reason' }, reason),
        h(
          'button',
          {
            type: 'button',
            class: 'icon-button small',
            'aria-label': t('faults.remove', { api: name }),
            data: { testid: `fault-error-remove-${name}` },
            on: {
              click: () => {
                const { [name]: _gone, ...rest } = host.faults.errors;
                host.setFaults({ errors: rest });
                render();
              },
            },
          },
          icon('close', 14),
        ),
      ),
    );
    return [form, h('ul', { class: 'fault-errors' }, ...list)];
  }

  /** @param {string} testid @param {string} key @param {() => void} click @param {string} [hint] */
  const action = (testid, key, click, hint) =>
    h('button', { type: 'button', class: 'button small', data: { testid }, title: hint, on: { click } }, t(key));

  /** @param {string} key @param {...(HTMLElement | HTMLElement[])} children */
  const group = (key, ...children) => h('fieldset', null, h('legend', null, t(key)), ...children);

  /** @param {Partial<import('../host.js').Faults>} faults @param {number} hub */
  function setAll(faults, hub) {
    host.setFaults({ ...NO_FAULTS, ...faults });
    if (hub !== hubFault) putHubFault(hub).catch((error) => app.toast(t('toast.error', { reason: error.message }), 'bad'));
    hubFault = hub;
    render();
  }

  function render() {
    element.replaceChildren(
      group('faults.timing', milliseconds('latencyMs'), milliseconds('jitterMs')),
      group('faults.answers', percent('drop'), percent('duplicate'), percent('garbage'), checkbox('reorder')),
      group('faults.console', checkbox('oldConsole'), hubSelect()),
      group('faults.errors', ...errors()),
      group(
        'faults.now',
        h(
          'div',
          { class: 'fault-actions' },
          action('fault-send-garbage', 'faults.sendGarbage', () => {
            host.garbage();
            app.toast(t('toast.garbage'));
          }),
          action(
            'fault-restart',
            'faults.restart',
            () => {
              host.restart();
              app.renderSidebar();
              app.toast(t('toast.restarted'));
            },
            t('faults.restart.hint'),
          ),
          action('fault-reload', 'faults.reload', () => location.reload()),
        ),
        h(
          'div',
          { class: 'fault-actions' },
          action('fault-off', 'faults.off', () => setAll({}, 0)),
          action('fault-reset', 'faults.reset', () => setAll(toHostFaults(app.scenario), app.scenario.faults?.getUserInfo ?? 0)),
        ),
      ),
    );
    active();
  }

  function active() {
    onActive(hasFaults(host.faults) || hubFault !== 0);
  }
  host.on('faults', active);
  app.i18n.onChange(render);
  render();

  return {
    element,
    /** Applies the faults of a changed scenario to the host. The server has already applied the hub's. */
    scenarioChanged() {
      hubFault = app.scenario.faults?.getUserInfo ?? 0;
      host.setFaults({ ...NO_FAULTS, ...toHostFaults(app.scenario) });
      render();
    },
  };
}
