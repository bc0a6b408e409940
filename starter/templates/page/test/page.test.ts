import { createHost, type Host, reset } from 'juzi-helper-wasm/testing';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { mount } from './mount.ts';

const ZHOU = { id: 'zhou', name: 'Zhou', type: 0, external: true } as const;
const CLUB = { id: 'club', name: 'Coffee club', type: 1, external: true } as const;

let host: Host;
let root: HTMLElement;
let unmount: () => void;
// @server
/** What the page's server answers about the user. */
let answerUser: () => Response;
// @end

beforeEach(() => {
  root = document.createElement('div');
  // @server
  answerUser = () => Response.json({ userId: 'GuYan' });
  vi.stubGlobal('fetch', async () => answerUser());
  // @end
});
afterEach(() => {
  unmount();
  reset();
  vi.unstubAllGlobals();
});

const text = (selector: string) => root.querySelector(selector)?.textContent ?? '';
/** Waits until an element has this text. */
const shows = (selector: string, part: string) => vi.waitFor(() => expect(text(selector)).toContain(part), 4_000);
const buttonNamed = (name: string) => [...root.querySelectorAll('button')].find((it) => it.textContent === name && !it.disabled);
const click = (name: string) => vi.waitFor(() => expect(buttonNamed(name)).toBeTruthy(), 4_000).then(() => buttonNamed(name)?.click());

function startConsole() {
  host = createHost({ chats: [{ id: 'lin', name: 'Lin', type: 0, externalUserId: 'wmLin' }, ZHOU, CLUB] });
}

/** Shows the page in the console's sidebar, beside the conversation with Lin. */
async function open() {
  startConsole();
  unmount = mount(root);
  await shows('h1', 'Lin');
}

/** Switches while the console does not answer. Returns the page's question about the conversation. */
async function switchSlowlyTo(id: string) {
  host.hold('getCurChatInfo', { times: 1 });
  const asked = host.nextCall('getCurChatInfo');
  await host.switchTo(id);
  return asked;
}

test('greets the contact', async () => {
  await open();
  const asked = host.nextCall('sendChatMessage');
  await click('Greet');
  expect((await asked).params).toEqual({ msgtype: 'text', text: { content: 'Hello Lin' } });
  await shows('[role=status]', 'Sent.');
});

test('says why the console refused', async () => {
  await open();
  host.fail('sendChatMessage', 'no permission');
  await click('Greet');
  await shows('[role=status]', 'no permission');
});

test('follows the agent to another conversation', async () => {
  await open();
  await click('Greet');
  await shows('[role=status]', 'Sent.');
  await host.switchTo('club');
  await shows('h1', 'Coffee club');
  // What was sent belongs to the other conversation.
  expect(text('[role=status]')).toBe('');
});

test('a slow answer: shows that it is loading, and neither shows nor greets the former contact', async () => {
  await open();
  const call = await switchSlowlyTo('club');
  await shows('[role=status]', 'Loading…');
  expect(text('h1')).toBe('');
  expect(buttonNamed('Greet')).toBeUndefined();
  call.proceed();
  await shows('h1', 'Coffee club');
});

test('a late answer: does not show the contact of a conversation that was left', async () => {
  await open();
  const late = await switchSlowlyTo('zhou');
  await host.switchTo('club');
  await shows('h1', 'Coffee club');
  late.answer(ZHOU);
  // The page has received the late answer before that to its message.
  await click('Greet');
  await shows('[role=status]', 'Sent.');
  expect(text('h1')).toBe('Coffee club');
  expect(host.callsTo('sendChatMessage').map(({ params }) => params.text.content)).toEqual(['Hello Coffee club']);
});

test('a switch: sends nothing into another conversation, even if the console has not reported it', async () => {
  await open();
  // The page reads the conversation before it posts its message. By then the agent has opened another one.
  host.answer('getCurChatInfo', CLUB, { times: 1 });
  await click('Greet');
  await shows('[role=status]', 'conversation changed');
  expect(host.callsTo('sendChatMessage')).toHaveLength(0);
});

test('a conversation that cannot be read: says why, and tries again', async () => {
  startConsole();
  host.fail('getCurChatInfo', 'no permission');
  unmount = mount(root);
  await shows('[role=alert]', 'no permission');
  host.restore();
  await click('Try again');
  await shows('h1', 'Lin');
  expect(text('[role=alert]')).not.toContain('no permission');
});

test('a helper that cannot start: says why, and tries again', async () => {
  startConsole();
  vi.stubGlobal('WebAssembly', undefined);
  unmount = mount(root);
  await shows('[role=alert]', 'WebAssembly');
  vi.unstubAllGlobals();
  // @server
  vi.stubGlobal('fetch', async () => answerUser());
  // @end
  await click('Try again');
  await shows('h1', 'Lin');
});

test('outside the console: says where to open it', async () => {
  unmount = mount(root);
  await shows('[role=alert]', 'Open this page in the sidebar');
  expect(buttonNamed('Greet')).toBeUndefined();
});
// @server

test('shows the user', async () => {
  await open();
  await shows('#user', 'Logged in as GuYan');
});

test('leads to the login if nobody is logged in', async () => {
  answerUser = () => new Response('null', { status: 401 });
  await open();
  await shows('#user', 'Log in');
  expect(root.querySelector('#user a')?.getAttribute('href')).toMatch(/^\/api\/login\?to=/);
});

test('a server that fails: says so, and tries again', async () => {
  answerUser = () => new Response('', { status: 500 });
  await open();
  await vi.waitFor(() => expect(root.textContent).toContain('the server answered 500'), 4_000);
  answerUser = () => Response.json({ userId: 'GuYan' });
  await click('Try again');
  await shows('#user', 'Logged in as GuYan');
});
// @end
