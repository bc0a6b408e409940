// The panel of `juzi-helper-wasm/dev`. It is in a shadow tree, so that the page's styles and its own do not meet.
import { h } from 'juzi:dom';
import { STRINGS, chooseLanguage, language } from './dev-strings.js';
import { STYLE } from './dev-style.js';
import { POSTED } from './kit.js';

/** How many lines the list of calls keeps. */
const KEPT = 30;
const CONTROLS = 'button, select, input';

/** The text of a message in the list. */
const summary = ({ msgtype, content }) => content.content ?? content.title ?? content.url ?? content.link ?? msgtype;

export function showPanel(host) {
  const element = h('juzi-dev');
  const root = element.attachShadow({ mode: 'open' });
  const style = new CSSStyleSheet();
  style.replaceSync(STYLE);
  root.adoptedStyleSheets = [style];

  const panel = {
    host,
    t: STRINGS[language()],
    isOpen: false,
    /** What the console does with each call. */
    rules: new Map(),
    /** Calls and events, the newest first. */
    lines: [],
    element,
    root,
    toggle: h('button', { class: 'open', type: 'button', on: { click: () => setOpen(panel, true) } }),
    section: h('section', { role: 'dialog', on: { keydown: (event) => closeByKey(panel, event) } }),
    log: h('ul', { class: 'log', role: 'log' }),
  };
  listen(panel);
  render(panel);
  root.append(panel.toggle, panel.section);
  document.body.append(element);
}

function listen(panel) {
  const { host } = panel;
  host.on('call', (call) => note(panel, { call }));
  host.on('update', () => renderLog(panel));
  host.on('sent', ({ chat, messages }) => note(panel, { text: (t) => t.sent(chat.name, messages.map(summary).join(' · ')) }));
  host.on('preview', ({ urls }) => note(panel, { text: (t) => t.preview(urls.length) }));
  host.on('switch', ({ to }) => {
    note(panel, { text: (t) => t.switched(to.name) });
    render(panel);
  });
}

function setOpen(panel, isOpen) {
  panel.isOpen = isOpen;
  render(panel);
  (isOpen ? panel.section.querySelector('select') : panel.toggle).focus();
}

function closeByKey(panel, event) {
  if (event.key !== 'Escape') return;
  event.stopPropagation();
  setOpen(panel, false);
}

function swapLanguage(panel) {
  const next = panel.t === STRINGS.zh ? 'en' : 'zh';
  panel.t = STRINGS[next];
  chooseLanguage(next);
  render(panel);
}

// ---- What is shown ----

function render(panel) {
  const { host, t, isOpen, element, toggle, section } = panel;
  const name = host.current?.name ?? t.none;
  element.lang = t === STRINGS.zh ? 'zh-CN' : 'en';
  toggle.textContent = `Juzi · ${name}`;
  toggle.setAttribute('aria-label', t.titleWith(name));
  toggle.setAttribute('aria-expanded', String(isOpen));
  toggle.hidden = isOpen;
  section.setAttribute('aria-label', t.title);
  section.hidden = !isOpen;
  renderLog(panel);
  if (isOpen) renderSection(panel);
}

/** Shows everything again. The focus and the scroll position stay. */
function renderSection(panel) {
  const { section, t, log } = panel;
  const focused = [...section.querySelectorAll(CONTROLS)].indexOf(panel.root.activeElement);
  const scrolled = section.querySelector('.body')?.scrollTop ?? 0;
  const body = h(
    'div',
    { class: 'body' },
    h('p', null, t.about),
    conversation(panel),
    answers(panel),
    faults(panel),
    h('div', null, h('div', { class: 'heading' }, t.calls), log),
  );
  section.replaceChildren(header(panel), body);
  body.scrollTop = scrolled;
  section.querySelectorAll(CONTROLS)[focused]?.focus();
}

function header(panel) {
  const { t } = panel;
  return h(
    'header',
    null,
    h('h2', null, t.title),
    h('button', { type: 'button', on: { click: () => swapLanguage(panel) } }, t.other),
    h('button', { type: 'button', 'aria-label': t.close, title: `${t.close} (Esc)`, on: { click: () => setOpen(panel, false) } }, '✕'),
  );
}

function conversation({ host, t }) {
  const options = host.chats.map(({ id, name }) => h('option', { value: id, selected: id === host.current?.id }, name));
  const select = h('select', { on: { change: () => void host.switchTo(select.value) } }, options);
  return h('label', null, h('span', { class: 'heading' }, t.conversation), select);
}

const answers = (panel) =>
  h(
    'fieldset',
    null,
    h('legend', null, panel.t.answers),
    POSTED.map((api) => answerTo(panel, api)),
  );

/** What the console does with one call: it answers, fails with a reason, or never answers. */
function answerTo({ host, rules, t }, api) {
  const { how, reason } = rules.get(api) ?? { how: 'ok', reason: '' };
  const options = ['ok', 'fail', 'silent'].map((value) => h('option', { value, selected: value === how }, t[value]));
  const select = h('select', { 'aria-label': t.answer(api), on: { change: apply } }, options);
  const text = { type: 'text', value: reason, 'aria-label': t.reason(api), placeholder: 'no permission', hidden: how !== 'fail' };
  const input = h('input', { ...text, on: { input: apply } });
  function apply() {
    input.hidden = select.value !== 'fail';
    rules.set(api, { how: select.value, reason: input.value });
    if (select.value === 'ok') host.restore(api);
    else if (select.value === 'silent') host.silence(api);
    else host.fail(api, input.value || input.placeholder);
  }
  return h('div', { class: 'row' }, h('code', null, api), select, input);
}

function faults(panel) {
  const { host, t } = panel;
  const old = h('input', {
    type: 'checkbox',
    checked: host.faults.oldConsole,
    on: { change: () => host.setFaults({ oldConsole: old.checked }) },
  });
  const restart = () => {
    host.restart();
    note(panel, { text: () => panel.t.restarted });
  };
  return h(
    'fieldset',
    null,
    h('legend', null, t.faults),
    number(t.latency, host.faults.latencyMs, 600_000, (latencyMs) => host.setFaults({ latencyMs })),
    number(t.drop, Math.round(host.faults.drop * 100), 100, (percent) => host.setFaults({ drop: percent / 100 })),
    h('label', { class: 'check' }, old, t.old),
    h('button', { type: 'button', on: { click: restart } }, t.restart),
  );
}

function number(label, value, max, change) {
  const apply = () => change(Math.min(Math.max(input.valueAsNumber || 0, 0), max));
  const input = h('input', { type: 'number', min: 0, max, value, on: { change: apply } });
  return h('label', { class: 'row' }, label, input);
}

// ---- The list of calls ----

function note(panel, line) {
  panel.lines.unshift(line);
  panel.lines.splice(KEPT);
  renderLog(panel);
}

function renderLog({ lines, log, t }) {
  const items = lines.map(({ call, text }) => h('li', null, text ? text(t) : [h('code', null, call.api), outcome(call.state, t)]));
  log.replaceChildren(...(items.length ? items : [h('li', null, h('p', null, t.noCalls))]));
}

function outcome(state, t) {
  const look = { ok: 'ok', pending: '' }[state] ?? 'bad';
  return h('span', { class: look }, t.states[state] ?? state);
}
