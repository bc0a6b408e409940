/** The server's sentences in Chinese, compared with the sources that have them in English. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { inLanguage, reasonOf } from '../../www/console/refusals.js';
import { ServerError } from '../../www/console/server-error.js';

/** What a person may read in the console. */
const SOURCES = [
  'hub/src/scenario/check.rs',
  'hub/src/scenario/load.rs',
  'hub/src/scenario/time.rs',
  'hub/src/scenario/write.rs',
  'hub/src/scenario_change.rs',
  'hub/src/words.rs',
  'workbench/src/ask_hub.rs',
  'workbench/src/scenario/file.rs',
];

/** What else is in those files. */
const ELSEWHERE = [
  // Kinds of files, which are parts of sentences.
  /^(a|an) [a-z]+$/,
  /^no ordinary file$/,
  / at line \{\} column \{\}$/,
  // Only a request with a wrong host or by a program gets these.
  /answers to (loopback names|this machine's names) only/,
  // A time.
  /^(\d+[smhd] )+ago$/,
  // The pages that authorize shows.
  /<code>/,
];

/** The literals with a space in them, as Rust's formatting has them: `{}` for each part. @param {string} file */
function sentences(file) {
  const source = readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8')
    .replace(/#\[cfg\(test\)\]\nmod tests[\s\S]*$/, '')
    .replace(/^\s*\/\/.*$/gm, '')
    .replace(/#\[[^\n]*\]/g, '')
    .replace(/tracing::\w+!\([\s\S]*?\);/g, '');
  return [...source.matchAll(/"((?:[^"\\]|\\.)*)"/g)]
    .map(([, text]) =>
      text
        .replace(/\{[^}]*\}/g, '{}')
        .replace(/\\"/g, '"')
        .replace(/\\n/g, '\n'),
    )
    .filter((text) => / /.test(text) && /[a-z]{3}/.test(text) && !/[\u4e00-\u9fff]/.test(text))
    .filter((text) => !ELSEWHERE.some((one) => one.test(text)));
}

test('every sentence of the server that a person reads in the console has Chinese', () => {
  let count = 0;
  for (const file of SOURCES) {
    for (const sentence of sentences(file)) {
      const said = sentence.replace(/\{\}/g, '7');
      assert.notEqual(inLanguage(said, 'zh'), said, `${file}: ${sentence}`);
      assert.equal(inLanguage(said, 'en'), said);
      count++;
    }
  }
  assert.ok(count > 30, `only ${count} sentences were found`);
});

test('what differs in a sentence is in its Chinese, in the same order', () => {
  for (const [english, chinese] of [
    ['must be at most 600000 ms, not 700000', '最多 600000 毫秒，不能是 700000'],
    ['must be "me" or "them" in a single chat, not "he, not \\"me\\""', '单聊里只能是 "me" 或 "them"，不能是 "he, not \\"me\\""'],
    ['unknown field `nmae`, expected one of `id`, `name`', '没有 `nmae` 这个成员，应为以下之一：`id`, `name`'],
    ['the scenario file has changed in the meantime; nothing was written', '场景文件在此期间有改动；什么也没有写入'],
    ['the scenario file cannot be read: EACCES; nothing was written', '场景文件不能读取：EACCES；什么也没有写入'],
    [
      '2000 codes lie unused already; does a page log in again and again? Wait until they expire, or restart the dev server, with a shorter `codeTtl`',
      '已有 2000 个 code 没有使用；页面是否在反复登录？请等它们过期，或重启开发服务器，并缩短 `codeTtl`',
    ],
    ['expected value at line 3 column 1', 'expected value at line 3 column 1'],
  ]) {
    assert.equal(inLanguage(english, 'zh'), chinese);
  }
});

test('a refusal names its field in each language, and another error says what it says', () => {
  const error = new ServerError(400, 'must not be empty', 'account.name');
  assert.equal(reasonOf(error, 'en'), 'account.name: must not be empty');
  assert.equal(reasonOf(error, 'zh'), 'account.name: 不能为空');
  assert.equal(reasonOf(new Error('must not be empty'), 'zh'), 'must not be empty');
  assert.equal(reasonOf('gone', 'zh'), 'gone');
});
