// The hub's answer: a user, or a refusal. The crate has the same rules; both run tests/oauth-vectors.json.
import { MAX_CODE, OAuthError, badAnswer } from './error.js';

const REFUSALS = new Map([
  [-1, ['invalid_code', 'invalid authorization code']],
  [-2, ['expired_code', 'authorization code has expired']],
  [-4, ['missing_code', 'no authorization code given']],
]);
const UNKNOWN = ['unknown_error', 'unknown error'];
const MEMBERS = ['userId', 'corpId', 'botId', 'orgId', 'uid', 'email'];
/** How many characters of the hub's text an error shows. */
const MAX_TEXT = 200;
/** Control characters, line separators, and marks that change the direction of the text after them. */
const UNSAFE = /[\0-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]/gu;

/** The user in the answer. The hub's text may be logged, the code must not. If the code is unknown, the text is the specification's. */
export function userOf(body, code) {
  let answer;
  try {
    answer = JSON.parse(body);
  } catch {
    throw badAnswer('it is not JSON');
  }
  if (!isObject(answer)) throw badAnswer('it must be an object');
  const { errcode, errmsg, data } = answer;
  if (!Number.isSafeInteger(errcode)) throw badAnswer('errcode must be a whole number');
  if (errcode !== 0) throw refusal(errcode, errmsg, code);
  if (!isObject(data)) throw badAnswer('data must be an object');
  const user = Object.fromEntries(MEMBERS.map((name) => [name, textMember(data, name)]));
  if (user.userId === '') throw badAnswer('data.userId is empty');
  return user;
}

function refusal(errcode, errmsg, code) {
  const [name, standard] = REFUSALS.get(errcode) ?? UNKNOWN;
  const known = typeof code === 'string' && code !== '' && code.length <= MAX_CODE;
  const told = known ? () => shown(errmsg, code) : () => standard;
  const text = typeof errmsg === 'string' && errmsg !== '' ? told() : UNKNOWN[1];
  return new OAuthError(name, `${text} (errcode ${errcode})`, { errcode });
}

/** Prepares the hub's text for a log: removes the code, puts the text on one line, and shortens it. */
function shown(text, code) {
  const all = [...text.split(code).join('…').replace(encoded(code), '…')];
  const cut = all
    .slice(0, MAX_TEXT)
    .join('')
    .replace(UNSAFE, (it) => `\\u${it.charCodeAt(0).toString(16).padStart(4, '0')}`);
  return all.length > MAX_TEXT ? `${cut}…` : cut;
}

/** A pattern for the code, in which any character may be percent-encoded. */
function encoded(code) {
  const bytes = (character) =>
    Array.from(new TextEncoder().encode(character), (byte) => {
      const digits = byte.toString(16).padStart(2, '0');
      return `%${digits.replace(/[a-f]/g, (digit) => `[${digit}${digit.toUpperCase()}]`)}`;
    }).join('');
  const one = (character) => {
    const plain = character === '%' ? '' : `|\\u{${character.codePointAt(0).toString(16)}}`;
    return `(?:${bytes(character)}${plain}${character === ' ' ? '|\\+' : ''})`;
  };
  return new RegExp(Array.from(code, one).join(''), 'gu');
}

function textMember(data, name) {
  const value = data[name] ?? '';
  if (typeof value !== 'string') throw badAnswer(`data.${name} must be a string`);
  return value;
}

const isObject = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);
