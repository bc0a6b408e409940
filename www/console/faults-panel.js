/** A control for each fault of the console and the hub. */
import { hasFaults, NO_FAULTS, normalizeFaults } from '../host.js';
import { h } from '../lib/dom.js';
import { apiFaultsForm } from './api-faults.js';
import { checkField, numberField, selectField } from './fault-fields.js';
import { PRESETS, presetOf, withPreset } from './presets.js';
import { reasonOf } from './refusals.js';
import { toHostFaults } from './scenario.js';
import { putHubFault } from './server.js';
import { writeSession } from './session.js';

/** @typedef {import('../host.js').Faults} Faults */

const MOST_MS = 60_000;

/** @param {import('./types.js').App} app @param {{ onActive: (active: boolean) => void }} tools */
export function createFaultsPanel(app, { onActive }) {
  const { t } = app.i18n;
  const { host } = app;
  /** The errcode of every getUserInfo response, as it is set on the server. */
  let hubFault = app.config.hubFaults?.getUserInfo ?? app.scenario.faults?.getUserInfo ?? 0;
  const element = h('div', { class: 'panel scroll faults-panel', data: { testid: 'faults' } });

  const milliseconds = (/** @type {'latencyMs' | 'jitterMs' | 'staleMs'} */ name) =>
    numberField(t, name, host.faults[name], { max: MOST_MS, step: 50 }, (value) => host.setFaults({ [name]: value }));
  const percent = (/** @type {'drop' | 'duplicate' | 'garbage'} */ name) =>
    numberField(t, name, Math.round(host.faults[name] * 100), { max: 100, step: 5 }, (value) => host.setFaults({ [name]: value / 100 }));
  const check = (/** @type {'reorder' | 'oldConsole'} */ name) =>
    checkField(t, name, host.faults[name], (checked) => host.setFaults({ [name]: checked }));
  const group = (/** @type {string} */ key, /** @type {HTMLElement[]} */ ...children) =>
    h('fieldset', null, h('legend', null, t(key)), ...children);
  const action = (/** @type {string} */ testid, /** @type {string} */ key, /** @type {() => void} */ click) =>
    h('button', { type: 'button', class: 'button small', data: { testid }, on: { click } }, t(key));

  function hubSelect() {
    const options = app.config.hubErrors.map(([errcode, errmsg]) => {
      const text = errcode === 0 ? t('faults.getUserInfo.0') : `${errcode} ${errmsg}`;
      return /** @type {[string, string]} */ ([String(errcode), text]);
    });
    return selectField(t, 'getUserInfo', String(hubFault), options, (value) => setHub(Number(value)));
  }

  /** @param {number} errcode */
  function setHub(errcode) {
    const before = hubFault;
    hubFault = errcode;
    active();
    putHubFault(errcode).catch((error) => {
      hubFault = before;
      render();
      app.toast(t('toast.error', { reason: reasonOf(error, app.i18n.language) }), 'bad');
    });
  }

  /** @param {Partial<Faults>} faults @param {number} hub */
  function setAll(faults, hub) {
    host.setFaults({ ...NO_FAULTS, ...faults });
    // Even if this window already shows this value: another window may have changed it.
    setHub(hub);
    render();
  }

  function presets() {
    const names = ['', ...Object.keys(PRESETS)];
    const options = names.map((name) => /** @type {[string, string]} */ ([name, t(`faults.preset.${name || 'none'}`)]));
    return selectField(t, 'preset', presetOf(host.faults, NO_FAULTS), options, (name) => {
      host.setFaults(withPreset(name, host.faults, NO_FAULTS));
      render();
      focusOn('fault-preset');
    });
  }

  /** Rendering replaces the control that was used; its successor gets the focus. @param {string} testid */
  function focusOn(testid) {
    const control = element.querySelector(`[data-testid="${testid}"]`);
    if (control instanceof HTMLElement) control.focus();
  }

  function actions() {
    const restart = action('fault-restart', 'faults.restart', () => {
      host.restart();
      app.toast(t('toast.restarted'));
    });
    restart.title = t('faults.restart.hint');
    return [
      action('fault-send-garbage', 'faults.sendGarbage', () => {
        host.garbage();
        app.toast(t('toast.garbage'));
      }),
      restart,
      action('fault-reload', 'faults.reload', () => location.reload()),
      action('fault-reset', 'faults.reset', () => setAll(toHostFaults(app.scenario), app.scenario.faults?.getUserInfo ?? 0)),
      action('fault-off', 'faults.off', () => setAll({}, 0)),
    ];
  }

  function render() {
    const seed = numberField(t, 'seed', host.faults.seed, { max: 2 ** 31, step: 1 }, (value) => host.setFaults({ seed: value }));
    const forms = apiFaultsForm(t, host.faults, (some) => {
      host.setFaults(some);
      render();
      focusOn('fault-error-api');
    });
    element.replaceChildren(
      h('div', { class: 'toolbar' }, presets(), h('span', { class: 'spacer' }), ...actions()),
      h(
        'div',
        { class: 'faults' },
        group('faults.timing', milliseconds('latencyMs'), milliseconds('jitterMs'), milliseconds('staleMs'), seed),
        group('faults.answers', percent('drop'), percent('duplicate'), percent('garbage'), check('reorder')),
        group('faults.console', check('oldConsole'), hubSelect()),
        group('faults.errors', ...forms),
      ),
    );
    active();
  }

  function active() {
    onActive(hasFaults(host.faults) || hubFault !== 0);
  }
  host.on('faults', (faults) => {
    const isAsInScenario = JSON.stringify(faults) === JSON.stringify(normalizeFaults(toHostFaults(app.scenario)));
    writeSession({ faults: isAsInScenario ? undefined : faults });
    const preset = element.querySelector('[data-testid="fault-preset"]');
    if (preset instanceof HTMLSelectElement) preset.value = presetOf(faults, NO_FAULTS);
    active();
  });
  app.i18n.onChange(render);
  render();

  return {
    element,
    /** Another window or a program has set the hub's fault. @param {number} errcode */
    hubChanged(errcode) {
      if (errcode === hubFault) return;
      hubFault = errcode;
      render();
    },
    /** Applies the faults of a changed scenario to the host. The server has already applied the hub's. */
    scenarioChanged() {
      hubFault = app.scenario.faults?.getUserInfo ?? 0;
      host.setFaults({ ...NO_FAULTS, ...toHostFaults(app.scenario) });
      render();
    },
  };
}
