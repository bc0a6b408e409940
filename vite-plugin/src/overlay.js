// The log in the page's overlay: the calls that the page makes to the console, in a corner of the page itself. The plugin puts it into
// pages that the dev server serves, and into no build.
import { parseRequest } from 'juzi:host';

/** Rows that are kept. */
const MOST = 200;
const TEXTS = {
  zh: {
    outside: '不在侧边栏中',
    open: '在工作台中打开',
    calls: (n) => `句子 · ${n} 次调用`,
    failed: (n) => `，${n} 次失败`,
    none: '页面还没有调用。',
    pending: '等待中',
    push: '控制台推送',
    label: '侧边栏调用记录',
    late: '只能看到控制台的消息：它与页面不同源。',
  },
  en: {
    outside: 'Not in a sidebar',
    open: 'Open in the workbench',
    calls: (n) => `Juzi · ${n} ${n === 1 ? 'call' : 'calls'}`,
    failed: (n) => `, ${n} failed`,
    none: 'The page has made no call yet.',
    pending: 'pending',
    push: 'pushed by the console',
    label: "Log of the sidebar's calls",
    late: "Only the console's messages are seen: it has another origin than the page.",
  },
};
const STYLE = `
:host { all: initial; position: fixed; inset: auto 8px 8px auto; z-index: 2147483646; color-scheme: light dark;
  font: 12px/1.5 ui-monospace, Menlo, Consolas, 'Noto Sans Mono CJK SC', monospace; color: light-dark(#1a1f29, #e6e9ef); }
button, a.pill { font: inherit; cursor: pointer; color: inherit; text-decoration: none; background: light-dark(#fff, #191c22);
  border: 1px solid light-dark(#c9ced6, #434a56); border-radius: 999px; padding: 2px 10px; box-shadow: 0 2px 8px rgb(0 0 0 / 20%); }
button.bad { color: light-dark(#b3261e, #ff8a80); border-color: currentcolor; }
button:focus-visible, a:focus-visible { outline: 2px solid light-dark(#1f5fd1, #7aa7ff); outline-offset: 2px; }
.box { position: absolute; right: 0; bottom: 34px; width: min(420px, calc(100vw - 16px)); max-height: min(50vh, 420px); overflow: auto;
  background: light-dark(#fff, #191c22); border: 1px solid light-dark(#c9ced6, #434a56); border-radius: 8px; box-shadow: 0 6px 20px rgb(0 0 0 / 25%); }
.box[hidden] { display: none; }
.row { display: flex; gap: 8px; justify-content: space-between; padding: 4px 10px; border-bottom: 1px solid light-dark(#e2e5ea, #2b3039); }
.row span { overflow-wrap: anywhere; }
.ok { color: light-dark(#177245, #6fcf97); } .fail { color: light-dark(#b3261e, #ff8a80); } .push { color: light-dark(#1f5fd1, #7aa7ff); }
p { margin: 0; padding: 6px 10px; color: light-dark(#4b5462, #b0b8c5); }`;

const t = TEXTS[navigator.language.startsWith('zh') ? 'zh' : 'en'];
const element = (tag, className, ...children) => {
  const made = document.createElement(tag);
  made.className = className;
  made.append(...children);
  return made;
};

// By script, because a policy of the page's may forbid styles in markup.
const host = document.createElement('juzi-overlay');
const root = host.attachShadow({ mode: 'open' });
const sheet = new CSSStyleSheet();
sheet.replaceSync(STYLE);
root.adoptedStyleSheets = [sheet];

if (window.parent === window) showOutside();
else showLog();
if (document.body) document.body.append(host);
else addEventListener('DOMContentLoaded', () => document.body.append(host));

function showOutside() {
  const link = element('a', 'pill', `${t.outside} · ${t.open} ↗`);
  // `page` is not set: the console frames the page that the plugin names.
  link.href = new URL('./', import.meta.url).href;
  root.append(link);
}

function showLog() {
  /** @type {{ reqId: unknown, row: HTMLElement, at: number }[]} */
  let pending = [];
  let calls = 0;
  let failures = 0;
  const box = element('div', 'box');
  const note = element('p', '', t.none);
  box.hidden = true;
  box.append(note);
  box.tabIndex = 0;
  box.setAttribute('role', 'log');
  box.setAttribute('aria-label', t.label);
  const pill = element('button', '');
  pill.type = 'button';
  pill.setAttribute('aria-expanded', 'false');
  pill.addEventListener('click', () => {
    box.hidden = !box.hidden;
    pill.setAttribute('aria-expanded', String(!box.hidden));
  });
  root.append(box, pill);
  count();

  function count() {
    pill.textContent = t.calls(calls) + (failures > 0 ? t.failed(failures) : '');
    pill.classList.toggle('bad', failures > 0);
  }

  /** @param {string} api @param {string} state @param {string} className */
  function add(api, state, className) {
    note.remove();
    const row = element('div', 'row', element('span', '', api), element('span', className, state));
    box.append(row);
    while (box.childElementCount > MOST) box.firstElementChild?.remove();
    box.scrollTop = box.scrollHeight;
    return row;
  }

  function called({ source, data }) {
    const parsed = source === window ? parseRequest(data) : {};
    if (!('request' in parsed)) return;
    calls += 1;
    pending.push({ reqId: parsed.request.reqId, row: add(parsed.request.api, t.pending, ''), at: performance.now() });
    count();
  }

  function heard({ source, data }) {
    if (source !== window.parent || typeof data?.api !== 'string') return;
    const call = pending.find(({ reqId }) => reqId === data.reqId);
    const text = data.data?.err_msg ?? data.err_msg;
    const failed = typeof text === 'string' && text !== '' && !text.endsWith(':ok');
    if (failed) failures += 1;
    count();
    if (!call) {
      add(data.api, data.reqId === undefined ? t.push : (text ?? 'ok'), failed ? 'fail' : 'push');
      return;
    }
    pending = pending.filter((one) => one !== call);
    const state = call.row.lastElementChild;
    state.textContent = failed ? text : `ok · ${Math.round(performance.now() - call.at)} ms`;
    state.className = failed ? 'fail' : 'ok';
  }

  addEventListener('message', heard);
  const { parent } = window;
  try {
    parent.addEventListener('message', called);
    // The console's window outlives this page.
    addEventListener('pagehide', () => parent.removeEventListener('message', called));
  } catch {
    box.prepend(element('p', '', t.late));
  }
}
