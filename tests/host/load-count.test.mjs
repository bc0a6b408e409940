// How the console tells that a page loads itself again, and that it never ends.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createLoadCount, LOOP } from '../../www/console/sidebar/load-count.js';

/** What each load at these times is told to be. */
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

test('slower loads are none, and neither are those of the console', () => {
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
