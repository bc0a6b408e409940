// React 19 alone: a part of the page that is hidden and shown again by <Activity>, whose markup and state stay meanwhile.
import { Activity, createElement as h, memo, useState } from 'react';
import { flushSync } from 'react-dom';
import { createRoot } from 'react-dom/client';
import { expect, test, vi } from 'vitest';
import { juziWx } from 'juzi-helper-wasm';
import { JuziProvider, useConversation } from 'juzi-helper-wasm/react';
import { createHost, reset } from 'juzi-helper-wasm/testing';

test('a hidden part that is shown again after a switch never shows the former conversation', async () => {
  const host = createHost({ contact: { id: 'lin', name: 'Lin' }, chats: [{ id: 'bo', name: 'Bo' }] });
  const page = document.body.appendChild(document.createElement('main'));
  const root = createRoot(page);
  let setMode;
  const Name = memo(() => h('p', null, useConversation().conversation?.name ?? '-'));
  function App() {
    const [mode, set] = useState('visible');
    setMode = set;
    return h(Activity, { mode }, h(Name));
  }
  const becomes = (text) => vi.waitFor(() => expect(page.textContent).toBe(text), { timeout: 20_000, interval: 5 });
  root.render(h(JuziProvider, null, h(App)));
  await becomes('Lin');
  flushSync(() => setMode('hidden'));
  await host.switchTo('bo');
  // This is answered after the push, so the push has arrived.
  await juziWx.getCurExternalContact();
  host.hold('getCurChatInfo', { times: 1 });
  const asked = host.nextCall('getCurChatInfo');
  // A browser may paint after every change, before React runs its passive effects.
  const shown = [];
  const look = () => page.firstChild.style.display !== 'none' && shown.push(page.textContent);
  const observer = new MutationObserver(look);
  observer.observe(page, { subtree: true, attributes: true, childList: true, characterData: true });
  setMode('visible');
  (await asked).proceed();
  await becomes('Bo');
  expect(shown[0]).toBe('-');
  expect(shown).not.toContain('Lin');
  observer.disconnect();
  root.unmount();
  reset();
  page.remove();
});
