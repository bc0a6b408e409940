// The contract of a store: what Svelte, Solid and RxJS ask of one, and what a page may do with one.
import { from } from 'solid-js';
import { get as read, derived } from 'svelte/store';
import { Observable } from 'rxjs';
import { afterEach, expect, test, vi } from 'vitest';
import { createHost, reset } from 'juzi-helper-wasm/testing';
import { createJuzi } from 'juzi-helper-wasm/store';

afterEach(reset);
const becomes = (check) => vi.waitFor(check, { timeout: 20_000, interval: 5 });
const opened = () => {
  createHost({ contact: { externalUserId: 'wmA', name: 'Lin' } });
  return createJuzi();
};

test('a listener gets the state at once, then each change, in order, and after its end nothing', async () => {
  const { helper, start } = opened();
  const told = [];
  const end = helper.subscribe((value) => told.push(value));
  expect(told).toEqual([helper.get()]);
  await start();
  expect(told.map(({ state }) => state)).toEqual(['loading', 'ready']);
  expect(told[1]).toBe(helper.get());
  end();
  end();
  reset();
  expect(told).toHaveLength(2);
});

test('one function may subscribe twice, and each end is of one subscription', async () => {
  const { helper, start } = opened();
  const listener = vi.fn();
  const ends = [helper.subscribe(listener), helper.subscribe(listener)];
  ends[0]();
  ends[0]();
  await start();
  expect(listener.mock.calls.map(([{ state }]) => state)).toEqual(['loading', 'loading', 'ready']);
});

test('a listener that another one ends is not told any more', async () => {
  const { helper, start } = opened();
  const second = vi.fn();
  let end = () => {};
  helper.subscribe(({ state }) => state === 'ready' && end());
  end = helper.subscribe(second);
  await start();
  expect(second).toHaveBeenCalledTimes(1);
});

test('what a listener throws is reported, and the others are told', async () => {
  const { conversation } = opened();
  const reported = [];
  const report = (error) => reported.push(error.message);
  const others = process.listeners('uncaughtException');
  process.removeAllListeners('uncaughtException');
  process.on('uncaughtException', report);
  try {
    conversation.subscribe(({ conversation: open }) => {
      throw new Error(open ? open.name : 'nobody');
    });
    await becomes(() => expect([conversation.get().loading, conversation.get().conversation?.name]).toEqual([false, 'Lin']));
    await new Promise((resolve) => setTimeout(resolve));
  } finally {
    process.removeListener('uncaughtException', report);
    for (const listener of others) process.on('uncaughtException', listener);
  }
  expect([reported[0], reported.at(-1)]).toEqual(['nobody', 'Lin']);
});

test('it is a readable store of Svelte, and Solid and RxJS read it', async () => {
  const { helper, conversation } = opened();
  expect(read(helper)).toBe(helper.get());
  const name = derived([helper, conversation], ([{ state }, { conversation: open }]) => `${state} ${open?.name}`);
  const names = [];
  name.subscribe((value) => names.push(value));
  expect(names).toEqual(['loading undefined']);
  const state = from(conversation);
  expect(state()).toBe(conversation.get());
  const received = [];
  new Observable((subscriber) => conversation.subscribe((value) => subscriber.next(value))).subscribe((value) => received.push(value));
  await becomes(() => expect(names.at(-1)).toBe('ready Lin'));
  expect([state(), received.at(-1)]).toEqual([conversation.get(), conversation.get()]);
});
