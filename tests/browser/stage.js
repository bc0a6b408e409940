// A page in a frame, and the console around it: records what the page posts, and posts messages to it. The frame's document
// is an arbitrary file of this server; its query makes it a sidebar page.

let frame;
/** All requests of this page, and in `inbox` those that no test has taken yet. */
let requests = [];
let inbox = [];
/** The resolvers of pending `next()` calls. */
let takers = [];
/** Errors that reached `window.onerror`. */
let errors = [];

addEventListener('message', ({ data, origin }) => {
  if (data?.type !== 'sidebarHelper') return;
  const request = { ...data.data, origin, members: Object.keys(data).concat(Object.keys(data.data)).join() };
  requests.push(request);
  const take = takers.shift();
  if (take) take(request);
  else inbox.push(request);
});

addEventListener('error', (event) => {
  if (!event.error?.expected) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  errors.push(event.error.message);
});

/** Opens a new frame with the query and runs `before` in it. */
export async function open(search, before) {
  // The tab remembers that a page of this origin was in the sidebar.
  sessionStorage.clear();
  await close();
  frame = document.createElement('iframe');
  frame.src = new URL(search || '?', import.meta.url);
  const loaded = new Promise((resolve) => frame.addEventListener('load', resolve, { once: true }));
  document.body.append(frame);
  await loaded;
  frame.contentWindow.eval(before);
  return frame.contentWindow;
}

/** Ends the calls that the previous test has left pending, because all tests share one calls.js. */
async function close() {
  if (!frame) return;
  // Its last messages may not have arrived yet.
  await settled();
  for (const { api, reqId } of requests) tell({ api, reqId, err_msg: 'the test is over' });
  tell({ api: 'updateBaseInfo', data: { baseInfo: {} } });
  await settled();
  frame.remove();
  requests = [];
  inbox = [];
  takers = [];
  errors = [];
}

/** The window with some members replaced, such as `location` and `parent`, which a page itself cannot replace. */
export function disguise(window, overrides) {
  const page = new Proxy(window, {
    get(target, name) {
      if (name in overrides) return overrides[name] === 'self' ? page : overrides[name];
      const value = Reflect.get(target, name);
      return name === 'addEventListener' ? value.bind(target) : value;
    },
  });
  return page;
}

/** The next request that no test has taken. */
export const next = () => (inbox.length ? Promise.resolve(inbox.shift()) : new Promise((resolve) => takers.push(resolve)));
/** Posts to the page as its parent. */
export const tell = (message) => frame.contentWindow.postMessage(message, '*');

/** Resolves when all messages posted so far, in either direction, have arrived and their microtasks have run. */
export async function settled() {
  for (const window of [self, frame.contentWindow, self]) await arrival(window);
}

const arrival = (window) =>
  new Promise((resolve) => {
    const mark = crypto.randomUUID();
    window.addEventListener('message', function listener({ data }) {
      if (data !== mark) return;
      window.removeEventListener('message', listener);
      // Runs after the microtasks of this message.
      setTimeout(resolve, 0);
    });
    window.postMessage(mark, '*');
  });

export const untaken = () => inbox.length;
export const takeErrors = () => errors.splice(0).join();

/** JSON that also shows `undefined`. */
export const show = (value) => JSON.stringify(value, (_, member) => (member === undefined ? 'undefined' : member)) ?? 'undefined';

const METHODS = ['log', 'error'];
let written;
let originals;
/** Starts recording what is written to the console. */
export function listenToConsole() {
  written = [];
  originals = METHODS.map((method) => console[method]);
  for (const method of METHODS) console[method] = (...what) => written.push([method, ...what]);
}
/** Returns what was recorded, and restores the console. */
export function consoleText() {
  METHODS.forEach((method, place) => (console[method] = originals[place]));
  return show(written);
}

let copies = 0;
/** A new instance of calls.js, as in a separate page. It has no core until a test starts one. */
export const freshCalls = () => import(new URL(`../../src/browser/calls.js?${++copies}`, import.meta.url));
