// The panel of `juzi-helper-wasm/dev`. It is in a shadow tree, so that the page's styles and its own do not meet.
import { h } from 'juzi:dom';
import { STRINGS, chooseLanguage, language } from './dev-strings.js';
import { POSTED } from './kit-names.js';

const STYLE = `
:host { all: initial; color-scheme: light dark; position: fixed; right: 12px; bottom: 12px; z-index: 2147483647;
  font: 13px/1.45 system-ui, -apple-system, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif; color: light-dark(#1a1f29, #e6e9ef); }
* { box-sizing: border-box; font: inherit; color: inherit; }
[hidden] { display: none !important; }
button, select, input { min-height: 28px; padding: 2px 8px; border: 1px solid light-dark(#8a93a2, #6b7484); border-radius: 6px; background: light-dark(#fff, #262b33); }
button { cursor: pointer; }
:focus-visible { outline: 2px solid light-dark(#1f5fd1, #7aa7ff); outline-offset: 1px; }
.open { display: block; margin-left: auto; max-width: 260px; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; border-radius: 16px; padding: 4px 14px;
  background: light-dark(#1f5fd1, #7aa7ff); color: light-dark(#fff, #0c1526); border: 0; box-shadow: 0 2px 10px rgb(0 0 0 / 30%); }
section { display: grid; grid-template-rows: auto minmax(0, 1fr); width: min(360px, calc(100vw - 24px)); max-height: min(600px, calc(100vh - 24px)); background: light-dark(#f8f9fb, #191c22);
  border: 1px solid light-dark(#c9ced6, #434a56); border-radius: 10px; box-shadow: 0 6px 24px rgb(0 0 0 / 30%); }
header { display: flex; gap: 6px; align-items: center; padding: 8px 8px 8px 12px; border-bottom: 1px solid light-dark(#e2e5ea, #2b3039); }
h2 { flex: 1; margin: 0; font-weight: 600; }
.body { overflow: auto; display: grid; gap: 12px; padding: 10px 12px 12px; }
p { margin: 0; color: light-dark(#4b5462, #b0b8c5); }
label, fieldset { display: grid; gap: 4px; }
fieldset { margin: 0; padding: 0; border: 0; min-width: 0; }
legend, .heading { padding: 0; font-weight: 600; margin-bottom: 4px; }
.row { display: grid; grid-template-columns: minmax(0, 1fr) 118px; gap: 4px 8px; align-items: center; }
.row code, .log code { overflow-wrap: anywhere; font-family: ui-monospace, Menlo, Consolas, monospace; font-size: 12px; }
.row [type=text] { grid-column: 1 / -1; }
.check { grid-template-columns: auto minmax(0, 1fr); align-items: center; gap: 8px; }
.check input { min-height: 0; margin: 0; }
.log { margin: 0; padding: 0; list-style: none; display: grid; gap: 2px; }
.log li { display: flex; justify-content: space-between; gap: 8px; overflow-wrap: anywhere; }
.ok { color: light-dark(#177245, #6fcf97); }
.bad { color: light-dark(#b3261e, #ff8a80); }
@media (prefers-reduced-motion: no-preference) { .open { transition: filter 0.15s; } .open:hover { filter: brightness(1.1); } }
`;
const KEPT = 30;
/** How a message reads in the list. */
const summary = ({ msgtype, content }) => content.content ?? content.title ?? content.url ?? content.link ?? msgtype;

