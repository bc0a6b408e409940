// Which calls may be the user's: those of a page that has the focus and has finished what it does by itself.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { watchUserActivity } from '../../www/console/sidebar/user-activity.js';

function stage(contentDocument) {
  const listeners = new Map();
  const frame = { contentDocument, addEventListener: (name, run) => listeners.set(`frame ${name}`, run) };
  const from = { time: 0, focused: frame };
  const host = { on: (name, run) => listeners.set(name, run) };
  const activity = watchUserActivity(host, frame, { now: () => from.time, focused: () => from.focused });
  return { activity, from, emit: (name) => listeners.get(name)(), mayBe: (at) => ((from.time = at), activity.mayBeUsers()) };
}

test('in a page of another origin, a call may be the user’s when the page was calm and has the focus', () => {
  const { activity, from, emit, mayBe } = stage(null);
  assert.equal(mayBe(500), false, 'it starts');
  assert.equal(mayBe(1_499), false, 'it still does');
  assert.equal(mayBe(2_499), true);
  for (const again of [() => emit('load'), () => emit('push'), () => emit('frame load'), activity.restart]) {
    again();
    assert.equal(mayBe(from.time + 999), false);
    assert.equal(mayBe(from.time + 1_000), true);
  }
  from.focused = null;
  assert.equal(mayBe(from.time + 5_000), false);
});

test('in a page that can be read, a call may be the user’s after an act', () => {
  const { activity, emit, mayBe } = stage({});
  assert.equal(mayBe(60_000), false);
  activity.acted();
  assert.equal(mayBe(60_001), true);
  emit('push');
  assert.equal(mayBe(90_000), false);
});
