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
