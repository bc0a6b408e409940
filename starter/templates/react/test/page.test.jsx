import { JuziProvider } from 'juzi-helper-wasm/react';
import { createHost } from 'juzi-helper-wasm/testing';
import { act } from 'react';
import { createRoot } from 'react-dom/client';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Page } from '../src/Page.jsx';

globalThis.IS_REACT_ACT_ENVIRONMENT = true;
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
  await act(() => react.render(<JuziProvider><Page /></JuziProvider>));
  unmount = () => act(() => react.unmount());
  await shows('h1', 'Lin');
});
afterEach(async () => {
  await unmount();
  host.destroy();
  vi.unstubAllGlobals();
});

/** Waits until an element has this text. */
const shows = (selector, text) => vi.waitFor(async () => {
  await act(() => new Promise((resolve) => setTimeout(resolve)));
  expect(root.querySelector(selector)?.textContent).toContain(text);
});
const greet = () => act(() => root.querySelector('button').click());
const status = '[role=status]';

test('greets the contact', async () => {
  await greet();
  const { params } = await host.nextCall('sendChatMessage');
  expect(params).toEqual({ msgtype: 'text', text: { content: 'Hello Lin' } });
  await shows(status, 'Sent.');
});

test('says why the console refused', async () => {
  host.fail('sendChatMessage', 'no permission');
  await greet();
  await shows(status, 'no permission');
});

test('follows the agent to another conversation', async () => {
  await host.switchTo('club');
  await shows('h1', 'Coffee club');
});
// @server

test('shows the user', async () => {
  await shows('#user', 'Logged in as GuYan');
});
// @end
