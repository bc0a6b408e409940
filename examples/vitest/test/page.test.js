import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createHost, reset } from 'juzi-helper-wasm/testing';
import { start } from '../src/page.js';

let host;
let root;

beforeEach(async () => {
  host = createHost({
    contact: { id: 'lin', name: 'Lin', externalUserId: 'wmLin' },
    chat: { id: 'club', name: 'Coffee club', chatId: 'wrClub' },
  });
  root = document.createElement('main');
  await start(root);
});
afterEach(() => {
  vi.useRealTimers();
  // Gives the next test its own console, helper and options.
  reset();
});

const greet = () => root.querySelector('button').click();
const status = () => root.querySelector('[role=status]').textContent;

test('shows the contact', () => {
  expect(root.querySelector('h1').textContent).toBe('Lin');
});

test('sends the greeting', async () => {
  greet();
  const { params } = await host.nextCall('sendChatMessage');
  expect(params).toEqual({ msgtype: 'text', text: { content: 'Hello Lin' } });
  await vi.waitFor(() => expect(status()).toBe('Sent'));
});

test('says why the console refused', async () => {
  host.fail('sendChatMessage', 'no permission');
  greet();
  await vi.waitFor(() => expect(status()).toBe('Not sent: sendChatMessage:fail no permission'));
});

test('follows the agent to another conversation', async () => {
  await host.switchTo('club');
  await vi.waitFor(() => expect(root.querySelector('h1').textContent).toBe('Coffee club'));
});

test('waits while the console thinks', async () => {
  host.hold('sendChatMessage');
  greet();
  const call = await host.nextCall('sendChatMessage');
  expect(status()).toBe('');
  call.answer();
  await vi.waitFor(() => expect(status()).toBe('Sent'));
});

test('answers of the test come before the console’s own', async () => {
  host.answer('getCurChatInfo', () => ({ id: 'x', name: 'Somebody else', type: 0, external: true }), { times: 1 });
  await host.push();
  await vi.waitFor(() => expect(root.querySelector('h1').textContent).toBe('Somebody else'));
});

test('says that the console does not answer', async () => {
  host.silence('sendChatMessage');
  vi.useFakeTimers();
  greet();
  // The page asks which conversation is open before it sends.
  await vi.waitFor(() => expect(host.callsTo('sendChatMessage')).toHaveLength(1));
  await vi.advanceTimersByTimeAsync(60_000);
  expect(status()).toBe('Not sent: sendChatMessage:fail timeout');
});
