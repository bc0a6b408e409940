// Drafts in a browser's storage, which may be damaged, full or missing.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createDrafts } from '../playground/drafts.mjs';

const SOURCE = { html: '<p>', script: 'a();' };

function storage() {
  const kept = new Map();
  return {
    kept,
    getItem: (name) => kept.get(name) ?? null,
    setItem: (name, value) => kept.set(name, value),
    removeItem: (name) => kept.delete(name),
  };
}

test('a draft is kept by its name, until it is removed', () => {
  const kept = storage();
  const drafts = createDrafts(() => kept);
  assert.equal(drafts.read('en.start'), null);
  drafts.write('en.start', SOURCE);
  assert.deepEqual(drafts.read('en.start'), SOURCE);
  assert.equal(drafts.read('zh.start'), null);
  drafts.remove('en.start');
  assert.equal(drafts.read('en.start'), null);
});

test('a draft of another link is none', () => {
  const kept = storage();
  const drafts = createDrafts(() => kept);
  drafts.write('link', SOURCE, '#page=a');
  assert.deepEqual(drafts.read('link', '#page=a'), SOURCE);
  assert.equal(drafts.read('link', '#page=b'), null);
  assert.equal(drafts.read('link'), null);
});

test('damaged drafts and a storage that refuses are as no draft', () => {
  const kept = storage();
  const drafts = createDrafts(() => kept);
  drafts.write('en.start', SOURCE);
  const [name] = kept.kept.keys();
  for (const damaged of ['{', 'null', '1', '[]', '{"html":1,"script":""}', '{"html":""}']) {
    kept.kept.set(name, damaged);
    assert.equal(drafts.read('en.start'), null, damaged);
  }
  const none = createDrafts(() => {
    throw new DOMException('no storage', 'SecurityError');
  });
  none.write('en.start', SOURCE);
  none.remove('en.start');
  assert.equal(none.read('en.start'), null);
});
