// The entry `juzi-helper-wasm/dev` where bundlers build for development: a page outside any console gets a console of its own, in the
// page itself, and a panel to operate it. For production the entry is dev-off.js, which is empty.
import { CHATS, language } from './dev-strings.js';
import { showPanel } from './dev-panel.js';
import { currentKit, isSimulated, offerKit, settleOrigin } from './kit-link.js';
import { checkNames, createHost, frameWindow, sidebarUrl } from './kit.js';

/** Only in a browser (a test in jsdom has its own console), outside a frame and WeCom, and only once. */
const isWanted = () => {
  if (typeof window != 'object' || typeof document != 'object' || isSimulated() || currentKit()) return false;
  return window.parent === window && !/micromessenger|wxwork/i.test(navigator.userAgent);
};

const start = () => {
  let origin = 'https://console.juzibot.com';
  // The page's options decide which console it talks to. So this one takes an origin that they allow.
  offerKit({
    attach({ options: given }) {
      const settled = settleOrigin(given, origin);
      ({ origin } = settled);
      return settled.options;
    },
  });
  const framed = frameWindow(window, { hostOrigin: () => origin });
  const host = checkNames(createHost({ ...framed, chats: CHATS[language()] }));
  history.replaceState(history.state, '', sidebarUrl(location.href, { mode: host.mode, chat: host.current }));
  const show = () => showPanel(host);
  if (document.body) show();
  else document.addEventListener('DOMContentLoaded', show, { once: true });
  return host;
};

export const host = isWanted() ? start() : undefined;
