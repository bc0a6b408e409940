// A page in a frame, and the console around it: what the page posts, and what it is told. The frame's document is any file of
// this server; what makes it a sidebar page is its query.

let frame;
/** Every request of this page, and those of them that no test has taken yet. */
let requests = [];
let inbox = [];
/** Who waits for the next one. */
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

/** A new frame with the query, after `before` has run in it. */
export async function open(search, before) {
  await close();
  frame = document.createElement('iframe');
  frame.src = new URL(search || '?', import.meta.url);
  const loaded = new Promise((resolve) => frame.addEventListener('load', resolve, { once: true }));
  document.body.append(frame);
  await loaded;
  frame.contentWindow.eval(before);
  return frame.contentWindow;
}

/** Ends what the test before has left open: the helper's calls.js is one for all of them. */
async function close() {
  if (!frame) return;
  // What it posted last is still on its way.
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

/** The window with some members replaced: what a page cannot do to its own location, or to its parent. */
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

/** The next request that nobody has taken. */
export const next = () => (inbox.length ? Promise.resolve(inbox.shift()) : new Promise((resolve) => takers.push(resolve)));
/** Posts to the page as its parent. */
export const tell = (message) => frame.contentWindow.postMessage(message, '*');

/** All that was posted before, in either direction, has arrived, and what followed from it at once has happened. */
export async function settled() {
  for (const window of [self, frame.contentWindow, self]) await arrival(window);
}

const arrival = (window) =>
  new Promise((resolve) => {
    const mark = crypto.randomUUID();
    window.addEventListener('message', function listener({ data }) {
      if (data !== mark) return;
      window.removeEventListener('message', listener);
      // After the microtasks of this message.
      setTimeout(resolve, 0);
    });
    window.postMessage(mark, '*');
  });

export const untaken = () => inbox.length;
export const takeErrors = () => errors.splice(0).join();

/** JSON in which `undefined` shows. */
export const show = (value) => JSON.stringify(value, (_, member) => (member === undefined ? 'undefined' : member)) ?? 'undefined';

const METHODS = ['log', 'error'];
let written;
let originals;
/** From now on what is written to the console is kept. */
export function listenToConsole() {
  written = [];
  originals = METHODS.map((method) => console[method]);
  for (const method of METHODS) console[method] = (...what) => written.push([method, ...what]);
}
/** What was written, and the console as it was. */
export function consoleText() {
  METHODS.forEach((method, place) => (console[method] = originals[place]));
  return show(written);
}

let copies = 0;
/** Another instance of calls.js, as in a page of its own: without a core, until a test starts one. */
export const freshCalls = () => import(new URL(`../../src/browser/calls.js?${++copies}`, import.meta.url));
