// A page that follows the conversation, with a console that answers slowly for one and quickly for the next. `pages.js` has the pages.
import { afterEach, expect, test, vi } from 'vitest';
import { createHost, reset } from 'juzi-helper-wasm/testing';
import { pages } from './pages.js';

const CHATS = ['Lin', 'Zhou', 'Shen'].map((name) => ({
  id: name.toLowerCase(),
  name,
  type: 0,
  external: true,
  externalUserId: `wm${name}`,
  wxUserId: `wm${name}`,
}));
const becomes = (check) => vi.waitFor(check, { timeout: 20_000, interval: 5 });
/** Waits until everything posted so far has arrived and has been rendered. */
const settled = async () => {
  for (let i = 0; i < 10; i++) await new Promise((resolve) => setTimeout(resolve));
};

let root;
let stop;
async function opened(mount) {
  const host = createHost({ chats: CHATS });
  root = document.body.appendChild(document.createElement('div'));
  stop = await mount(root);
  await becomes(() => expect(root.textContent).toContain('Lin'));
  // The first calls have ended, so later calls are about a switch.
  await becomes(() => expect(host.calls.filter(({ state }) => state === 'pending')).toEqual([]));
  await becomes(() => expect(host.authorized).toBe(true));
  return host;
}
afterEach(async () => {
  await stop?.();
  root.remove();
  reset();
});

const buttons = () => [...root.querySelectorAll('button')];
const sends = (host) => host.calls.filter(({ api }) => api.startsWith('send'));
/** Switches while the console does not answer, and returns the calls that wait. */
async function switchedSlowly(host, id) {
  host.hold('getCurChatInfo');
  await host.switchTo(id);
  const waiting = () => host.calls.filter(({ api, state }) => api === 'getCurChatInfo' && state === 'pending');
  await becomes(() => expect(waiting()).not.toEqual([]));
  await settled();
  return waiting();
}

for (const { name, mount, greets, asksAgain } of pages) {
  test(`${name}: a late answer is not shown`, async () => {
    const host = await opened(mount);
    const late = await switchedSlowly(host, 'zhou');
    expect(root.textContent).not.toContain('Lin');
    expect(buttons().filter(({ disabled }) => !disabled)).toEqual([]);
    host.restore('getCurChatInfo');
    await host.switchTo('shen');
    // The page asks about the new conversation at once, while the older call still waits.
    await becomes(() => expect(root.textContent).toContain('Shen'));
    for (const call of late) call.answer(CHATS[1]);
    await settled();
    expect(root.textContent).toContain('Shen');
    expect(root.textContent).not.toContain('Zhou');
    if (!greets) return;
    const sent = [];
    host.on('sent', ({ chat }) => sent.push(chat.id));
    buttons()[0].click();
    await becomes(() => expect(sent).toEqual(['shen']));
    expect(JSON.stringify(sends(host).at(-1).params)).not.toMatch(/Lin|Zhou/);
  });

  if (asksAgain) {
    test(`${name}: while the console still reports the previous conversation, that is not shown`, async () => {
      const host = await opened(mount);
      host.setFaults({ staleMs: 600_000 });
      const asked = host.callsTo('getCurChatInfo').length;
      await host.switchTo('zhou');
      // The page has received an answer about the previous conversation, and asks again.
      await becomes(() => expect(host.callsTo('getCurChatInfo').length).toBeGreaterThan(asked + 1));
      await settled();
      expect(root.textContent).not.toContain('Lin');
      expect(buttons().filter(({ disabled }) => !disabled)).toEqual([]);
      host.setFaults({ staleMs: 0 });
      await becomes(() => expect(root.textContent).toContain('Zhou'));
    });
  }

  if (greets) {
    test(`${name}: a message goes to the conversation that is shown, or to none`, async () => {
      const host = await opened(mount);
      // The user has switched, and the page does not know it yet.
      host.setMode('reload');
      host.setChats([CHATS[1]]);
      expect(host.current.id).toBe('zhou');
      const before = root.textContent;
      buttons()[0].click();
      // The page reports this, or has noticed the switch and shows the other conversation.
      await becomes(() => expect(root.textContent).not.toBe(before));
      await becomes(() => expect(host.calls.filter(({ state }) => state === 'pending')).toEqual([]));
      await settled();
      expect(sends(host)).toEqual([]);
    });
  }
}
