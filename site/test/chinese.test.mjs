// Every symbol of the reference has Chinese that was written for its English of today.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cratePage } from '../reference/crate.mjs';
import { markOf } from '../reference/symbols.mjs';
import { faults } from '../reference/translate.mjs';

test('every symbol has Chinese for its English of today', () => assert.deepEqual(faults(), []));

test('every feature of the crate has its Chinese', () => assert.match(cratePage('zh'), /`client`/));

test('a missing, a stale and a left text are reported with their symbol', () => {
  const sources = new Map([
    ['index.fresh', ['New.']],
    ['index.changed', ['It is otherwise now.', 'Still so.']],
    ['index.short', ['One.', 'Two.']],
    ['index.kept', ['Kept.']],
  ]);
  const found = faults(sources, {
    'index.changed': ['00000000', '原来如此。', '依然如此。'],
    'index.short': [markOf(['One.', 'Two.']), '一。'],
    'index.kept': [markOf(['Kept.']), '保留。'],
    'index.gone': ['00000000', '没有了。'],
  });
  assert.equal(found.length, 4);
  for (const [i, text] of [
    /index\.fresh has no Chinese\. Write 'index\.fresh': \['[0-9a-f]{8}', …1 paragraphs\] for:\n +New\./,
    /The English of index\.changed has changed.*\n +It is otherwise now\.\n +Still so\./s,
    /index\.short has 2 paragraphs, and 1 in Chinese/,
    /index\.gone says nothing any more/,
  ].entries()) {
    assert.match(found[i], text);
  }
});
