/** Compares the host's calls and messages with those of the catalogue, from which the host is independent. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { consoleAnswers } from '../../www/host/answers.js';
import { readChatMessage } from '../../www/host/messages.js';
import { MESSAGE_TYPES, UNKNOWN_TO_OLD_CONSOLE } from '../../www/host/protocol.js';
import { CALLS, MESSAGES } from '../../www/lib/catalogue.js';
import { CHATS, framed } from './page.mjs';

const read = (/** @type {string} */ file) => readFileSync(new URL(`../../www/${file}`, import.meta.url), 'utf8');
const posted = new Set(CALLS.flatMap(({ wire }) => wire ?? []));

test('the host answers exactly the calls that are posted', () => {
  const desk = /** @type {any} */ ({});
  assert.deepEqual(new Set(Object.keys(consoleAnswers(desk))), posted);
  for (const api of UNKNOWN_TO_OLD_CONSOLE) assert.ok(posted.has(api), api);
});

/**
 * Where the host's answers differ from the cases, by call.
 * @param {any[]} cases @param {(api: string, params: any) => Promise<any[]>} answers
 */
async function differences(cases, answers) {
  const found = [];
  for (const { call, wire, posted, answer } of cases) {
    // `more` and its kind show what the helper leaves out or passes on.
    const { more: _, new: __, ...expected } = answer;
    const kinds = (/** @type {any} */ data) => Object.entries(expected).filter(([name, value]) => kindOf(data?.[name]) !== kindOf(value));
    const wrong = (await answers(wire, posted)).map(kinds);
    if (wrong.every((members) => members.length > 0)) found.push(`${call}: ${wrong[0].map(([name]) => name)}`);
  }
  return found;
}
const kindOf = (/** @type {any} */ value) => (Array.isArray(value) ? 'array' : typeof value);
const CASES = JSON.parse(readFileSync(new URL('../vectors/calls.json', import.meta.url), 'utf8')).filter(({ wire }) => wire);
/** The answers in each kind of conversation, one of which is with the contact of the cases. */
const answersOfHost = (/** @type {string} */ wire, /** @type {any} */ params) =>
  Promise.all(
    CHATS.map(async ({ id }) => {
      const chats = [...CHATS, { ...CHATS[0], id: 'c-b', externalUserId: 'b' }];
      return (await framed({ chats, current: id }).call(wire, params)).data;
    }),
  );

test('the host answers with the members that the cases have, in their kinds', async () => {
  assert.deepEqual(await differences(CASES, answersOfHost), []);
});

test('a host that answers with other members, or other kinds, is named', async () => {
  const cases = [{ call: 'getChatTags', wire: 'getChatTags', posted: {}, answer: { tags: ['VIP'], more: 1 } }];
  const answering = (/** @type {any} */ data) => differences(cases, async () => [data]);
  assert.deepEqual(await answering({ tags: [] }), []);
  for (const data of [{ labels: [] }, { tags: 'VIP' }, {}, undefined]) assert.deepEqual(await answering(data), ['getChatTags: tags']);
});

test('the kit for tests and the host have the same members', () => {
  const types = readFileSync(new URL('../../pkg-template/types/testing.d.ts', import.meta.url), 'utf8');
  const typedefs = read('host/types.js').split('/**');
  for (const name of ['Chat', 'Faults', 'ApiFaults']) {
    const ours = typedefs.find((text) => text.includes(`@typedef {object} ${name}\n`)) ?? '';
    const theirs = new RegExp(`^export interface ${name} \\{\\n([^]*?)^\\}`, 'm').exec(types)?.[1] ?? '';
    const members = [...theirs.matchAll(/^ {2}(\w+)\??:/gm)].map(([, member]) => member);
    assert.ok(members.length > 0, name);
    assert.deepEqual(
      [...ours.matchAll(/@property \{.*?\} \[?(\w+)/g)].map(([, member]) => member),
      members,
      `${name}: www/host/types.js and pkg-template/types/testing.d.ts`,
    );
  }
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
