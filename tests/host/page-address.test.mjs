/** The address of a page as people type it: the same table as for the command line. */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { pageAddress } from '../../www/lib/page-address.js';

const cases = JSON.parse(await readFile(new URL('../vectors/page-addresses.json', import.meta.url), 'utf8'));

test('an address is understood as on the command line', () => {
  for (const { given, url } of cases) assert.equal(pageAddress(given), url, JSON.stringify(given));
});
