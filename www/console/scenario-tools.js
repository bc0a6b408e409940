/** The account and the scenario file in the top bar. Writes changes that were made in the console back to the file. */
import { byTestId, h, label } from '../lib/dom.js';
import { icon } from '../lib/icons.js';
import { avatar } from './avatar.js';
import { reasonOf } from './refusals.js';
import { withMessages } from './scenario.js';
import { putScenario } from './server.js';
import { createWindowEdits } from './window-edits.js';

/** @typedef {import('./types.js').Scenario} Scenario */

/**
 * @param {import('./types.js').App} app @param {HTMLElement} root
 * @param {(scenario: Scenario) => void} useScenario Applies a scenario that only this window has.
 */
export function createScenarioTools(app, root, useScenario) {
  const { t } = app.i18n;
  const save = h(
    'button',
    { type: 'button', class: 'icon-button', data: { testid: 'scenario-save' }, disabled: true },
    icon('download', 16),
  );
  root.append(save);
  save.addEventListener('click', () => void writeBack(app.scenario).catch(fail));
  const fail = (/** @type {unknown} */ error) => app.toast(t('scenario.notSaved', { reason: reasonOf(error, app.i18n.language) }), 'bad');

  const edits = createWindowEdits();

  /**
   * Writes a scenario with the messages of this session to its file. Where no file can be written, saves it as a download.
   * @param {Scenario} scenario
   */
  async function writeBack(scenario) {
    const whole = withMessages(scenario, app.threads);
    if (app.config.scenarioWritable) {
      await putScenario(whole);
      app.toast(t('scenario.saved', { file: app.config.scenarioFile ?? '' }), 'ok');
    } else {
      download(whole);
      // Without the messages, which are this window's: they would go with the scenario when it changes.
      if (edits.note(app.scenario, scenario)) useScenario(scenario);
    }
    save.disabled = true;
  }

  function render() {
    const { name, userId, avatar: face } = app.scenario.account;
    byTestId('account').replaceChildren(avatar(name, face, 'small'), h('span', { class: 'account-name' }, name));
    byTestId('account').title = t('account.label', { name, userId });
    byTestId('scenario-file').textContent = app.config.scenarioFile?.split(/[\\/]/).at(-1) ?? t('scenario.default');
    byTestId('scenario-file').title = app.config.scenarioFile ?? '';
    const why = t(`scenario.unwritable.${app.config.scenarioUnwritable ?? 'no-file'}`);
    label(save, app.config.scenarioWritable ? t('scenario.save') : `${t('scenario.download')} (${why})`);
  }
  app.i18n.onChange(render);

  return {
    render,
    /** Saves an edited scenario. Rejects with the server's reason. @param {Scenario} scenario */
    save: writeBack,
    /** The server's scenario, with what only this window has. */
    withEdits: edits.over,
    /** There is something to save. */
    changed: () => (save.disabled = false),
  };
}

/** @param {Scenario} scenario */
function download({ revision: _revision, ...file }) {
  const url = URL.createObjectURL(new Blob([JSON.stringify(file, null, 2)], { type: 'application/json' }));
  h('a', { href: url, download: 'scenario.json' }).click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
