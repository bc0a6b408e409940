// Which functions of the script an engine is told to compile at once: those that run while it starts, and no others.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { markEager } from '../../pkg-template/eager.mjs';
import { pkg } from './workshop.mjs';

/** A script that does what the build looks for, in each way in which a function can be written. */
const script = (rest) => `(()=>{function ready(){return {isJuziWx:true}}function never(){}const offer=o=>{window.juziWx=o},bridge={put(){window.WeixinJSBridge={}}},later=()=>never();${rest}})();`;

test('what runs at the start is in parentheses, and what does not is not', async () => {
  const marked = await markEager(script('offer(ready());bridge.put();'));
  assert.equal(
    marked,
    '(()=>{;var ready=(function ready(){return {isJuziWx:true}});function never(){}const offer=(o=>{window.juziWx=o}),bridge={put(){window.WeixinJSBridge={}}},later=()=>never();offer(ready());bridge.put();})();',
  );
});

test('where one function ends the next may begin, and one may be inside another', async () => {
  const marked = await markEager('(()=>{function a(){const inner=()=>b();return inner()}function b(){window.WeixinJSBridge=window.juziWx={isJuziWx:true}}a()})();');
  assert.ok(marked.includes(';var a=(function a(){const inner=(()=>b());return inner()});;var b=(function b(){'), marked);
});

test('a script that does not start in the sidebar is no script to build', async () => {
  await assert.rejects(markEager(script('')), /does not start/);
  // As an expression a function is not there before its line.
  await assert.rejects(markEager(script('offer(early());bridge.put();function early(){return {isJuziWx:true}}')), /early is not a function/);
});

test('the script that is shipped has been marked', async () => {
  const shipped = readFileSync(join(pkg, 'juzi-helper.js'), 'utf8').replace(/^\uFEFF/, '');
  assert.ok(/=\(\([\w$,]*\)=>/.test(shipped));
  assert.equal(await markEager(shipped), shipped);
});
