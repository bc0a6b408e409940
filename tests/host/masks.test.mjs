/** What the plugin's log shows of a request, by the table that also tests the workbench's log (hub/src/log/mask.rs). */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { maskAddress, maskPath, maskQuery, maskSecret } from '../../pkg-template/src/vite/mask.js';

const table = JSON.parse(readFileSync(new URL('../vectors/masks.json', import.meta.url), 'utf8'));
const masks = { secret: maskSecret, path: maskPath, address: maskAddress, query: (text) => maskQuery(new URLSearchParams(text)) };

for (const [name, mask] of Object.entries(masks)) {
  test(`each ${name} is shown as the table says`, () => {
    assert.ok(table[name].length > 5);
    for (const [given, shown] of table[name]) assert.deepEqual(mask(given), shown, JSON.stringify(given));
  });
}

test('there are limits', () => {
  assert.equal(masks.query('a=1&'.repeat(100)).length, 20);
  assert.equal(masks.query(`${'n'.repeat(100)}=1`)[0][0].length, 65);
  assert.equal(maskPath('/a'.repeat(500)).length, 257);
});
