import { StrictMode, createElement as h, useState } from 'react';
import { flushSync } from 'react-dom';
import { createRoot } from 'react-dom/client';
import { JuziProvider, useConversation, useJuzi, useSendMessage } from 'juzi-helper-wasm/react';
import { following } from './following.js';

const seen = [];
let latest;
let setShown;
let root;

function Watcher() {
  const { state, error: helperError, retry } = useJuzi();
  const { pending, error: sendError, send } = useSendMessage();
  latest = { ...useConversation(), state, helperError, retry, pending, sendError, send };
  seen.push(latest);
  return h('p', null, latest.conversation?.name ?? '-');
}
function App() {
  const [shown, set] = useState(true);
  setShown = set;
  return shown && h(Watcher);
}

following({
  seen,
  latest: () => latest,
  mount(options) {
    root = createRoot(document.createElement('main'));
    flushSync(() => root.render(h(StrictMode, null, h(JuziProvider, { options }, h(App)))));
  },
  unmount() {
    root?.unmount();
    root = undefined;
  },
  show: () => flushSync(() => setShown(true)),
  hide: () => flushSync(() => setShown(false)),
});
