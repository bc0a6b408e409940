// How the console detects that a page reloads itself, and that it does so in a loop.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createLoadCount, LOOP } from '../../www/console/sidebar/load-count.js';

/** The result of each load at these times. */
const told = (count, times) => times.map((at) => count.loaded(at));

test('five loads in ten seconds are a loop', () => {
  const count = createLoadCount();
  count.byConsole();
  assert.deepEqual(
    told(count, [0, 1_000, 2_000, 3_000, 9_999]).map(({ again, looping }) => [again, looping]),
    [
      [false, false],
      [true, false],
      [true, false],
      [true, false],
      [true, true],
    ],
  );
});

test('slower loads are no loop, and neither are the console’s own', () => {
  const slow = createLoadCount();
  slow.byConsole();
  const times = Array.from({ length: 20 }, (_, i) => (i * LOOP.ms) / (LOOP.loads - 1));
  assert.ok(told(slow, times).every(({ looping }) => !looping));
  const user = createLoadCount();
  for (let at = 0; at < 1_000; at += 10) {
    user.byConsole();
    assert.deepEqual(user.loaded(at), { again: false, looping: false });
  }
});

test('a call of another document tells of a load before its event does, once', () => {
  const count = createLoadCount();
  count.byConsole();
  assert.equal(count.called('juzi-11-1'), false, 'the first document');
  assert.equal(count.called('juzi-11-2'), false);
  assert.equal(count.loaded(0).again, false);
  assert.equal(count.called('juzi-22-1'), true);
  assert.equal(count.called('juzi-22-2'), false);
  assert.equal(count.loaded(1).again, false, 'its event');
  assert.equal(count.loaded(2).again, true, 'a load without a call');
  assert.equal(count.called('another helper’s'), false);
  count.byConsole();
  assert.equal(count.called('juzi-33-1'), false, 'the console’s own');
  assert.equal(count.loaded(3).again, false);
});
