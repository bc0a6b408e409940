/** Compares the host's calls and messages with those of the catalogue, from which the host is independent. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { consoleAnswers } from '../../www/host/answers.js';
import { readChatMessage } from '../../www/host/messages.js';
import { MESSAGE_TYPES, UNKNOWN_TO_OLD_CONSOLE } from '../../www/host/protocol.js';
import { CALLS, MESSAGES } from '../../www/lib/catalogue.js';

const read = (/** @type {string} */ file) => readFileSync(new URL(`../../www/${file}`, import.meta.url), 'utf8');
const posted = new Set(CALLS.flatMap(({ wire }) => wire ?? []));

test('the host answers exactly the calls that are posted', () => {
  const desk = /** @type {any} */ ({});
  assert.deepEqual(new Set(Object.keys(consoleAnswers(desk))), posted);
  for (const api of UNKNOWN_TO_OLD_CONSOLE) assert.ok(posted.has(api), api);
});

test('the host knows the types of message of the catalogue, their members, and which are required', () => {
  assert.deepEqual([...MESSAGE_TYPES], Object.keys(MESSAGES));
  for (const [msgtype, members] of Object.entries(MESSAGES)) {
    const whole = Object.fromEntries(
      Object.entries(members).map(([name, { type }]) => [name, type === 'number' ? 1 : 'https://a.example/']),
    );
    const message = (/** @type {object} */ content) => readChatMessage({ msgtype, [msgtype]: content });
    assert.deepEqual(message({ ...whole, unknown: 'x' }), { msgtype, content: whole });
    for (const [name, { required }] of Object.entries(members)) {
      const { [name]: _, ...rest } = whole;
      if (required) assert.throws(() => message(rest), new Error(`${msgtype}.${name} is empty`));
      else assert.deepEqual(message(rest).content, rest);
    }
  }
});

test('the console and the demo have no list of calls or members of their own', () => {
  const named = new RegExp(`\\[[^\\]]*'(?:${CALLS.map(({ name }) => name).join('|')})', '`);
  for (const file of ['console/api-faults.js', 'demo/main.js', 'demo/messages.js']) {
    const source = read(file);
    assert.match(source, /from '\.\.\/lib\/catalogue\.js'/, file);
    assert.doesNotMatch(source, named, file);
    assert.doesNotMatch(source, /officialAccountId\*|'imgUrl'/, file);
  }
});
