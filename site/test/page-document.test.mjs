// The document that runs in the playground, and the lines of it that are the visitor's.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { documentOf, vendorIn } from '../playground/page-document.mjs';

const TAG = '<script src="../../vendor/juzi-helper.js" data-timeout="1500"></script>';
const parts = { first: 'one();\ntwo();', vendor: { 'vendor/juzi-helper.js': 'helper();\n"</script>";' }, run: 7 };

test('every line of a page is found in its source, and no other line is', () => {
  const html = `<!doctype html>\n<p>a\n${TAG}<p>b\n<p>c`;
  const script = 'first();\n\nthird();';
  const { text, placeOf } = documentOf({ html, script }, parts);
  const sources = { html: html.split('\n'), script: script.split('\n') };
  const found = new Set();
  text.split('\n').forEach((line, index) => {
    const place = placeOf(index + 1);
    if (place === null) return assert.doesNotMatch(line, /<p>|first|third/);
    found.add(`${place.name} ${place.line}`);
    // A line of the source may be in two lines of the document: before a script of the playground, and behind it.
    const own = sources[place.name][place.line - 1];
    if (line !== '' && !line.includes('<script')) assert.ok(own.includes(line.replace('</script>', '')), `${line}: ${own}`);
  });
  assert.deepEqual([...found], ['html 1', 'html 2', 'html 3', 'html 4', 'script 1', 'script 2', 'script 3']);
});

test('the playground’s scripts are inside the document, with their attributes, and no script ends its element', () => {
  const { text } = documentOf({ html: TAG, script: 'x = "</script><img>"' }, parts);
  assert.ok(text.startsWith('<!doctype html><script data-run="7">\none();'));
  assert.ok(text.includes('<script data-timeout="1500">\nhelper();\n"<\\/script>";\n</script>'));
  assert.ok(text.includes('<\\/script><img>'));
  assert.ok(!text.includes('src='));
});

test('what the playground does not have stays as it is', () => {
  const html = '<script src="../../vendor/none.js"></script><script src="https://page.example/a.js"></script>';
  assert.ok(documentOf({ html, script: '' }, parts).text.includes(html));
  assert.deepEqual(vendorIn(html + TAG + TAG), ['vendor/none.js', 'vendor/juzi-helper.js']);
});
