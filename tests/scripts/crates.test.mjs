/** The check of the crates reports each broken rule. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { parse } from 'smol-toml';
import { findings, readCrates } from '../../scripts/check-crates.mjs';

const policy = parse(readFileSync(new URL('../../deny.toml', import.meta.url), 'utf8'));
const CRATES_IO = 'registry+https://github.com/rust-lang/crates.io-index';
const crate = (other) => ({ name: 'one', version: '1.0.0', license: 'MIT', source: CRATES_IO, dependencies: [], ...other });

for (const [what, other, found] of [
  ['nothing', {}, undefined],
  ['one of its licences is allowed', { license: 'GPL-3.0-only OR MIT' }, undefined],
  ['an old crate separates them with a slash', { license: 'MIT/Apache-2.0' }, undefined],
  ['an exception is for its crate', { name: 'ring', license: 'Apache-2.0 AND ISC' }, undefined],
  ['an exception is for no other crate', { license: 'Apache-2.0 AND ISC' }, /Apache-2.0 AND ISC/],
  ['a licence is not allowed', { license: 'GPL-3.0-only' }, /GPL-3.0-only/],
  ['one of two that both apply is not allowed', { license: 'MIT AND GPL-3.0-only' }, /GPL-3.0-only/],
  ['no licence', { license: null }, /names no licence/],
  ['a repository', { source: 'git+https://example.com/one' }, /git\+https:\/\/example.com\/one/],
  ['a crate that is banned', { name: 'openssl-sys' }, /TLS/],
  ['any version', { source: null, dependencies: [{ name: 'two', req: '*' }] }, /any version of two/],
  ['a crate of the workspace', { source: null, dependencies: [{ name: 'two', req: '*', path: '/two' }] }, undefined],
])
  test(what, () => {
    const lines = findings(policy, [crate(other)]);
    assert.equal(lines.length, found ? 1 : 0, lines.join('\n'));
    if (found) assert.match(lines[0], found);
  });

test('a rule that the check does not know is reported, not skipped', () => {
  assert.match(findings({ ...policy, licenses: { ...policy.licenses, unlicensed: 'deny' } }, [])[0], /unlicensed/);
});

test('it reads the crates of the whole workspace', () => {
  const names = readCrates().map(({ name }) => name);
  for (const name of ['juzi-helper', 'juzi-hub', 'juzi-workbench', 'juzi-e2e', 'axum', 'thirtyfour', 'wasm-bindgen'])
    assert.ok(names.includes(name), name);
});