export function showPanel(host) {
  const element = h('juzi-dev');
  const root = element.attachShadow({ mode: 'open' });
  const style = new CSSStyleSheet();
  style.replaceSync(STYLE);
  root.adoptedStyleSheets = [style];
  const state = { open: false, rules: new Map(), lines: [] };
  let t = STRINGS[language()];

  const open = h('button', { class: 'open', type: 'button', 'aria-expanded': 'false', on: { click: () => setOpen(true) } });
  const log = h('ul', { class: 'log', role: 'log' });
  const section = h('section', { role: 'dialog', hidden: true });
  section.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape') return;
    event.stopPropagation();
    setOpen(false);
  });
  root.append(open, section);
  document.body.append(element);

  function setOpen(next) {
    state.open = next;
    render();
    if (next) section.querySelector('select').focus();
    else open.focus();
  }

  /** One line of the list, the newest first. */
  function note(line) {
    state.lines.unshift(line);
    state.lines.length = Math.min(state.lines.length, KEPT);
    renderLog();
  }
  host.on('call', (call) => note({ call }));
  host.on('update', () => renderLog());
  host.on('sent', ({ chat, messages }) => note({ text: () => t.sent(chat.name, messages.map(summary).join(' · ')) }));
  host.on('preview', ({ urls }) => note({ text: () => t.preview(urls.length) }));
  host.on('switch', ({ to }) => {
    note({ text: () => t.switched(to.name) });
    render();
  });

  function renderLog() {
    const line = ({ call, text }) =>
      text ? h('li', null, text()) : h('li', null, h('code', null, call.api), h('span', { class: call.state === 'ok' ? 'ok' : call.state === 'pending' ? '' : 'bad' }, t.states[call.state] ?? call.state));
    log.replaceChildren(...(state.lines.length ? state.lines.map(line) : [h('li', null, h('p', null, t.noCalls))]));
  }

  /** What the console does with a call. */
  function rule(api) {
    const { how, reason } = state.rules.get(api) ?? { how: 'ok', reason: '' };
    const input = h('input', { type: 'text', value: reason, 'aria-label': t.reason(api), placeholder: 'no permission', hidden: how !== 'fail', on: { input: () => apply() } });
    const select = h('select', { 'aria-label': t.answer(api), on: { change: () => apply() } }, ['ok', 'fail', 'silent'].map((value) => h('option', { value, selected: value === how }, t[value])));
    function apply() {
      input.hidden = select.value !== 'fail';
      state.rules.set(api, { how: select.value, reason: input.value });
      if (select.value === 'ok') host.restore(api);
      else if (select.value === 'silent') host.silence(api);
      else host.fail(api, input.value || input.placeholder);
    }
    return h('div', { class: 'row' }, h('code', null, api), select, input);
  }

  function number(label, value, max, change) {
    const input = h('input', { type: 'number', min: 0, max, value, on: { change: () => change(Math.min(Math.max(input.valueAsNumber || 0, 0), max)) } });
    return h('label', { class: 'row' }, label, input);
  }

  function render() {
    const { current, chats, faults } = host;
    open.textContent = `Juzi · ${current?.name ?? t.none}`;
    open.setAttribute('aria-expanded', String(state.open));
    open.setAttribute('aria-label', t.titleWith(current?.name ?? t.none));
    open.hidden = state.open;
    section.hidden = !state.open;
    section.setAttribute('aria-label', t.title);
    element.lang = t === STRINGS.zh ? 'zh-CN' : 'en';
    renderLog();
    if (!state.open) return;
    const focused = [...section.querySelectorAll('button, select, input')].indexOf(root.activeElement);
    const chat = h('select', { on: { change: () => void host.switchTo(chat.value) } }, chats.map(({ id, name }) => h('option', { value: id, selected: id === current?.id }, name)));
    const old = h('input', { type: 'checkbox', checked: faults.oldConsole, on: { change: () => host.setFaults({ oldConsole: old.checked }) } });
    const restart = () => {
      host.restart();
      note({ text: () => t.restarted });
    };
    const scrolled = section.querySelector('.body')?.scrollTop ?? 0;
    section.replaceChildren(
      h('header', null, h('h2', null, t.title), h('button', { type: 'button', on: { click: swapLanguage } }, t.other), h('button', { type: 'button', 'aria-label': t.close, title: `${t.close} (Esc)`, on: { click: () => setOpen(false) } }, '✕')),
      h('div', { class: 'body' },
        h('p', null, t.about),
        h('label', null, h('span', { class: 'heading' }, t.conversation), chat),
        h('fieldset', null, h('legend', null, t.answers), POSTED.map(rule)),
        h('fieldset', null, h('legend', null, t.faults),
          number(t.latency, faults.latencyMs, 600_000, (latencyMs) => host.setFaults({ latencyMs })),
          number(t.drop, Math.round(faults.drop * 100), 100, (percent) => host.setFaults({ drop: percent / 100 })),
          h('label', { class: 'check' }, old, t.old),
          h('button', { type: 'button', on: { click: restart } }, t.restart)),
        h('div', null, h('div', { class: 'heading' }, t.calls), log)),
    );
    section.querySelector('.body').scrollTop = scrolled;
    section.querySelectorAll('button, select, input')[focused]?.focus();
  }

  function swapLanguage() {
    const next = t === STRINGS.zh ? 'en' : 'zh';
    t = STRINGS[next];
    chooseLanguage(next);
    render();
  }

  render();
}
