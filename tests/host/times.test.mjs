/** Times in the words of people, and addresses as people type them. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { shortTime, span } from '../../www/console/times.js';
import { addressOf } from '../../www/console/sidebar/address-bar.js';

test('yesterday is decided by the calendar, not by hours', () => {
  const now = new Date(2026, 10, 24, 0, 30).getTime();
  const at = (...parts) => new Date(2026, 10, ...parts).getTime();
  assert.equal(shortTime(at(24, 0, 5), 'en-GB', now), '00:05');
  assert.equal(shortTime(at(23, 23, 59), 'en-GB', now), 'Yesterday');
  assert.equal(shortTime(at(23, 0, 1), 'zh-CN', now), '昨天');
  assert.equal(shortTime(at(22, 12), 'en-GB', now), 'Sun');
  assert.equal(shortTime(at(3, 12), 'en-GB', now), '3 Nov');
});

test('durations are short', () => {
  assert.deepEqual([null, 0.36, 12.4, 1500, 15_000, 300_000].map(span), ['', '0.4 ms', '12 ms', '1500 ms', '15.0 s', '5 min']);
});

test('an address needs no scheme, and search terms are not an address', () => {
  const cases = [
    ['localhost:5173', 'http://localhost:5173/'],
    ['localhost/app?a=1', 'http://localhost/app?a=1'],
    ['devbox:8080/x', 'http://devbox:8080/x'],
    ['127.0.0.1:80', 'http://127.0.0.1/'],
    ['[::1]:3000', 'http://[::1]:3000/'],
    ['page.example', 'http://page.example/'],
    ['https://page.example/#a', 'https://page.example/#a'],
    ['no address', null],
    ['word', null],
    ['javascript:alert(1)', null],
    ['file:///etc/passwd', null],
    ['', null],
  ];
  for (const [typed, meant] of cases) assert.equal(addressOf(typed), meant, typed);
});
