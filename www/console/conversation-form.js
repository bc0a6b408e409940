/** A dialog to add a conversation to the scenario, or to edit one. */
import { h } from '../lib/dom.js';
import { fromFields, mergeFields, pick, toFields } from './conversation-fields.js';
import { reasonOf } from './refusals.js';
import { withConversation } from './scenario.js';

/** @typedef {import('./types.js').Conversation} Conversation */
/** @typedef {import('./conversation-fields.js').Fields} Fields */
/**
 * @typedef {object} Edit
 * @property {Conversation} [base] Supplies what the form does not show; absent for a new conversation.
 * @property {Map<string, Conversation | undefined>} seen By id: the states that the user has seen, and that saving may replace.
 * @property {() => Fields} read
 * @property {(fields: Fields) => void} write
 * @property {HTMLElement} problem The server's error.
 * @property {HTMLElement} changed What has changed in the file.
 * @property {boolean} asks Whether that is a question to the user.
 * @property {boolean} saving
 */

const SINGLE = /** @type {const} */ (['externalUserId', 'userId', 'wxUserId', 'remark', 'company', 'tags']);
const GROUP = /** @type {const} */ (['chatId', 'wxChatId', 'members']);

/**
 * Whether two states of a conversation are the same; undefined stands for one that does not exist.
 *
 * @type {(one?: Conversation, other?: Conversation) => boolean}
 */
const isSame = (one, other) => JSON.stringify(one) === JSON.stringify(other);

/**
 * The file may change while the dialog is open. The dialog then keeps what the user typed and takes the rest from the file. If the file has
 * changed what the user has changed too, the dialog shows both, and the user decides. No change in the file is overwritten silently.
 * @param {import('./types.js').App} app
 * @param {(scenario: import('./types.js').Scenario) => Promise<void>} save
 * @returns {{ open: (conversation?: Conversation) => void, scenarioChanged: () => void }} `open` opens the dialog; without a conversation
 *   it makes a new one. Call `scenarioChanged` when another scenario is in force.
 */
export function createConversationForm(app, save) {
  const { t } = app.i18n;
  const form = h('form', { class: 'dialog-form', method: 'dialog' });
  const dialog = h('dialog', { class: 'dialog', data: { testid: 'conversation' } }, form);
  document.body.append(dialog);

  /** What the dialog edits now; null while it is closed. @type {Edit | null} */
  let edit = null;
  const inForce = (/** @type {string} */ id) => app.scenario.conversations.find((one) => one.id === id);
  dialog.addEventListener('close', () => (edit = null));

  /** @param {Conversation} [conversation] */
  function open(conversation) {
    const title = t(conversation ? 'conversation.edit' : 'conversation.add');
    const problem = h('p', { class: 'field-problem', role: 'alert', hidden: true, data: { testid: 'conversation-problem' } });
    const changed = h('div', { class: 'dialog-part', role: 'alert', hidden: true, data: { testid: 'conversation-changed' } });
    const { read, write } = draw(form, toFields(conversation), title, [unwritable(app), changed, problem], app);
    const seen = new Map(conversation && [[conversation.id, conversation]]);
    edit = { base: conversation, seen, read, write, problem, changed, asks: false, saving: false };
    form.onsubmit = (event) => {
      event.preventDefault();
      if (edit) void submit(edit);
    };
    dialog.setAttribute('aria-label', title);
    form.querySelector('[data-testid="conversation-cancel"]')?.addEventListener('click', () => dialog.close());
    if (!dialog.open) dialog.showModal();
  }

  /** The state that saving would overwrite although the user has not seen it; null if there is none. @param {Edit} one */
  function unseen({ seen, read }) {
    const id = read().id.trim();
    const there = inForce(id);
    return isSame(there, seen.get(id)) ? null : { id, there };
  }

  /** @param {Edit} one */
  async function submit(one) {
    if (one.saving || isHeldUp(one)) return;
    one.saving = true;
    one.problem.hidden = true;
    try {
      await save(withConversation(app.scenario, fromFields(one.read(), one.base)));
      if (edit === one) dialog.close();
    } catch (error) {
      one.problem.textContent = reasonOf(error, app.i18n.language);
      one.problem.hidden = false;
      one.saving = false;
      isHeldUp(one);
    }
  }

  /** Takes what has changed in the file. Where the user has to choose, shows it. Returns whether that is so. @param {Edit} one */
  function isHeldUp(one) {
    const state = unseen(one);
    if (state === null) {
      if (one.asks) one.changed.hidden = true;
      one.asks = false;
      return false;
    }
    const { id, there } = state;
    if (there && one.base?.id === id) return isContested(one, one.base, there);
    const take = button('take', () => (there ? open(there) : dialog.close()));
    const text = t(there ? 'conversation.changed' : 'conversation.removed', { id });
    ask(one, [h('p', { class: 'field-problem' }, text)], take, id, there);
    return true;
  }

  /** @param {Edit} one @param {Conversation} base @param {Conversation} there What became of it in the file. */
  function isContested(one, base, there) {
    const theirs = toFields(there);
    const { fields, taken, conflicts } = mergeFields(toFields(base), one.read(), theirs);
    if (taken.length > 0) one.write(fields);
    if (conflicts.length === 0) {
      settle(one, there.id, there);
      const names = taken.map((name) => t(`conversation.${name}`)).join(', ');
      one.changed.replaceChildren(h('p', { role: 'status' }, t('conversation.merged', { fields: names })));
      one.changed.hidden = taken.length === 0;
      return false;
    }
    const take = button('take', () => {
      one.write(pick(one.read(), theirs, conflicts));
      settle(one, there.id, there);
      one.changed.hidden = true;
    });
    const both = versions(conflicts, theirs, fields, app);
    ask(one, [h('p', { class: 'field-problem' }, t('conversation.both')), both], take, there.id, there);
    return true;
  }

  /** The user has seen this state. What the form does not show, such as messages, always comes from the file. */
  function settle(/** @type {Edit} */ one, /** @type {string} */ id, /** @type {Conversation | undefined} */ there) {
    one.seen.set(id, there);
    one.base = there ?? one.base;
    one.asks = false;
  }

  /** @param {'take' | 'keep'} name @param {() => void} act */
  function button(name, act) {
    const made = h('button', { type: 'button', class: 'button', data: { testid: `conversation-${name}` } }, t(`conversation.${name}`));
    made.addEventListener('click', act);
    return made;
  }

  /**
   * Asks which version holds.
   * @param {Edit} one @param {HTMLElement[]} what @param {HTMLElement} take @param {string} id @param {Conversation | undefined} there
   */
  function ask(one, what, take, id, there) {
    const keep = button('keep', () => {
      settle(one, id, there);
      void submit(one);
    });
    one.asks = true;
    one.changed.replaceChildren(...what, h('div', { class: 'dialog-actions' }, take, keep));
    one.changed.hidden = false;
  }

  return {
    open,
    scenarioChanged() {
      if (edit && !edit.saving) isHeldUp(edit);
    },
  };
}

