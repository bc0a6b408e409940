import { JuziProvider } from 'juzi-helper-wasm/react';
import { createHost } from 'juzi-helper-wasm/testing';
import { createRoot } from 'react-dom/client';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Page } from '../src/Page.jsx';

let host;
let root;
let unmount;

beforeEach(async () => {
  // @server
  vi.stubGlobal('fetch', async () => Response.json({ userId: 'GuYan' }));
  // @end
  host = createHost({
    contact: { id: 'lin', name: 'Lin', externalUserId: 'wmLin' },
    chat: { id: 'club', name: 'Coffee club', chatId: 'wrClub' },
  });
  root = document.createElement('div');
  const react = createRoot(root);
  react.render(
    <JuziProvider>
      <Page />
    </JuziProvider>,
  );
  unmount = () => react.unmount();
  await shows('h1', 'Lin');
});
afterEach(() => {
  unmount();
  host.destroy();
  vi.unstubAllGlobals();
});

/** Waits until an element has this text. */
const shows = (selector, text) => vi.waitFor(() => expect(root.querySelector(selector)?.textContent).toContain(text), 4_000);
const greet = () => root.querySelector('button').click();
const status = '[role=status]';

test('greets the contact', async () => {
  greet();
  const { params } = await host.nextCall('sendChatMessage');
  expect(params).toEqual({ msgtype: 'text', text: { content: 'Hello Lin' } });
  await shows(status, 'Sent.');
});

test('says why the console refused', async () => {
  host.fail('sendChatMessage', 'no permission');
  greet();
  await shows(status, 'no permission');
});

test('follows the agent to another conversation', async () => {
  await host.switchTo('club');
  await shows('h1', 'Coffee club');
});

test('sends nothing while no conversation is known', async () => {
  host.hold('getCurChatInfo', { times: 1 });
  const asked = host.nextCall('getCurChatInfo');
  await host.switchTo('club');
  const call = await asked;
  await shows('h1', '…');
  expect(root.querySelector('button').disabled).toBe(true);
  call.proceed();
  await shows('h1', 'Coffee club');
  expect(root.querySelector('button').disabled).toBe(false);
});

test('sends nothing into another conversation, even if the console has not reported the switch', async () => {
  // The page reads the conversation before it posts its message. By then the agent has opened another one.
  host.answer('getCurChatInfo', { id: 'club', name: 'Coffee club', type: 1, external: true }, { times: 1 });
  greet();
  await shows(status, 'conversation changed');
  expect(host.callsTo('sendChatMessage')).toHaveLength(0);
});
// @server

test('shows the user', async () => {
  await shows('#user', 'Logged in as GuYan');
});
// @end
