// The entry `juzi-helper-wasm/testing`: a simulated console, for tests of a sidebar page.
import { createHost as createConsole, frameWindow, sidebarUrl } from 'juzi:host';

export { HOLD, NO_FAULTS, SILENT, frameWindow, sidebarUrl } from 'juzi:host';

/**
 * The window of a simulated DOM with a console as its parent. It stays for the window's lifetime: the helper starts once and keeps
 * the parent that it found.
 */
const consoles = new WeakMap();

export function createHost(options = {}) {
  if (options.frame || options.target) return createConsole(options);
  const page = globalThis.window;
  if (!page || globalThis.process?.versions?.node === undefined) {
    throw new TypeError('createHost: `frame` is required: the iframe with the page (without one, a DOM simulated in Node)');
  }
  if (!/^https?:$/.test(page.location.protocol)) {
    throw new TypeError(`createHost: the page needs an http or https address, not ${page.location.href}; set jsdom's \`url\``);
  }
  if (!consoles.has(page)) consoles.set(page, frameWindow(page));
  const { window, target } = consoles.get(page);
  const host = createConsole({ ...options, window, target });
  page.history.replaceState(page.history.state, '', sidebarUrl(page.location.href, { mode: host.mode, chat: host.current }));
  return host;
}