/** Why saving will not change the file, before anybody types. @param {import('./types.js').App} app */
function unwritable({ config, i18n: { t } }) {
  const text = config.scenarioWritable ? '' : t(`scenario.unwritable.${config.scenarioUnwritable ?? 'no-file'}`);
  return h('p', { class: 'dialog-note', data: { testid: 'conversation-unwritable' }, hidden: text === '' }, text);
}

/**
 * What both have changed, side by side.
 * @param {readonly (keyof Fields)[]} names @param {Fields} theirs @param {Fields} mine @param {import('./types.js').App} app
 */
function versions(names, theirs, mine, { i18n: { t } }) {
  const value = (/** @type {keyof Fields} */ name, /** @type {string} */ text) => {
    const key = `conversation.${name}.${text}`;
    return h('td', null, t(key) === key ? text : t(key));
  };
  const head = h('tr', null, h('td', null), h('th', null, t('conversation.inFile')), h('th', null, t('conversation.inForm')));
  const rows = names.map((name) =>
    h('tr', null, h('th', null, t(`conversation.${name}`)), value(name, theirs[name]), value(name, mine[name])),
  );
  return h('table', { class: 'dialog-versions', data: { testid: 'conversation-versions' } }, head, ...rows);
}

/**
 * Draws the fields, and returns functions that read and write them.
 * @param {HTMLFormElement} form @param {Fields} fields @param {string} title @param {HTMLElement[]} notices
 * @param {import('./types.js').App} app
 */
function draw(form, fields, title, notices, { i18n: { t } }) {
  /** @type {Map<keyof Fields, HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement>} */
  const controls = new Map();
  const row = (/** @type {keyof Fields} */ name, /** @type {HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement} */ control) => {
    controls.set(name, control);
    control.dataset.testid = `conversation-${name}`;
    return h('label', { class: 'dialog-row' }, h('span', null, t(`conversation.${name}`)), control);
  };
  let shown = fields;
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
  const read = () => /** @type {Fields} */ (Object.fromEntries([...controls].map(([name, control]) => [name, control.value])));
  const arrange = () => {
    const { type, external } = read();
    single.hidden = type !== 'single';
    group.hidden = type !== 'group';
    const parentOf = (/** @type {keyof Fields} */ name) => /** @type {HTMLElement} */ (controls.get(name)?.parentElement);
    parentOf('externalUserId').hidden = external !== 'true';
    parentOf('userId').hidden = external === 'true';
    // Only a scenario file can make them differ from the contact's or the group's own id. Then both are shown, and kept.
    parentOf('wxUserId').hidden = shown.wxUserId === '';
    parentOf('wxChatId').hidden = shown.wxChatId === '';
  };
  const write = (/** @type {Fields} */ next) => {
    shown = next;
    for (const [name, control] of controls) control.value = next[name];
    arrange();
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
    ...notices,
    h('div', { class: 'dialog-actions' }, cancel, done),
  );
  arrange();
  return { read, write };
}
