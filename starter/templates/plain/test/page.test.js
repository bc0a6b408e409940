import { createHost } from 'juzi-helper-wasm/testing';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { start } from '../src/page.js';

let host;
let root;
let stop;

beforeEach(async () => {
  // @server
  vi.stubGlobal('fetch', async () => Response.json({ userId: 'GuYan' }));
  // @end
  host = createHost({
    contact: { id: 'lin', name: 'Lin', externalUserId: 'wmLin' },
    chat: { id: 'club', name: 'Coffee club', chatId: 'wrClub' },
  });
  root = document.createElement('main');
  stop = await start(root);
});
afterEach(() => {
  stop();
  host.destroy();
  vi.unstubAllGlobals();
});

const greet = () => root.querySelector('button').click();
const status = () => root.querySelector('[role=status]').textContent;

test('greets the contact', async () => {
  greet();
  const { params } = await host.nextCall('sendChatMessage');
  expect(params).toEqual({ msgtype: 'text', text: { content: 'Hello Lin' } });
  await vi.waitFor(() => expect(status()).toBe('Sent.'), 4_000);
});

test('says why the console refused', async () => {
  host.fail('sendChatMessage', 'no permission');
  greet();
  await vi.waitFor(() => expect(status()).toContain('no permission'), 4_000);
});

test('follows the agent to another conversation', async () => {
  await host.switchTo('club');
  await vi.waitFor(() => expect(root.querySelector('h1').textContent).toBe('Coffee club'), 4_000);
});
// @server

test('shows the user', async () => {
  await vi.waitFor(() => expect(root.querySelector('#user').textContent).toBe('Logged in as GuYan'), 4_000);
});
// @end
