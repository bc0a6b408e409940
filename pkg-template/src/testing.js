// The entry `juzi-helper-wasm/testing`: a simulated console, for tests of a sidebar page.
import { isSimulated, offerKit, settleOrigin } from './kit-link.js';
import { bareUrl, checkNames, checkOptions, createHost as createConsole, frameWindow, hasNoTimers, sidebarUrl } from './kit.js';

export { HOLD, NO_FAULTS, SILENT, frameWindow, sidebarUrl } from './kit.js';

/**
 * The window of a simulated DOM with a console as its parent, and the `hostOrigin` that the test gave. It stays until `reset`, because
 * the helper starts once and keeps the parent that it found.
 */
let framed;
/** The console's origin if the test gives none. It becomes one that the page allows. */
let origin = 'https://console.example';
/** The consoles that have been started. */
const hosts = new Set();
/** Functions that reset the helpers in this window and the pages' hooks. */
const resets = new Set();

// On import, because a test without a console may start the helper before the first test with one.
if (isSimulated()) {
  offerKit({
    onReset: (forget) => resets.add(forget),
    attach({ options, useTimers, reset: forget }) {
      resets.add(forget);
      useTimers(later);
      if (framed?.hostOrigin !== undefined) return options;
      const settled = settleOrigin(options, origin);
      ({ origin } = settled);
      return settled.options;
    },
  });
}

export function createHost(options = {}) {
  checkOptions(options);
  if (options.frame || options.target) return checkNames(createConsole(options));
  const page = simulatedWindow();
  frame(page, options.hostOrigin);
  const { window, target } = framed;
  const host = checkNames(createConsole({ ...options, window, target }));
  hosts.add(host);
  page.history.replaceState(page.history.state, '', sidebarUrl(page.location.href, { mode: host.mode, chat: host.current }));
  return host;
}

export function reset() {
  for (const host of hosts) host.destroy();
  const all = [...resets];
  hosts.clear();
  resets.clear();
  for (const forget of all) forget();
  if (!framed) return;
  framed.restore();
  const { history, location } = framed.page;
  history.replaceState(history.state, '', bareUrl(location.href));
  framed = undefined;
}

function simulatedWindow() {
  const page = globalThis.window;
  if (!isSimulated()) {
    throw new TypeError(
      'createHost: `frame` is required: the iframe with the page (without one, a DOM simulated in Node: jsdom or happy-dom)',
    );
  }
  if (hasNoTimers) {
    throw new TypeError(
      'createHost: the timers were fake when juzi-helper-wasm/testing was loaded, so no message could arrive: in Jest remove fakeTimers.enableGlobally, and call jest.useFakeTimers() in the test',
    );
  }
  if (!/^https?:$/.test(page.location?.protocol)) {
    throw new TypeError(
      `createHost: the page needs an http or https address, not ${page.location?.href}; set jsdom's or happy-dom's \`url\``,
    );
  }
  const lacks = ['postMessage', 'addEventListener', 'MessageEvent'].filter((name) => typeof page[name] != 'function');
  if (lacks.length) throw new TypeError(`createHost: this window has no ${lacks.join(', ')}; use jsdom, happy-dom or a browser`);
  return page;
}

/** Puts a console around the window. */
function frame(page, hostOrigin) {
  if (framed?.page !== page) framed = { ...frameWindow(page, { hostOrigin: hostOrigin ?? (() => origin) }), page, hostOrigin };
  else if (hostOrigin !== undefined && hostOrigin !== framed.hostOrigin) {
    throw new TypeError('createHost: this page has had a console of another hostOrigin; call reset() before');
  }
}

/** Reads the timers when they are needed, because they may be fake by then. */
function later(run, ms) {
  const { clearTimeout, setTimeout } = globalThis;
  const timer = setTimeout(run, ms);
  return () => clearTimeout(timer);
}
