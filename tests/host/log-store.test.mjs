/** The inspector's log: bounded, filtered, and exported completely. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createRing, exportLog, NO_FILTER, passes } from '../../www/console/log-store.js';

const entry = { api: 'sendChatMessage', direction: 'in', outcome: 'ok', reqId: 'Abc-1' };

test('a filter shows what matches all of it', () => {
  const cases = [
    [{}, true],
    [{ text: 'sendchat' }, true], [{ text: ' ABC ' }, true], [{ text: 'preview' }, false],
    [{ api: 'sendChatMessage' }, true], [{ api: 'sendChat' }, false],
    [{ direction: 'out' }, false], [{ outcome: 'fail' }, false],
    [{ api: 'sendChatMessage', direction: 'in', outcome: 'ok', text: '1' }, true],
  ];
  for (const [some, expected] of cases) assert.equal(passes(entry, { ...NO_FILTER, ...some }), expected, JSON.stringify(some));
  assert.equal(passes({ ...entry, api: '', reqId: null }, { ...NO_FILTER, text: 'null' }), false);
});

test('a long log lets its oldest entries go and says how many', () => {
  const ring = createRing(100);
  for (let i = 0; i < 1000; i++) ring.add(i);
  assert.ok(ring.items.length >= 100 && ring.items.length <= 110);
  assert.equal(ring.items.at(-1), 999);
  assert.equal(ring.dropped + ring.items.length, 1000);
  ring.clear();
  assert.deepEqual([ring.items.length, ring.dropped], [0, 0]);
});

test('an export holds whatever a message can hold', () => {
  const cycle = { name: 'c' };
  cycle.self = cycle;
  const shared = { s: 1 };
  const text = exportLog({
    messages: [{ ...entry, at: 0, payload: { big: 10n, none: undefined, nan: Number.NaN, cycle, map: new Map([['k', 1]]), twice: [shared, shared] } }],
    ignored: [{ at: 0, reason: 'type', payload: 'x' }],
    about: { page: 'http://p/' },
  });
  const { page, messages, ignored } = JSON.parse(text);
  assert.equal(page, 'http://p/');
  assert.equal(messages[0].time, '1970-01-01T00:00:00.000Z');
  assert.deepEqual(messages[0].payload, { big: '10n', none: '[undefined]', nan: '[NaN]', cycle: { name: 'c', self: '[circular]' }, map: [['k', 1]], twice: [{ s: 1 }, { s: 1 }] });
  assert.equal(ignored[0].reason, 'type');
});
