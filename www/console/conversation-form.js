/** A dialog to add a conversation to the scenario, or to edit one. */
import { h } from '../lib/dom.js';
import { fromFields, toFields } from './conversation-fields.js';
import { withConversation } from './scenario.js';

/** @typedef {import('./types.js').Conversation} Conversation */
/** @typedef {import('./conversation-fields.js').Fields} Fields */

const SINGLE = /** @type {const} */ (['externalUserId', 'userId', 'wxUserId', 'remark', 'company', 'tags']);
const GROUP = /** @type {const} */ (['chatId', 'wxChatId', 'members']);

/**
 * @param {import('./types.js').App} app
 * @param {(scenario: import('./types.js').Scenario) => Promise<void>} save
 * @returns {(conversation?: Conversation) => void} Opens the dialog.
 */
export function createConversationForm(app, save) {
  const { t } = app.i18n;
  const form = h('form', { class: 'dialog-form', method: 'dialog' });
  const dialog = h('dialog', { class: 'dialog', data: { testid: 'conversation' } }, form);
  document.body.append(dialog);

  return (conversation) => {
    const fields = toFields(conversation);
    const problem = h('p', { class: 'field-problem', role: 'alert', hidden: true, data: { testid: 'conversation-problem' } });
    const title = t(conversation ? 'conversation.edit' : 'conversation.add');
    const read = draw(form, fields, title, problem, app);
    form.onsubmit = (event) => {
      event.preventDefault();
      const edited = fromFields(read(), conversation);
      save(withConversation(app.scenario, edited)).then(
        () => dialog.close(),
        (error) => {
          problem.textContent = error.message;
          problem.hidden = false;
        },
      );
    };
    dialog.setAttribute('aria-label', title);
    const cancel = form.querySelector('[data-testid="conversation-cancel"]');
    cancel?.addEventListener('click', () => dialog.close());
    dialog.showModal();
  };
}

/**
 * Draws the fields, and returns a function that reads them.
 * @param {HTMLFormElement} form @param {Fields} fields @param {string} title @param {HTMLElement} problem
 * @param {import('./types.js').App} app
 */
function draw(form, fields, title, problem, { i18n: { t } }) {
  /** @type {Map<keyof Fields, HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement>} */
  const controls = new Map();
  const row = (/** @type {keyof Fields} */ name, /** @type {HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement} */ control) => {
    controls.set(name, control);
    control.dataset.testid = `conversation-${name}`;
    return h('label', { class: 'dialog-row' }, h('span', null, t(`conversation.${name}`)), control);
  };
  const text = (/** @type {keyof Fields} */ name) => row(name, h('input', { class: 'field', value: fields[name], autocomplete: 'off' }));
  const choice = (/** @type {keyof Fields} */ name, /** @type {string[]} */ values) => {
    const control = h('select', { class: 'field' }, ...values.map((value) => h('option', { value }, t(`conversation.${name}.${value}`))));
    control.value = fields[name];
    return row(name, control);
  };
  const members = () =>
    row('members', h('textarea', { class: 'field mono', rows: '4', value: fields.members, placeholder: t('conversation.members.hint') }));
  const kind = choice('type', ['single', 'group']);
  const who = choice('external', ['true', 'false']);
  const single = h('div', { class: 'dialog-part' }, ...SINGLE.map(text));
  const group = h('div', { class: 'dialog-part' }, ...GROUP.map((name) => (name === 'members' ? members() : text(name))));
  const values = () => /** @type {Fields} */ (Object.fromEntries([...controls].map(([name, control]) => [name, control.value])));
  const arrange = () => {
    const { type, external } = values();
    single.hidden = type !== 'single';
    group.hidden = type !== 'group';
    const parentOf = (/** @type {keyof Fields} */ name) => /** @type {HTMLElement} */ (controls.get(name)?.parentElement);
    parentOf('externalUserId').hidden = external !== 'true';
    parentOf('userId').hidden = external === 'true';
    // Only a scenario file can make them differ from the contact's or the group's own id. Then both are shown, and kept.
    parentOf('wxUserId').hidden = fields.wxUserId === '';
    parentOf('wxChatId').hidden = fields.wxChatId === '';
  };
  for (const control of [kind, who]) control.addEventListener('change', arrange);
  const cancel = h('button', { type: 'button', class: 'button', data: { testid: 'conversation-cancel' } }, t('conversation.cancel'));
  const done = h('button', { type: 'submit', class: 'button primary', data: { testid: 'conversation-save' } }, t('conversation.save'));
  form.replaceChildren(
    h('h2', null, title),
    text('name'),
    kind,
    who,
    single,
    group,
    text('id'),
    text('wxid'),
    problem,
    h('div', { class: 'dialog-actions' }, cancel, done),
  );
  arrange();
  return values;
}
