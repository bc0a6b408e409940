// Reads a scenario from JSON or TOML, and says where it is wrong. What it may contain is the schema's, which is generated from the
// workbench's types. The rules that no schema can express are below, as in the workbench's check.rs.
import Ajv from 'ajv/dist/2020.js';
import { findNodeAtLocation, parseTree, printParseErrorCode } from 'jsonc-parser';
import { parse as parseToml } from 'smol-toml';
import { resolveTime } from './time.js';

/** Why a scenario cannot be used. `line` and `column` count from 1 and are null where there is no position. */
export class ScenarioError extends Error {
  constructor(message, { line = null, column = null, field = null } = {}) {
    super(message);
    Object.assign(this, { line, column, field });
  }

  /** In one line. */
  toString() {
    return [this.line && `line ${this.line}, column ${this.column}`, this.field, this.message].filter(Boolean).join(': ');
  }

  toJSON() {
    const { message, line, column, field } = this;
    return { message, line, column, field };
  }
}

/** A field that breaks a rule, before its place in the text is known. */
class Fault {
  constructor(path, message) {
    Object.assign(this, { path, message });
  }
}

/** @param {string} name @returns {'json' | 'toml'} The format that the file's name ends in. */
export function formatOf(name) {
  const format = /\.(json|toml)$/i.exec(name)?.[1].toLowerCase();
  if (format !== 'json' && format !== 'toml') throw new ScenarioError("a scenario file's name must end in .json or .toml");
  return format;
}

/**
 * @param {object} schema The schema of scenarios.
 * @returns {(text: string, format: 'json' | 'toml', now: number) => any} Throws a {@link ScenarioError}.
 */
export function createScenarioReader(schema) {
  // The schema's formats (`uint32`) repeat its limits. `verbose` gives the schema of an error, for its message.
  const validate = new Ajv({ strict: false, validateFormats: false, useDefaults: true, verbose: true, allErrors: true }).compile(schema);
  return (given, format, now) => {
    const text = given.replace(/^\uFEFF/, '');
    const { value, locate } = format === 'json' ? readJson(text) : readToml(text);
    try {
      if (!validate(value)) throw faultOf(firstOf(validate.errors));
      return finished(value, now);
    } catch (fault) {
      if (!(fault instanceof Fault)) throw fault;
      throw new ScenarioError(fault.message, { ...locate(fault.path), field: fault.path.length ? nameOf(fault.path) : null });
    }
  };
}

/**
 * Where a valid scenario differs from Juzi's console: ids that are equal there.
 * @param {string} given The scenario's text. @param {'json' | 'toml'} format @param {any} scenario As it was read from that.
 * @returns {ScenarioError[]}
 */
export function warningsOf(given, format, { conversations }) {
  const text = given.replace(/^\uFEFF/, '');
  const found = conversations.flatMap(({ contact, group }, i) => differingId(contact, group, ['conversations', i]) ?? []);
  if (found.length === 0) return [];
  const { locate } = format === 'json' ? readJson(text) : readToml(text);
  return found.map(({ path, message }) => new ScenarioError(message, { ...locate(path), field: nameOf(path) }));
}

function differingId(contact, group, path) {
  const differs = (member, name, equal) =>
    new Fault([...path, member, name], `differs from ${equal}; in Juzi's console the two are the same id`);
  if (contact?.externalUserId && contact.externalUserId !== contact.wxUserId) return differs('contact', 'wxUserId', 'externalUserId');
  if (group && group.chatId !== group.wxChatId) return differs('group', 'wxChatId', 'chatId');
}

function readJson(text) {
  const errors = [];
  const tree = parseTree(text, errors, { disallowComments: true });
  if (errors.length > 0) {
    const { error, offset } = errors[0];
    const words = printParseErrorCode(error).replace(/(?<=.)[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
    throw new ScenarioError(`is not JSON: ${words}`, placeOf(text, offset));
  }
  return {
    value: JSON.parse(text),
    /** The place of the field, or of its nearest ancestor that exists. */
    locate(path) {
      for (let length = path.length; length >= 0; length--) {
        const node = findNodeAtLocation(tree, path.slice(0, length));
        if (node) return placeOf(text, node.offset);
      }
      return {};
    },
  };
}

function readToml(text) {
  try {
    return { value: parseToml(text), locate: () => ({}) };
  } catch (error) {
    throw new ScenarioError(`is not TOML: ${String(error.message).split('\n')[0]}`, {
      line: error.line ?? null,
      column: error.column ?? null,
    });
  }
}

function placeOf(text, offset) {
  const before = text.slice(0, offset).split('\n');
  return { line: before.length, column: [...before[before.length - 1]].length + 1 };
}

/** `conversations[2].contact.wxUserId` */
const nameOf = (path) => path.map((part, i) => (typeof part === 'number' ? `[${part}]` : i === 0 ? part : `.${part}`)).join('');

/** A misspelt name comes first: what is said to be missing is what was meant by it. */
const firstOf = (errors) => errors.find(({ keyword }) => keyword === 'additionalProperties') ?? errors[0];

/** ajv's error in words. */
function faultOf({ instancePath, keyword, params, message, parentSchema }) {
  const path = instancePath
    .split('/')
    .slice(1)
    .map((part) => (/^\d+$/.test(part) ? Number(part) : part.replace(/~1/g, '/').replace(/~0/g, '~')));
  switch (keyword) {
    case 'additionalProperties':
      return new Fault(
        [...path, params.additionalProperty],
        `unknown field; expected one of ${Object.keys(parentSchema.properties).join(', ')}`,
      );
    case 'required':
      return new Fault([...path, params.missingProperty], 'is required');
    case 'false schema':
      return new Fault(path, 'does not belong here');
    case 'minLength':
      return new Fault(path, 'must not be empty');
    case 'enum':
      return new Fault(path, `must be one of ${params.allowedValues.map((value) => JSON.stringify(value)).join(', ')}`);
    default:
      return new Fault(path, message);
  }
}

/** The valid scenario as the console reads it: with the defaults that the schema cannot fill in, without nulls, with points in time. */
function finished(scenario, now) {
  const result = withoutNulls(scenario);
  delete result.$schema;
  checkUnique(result.conversations, (i, name) => ['conversations', i, name], ['id', 'wxid']);
  checkPicture(result.account.avatar, ['account', 'avatar']);
  result.conversations.forEach((chat, i) => finishConversation(chat, ['conversations', i], now));
  for (const [api, text] of Object.entries(result.faults.errors))
    if (text === '') throw new Fault(['faults', 'errors', api], 'must not be empty');
  return result;
}

function finishConversation(chat, path, now) {
  checkPicture(chat.avatar, [...path, 'avatar']);
  if (chat.contact) chat.contact.tags ??= [];
  if (chat.group) {
    chat.group.members ??= [];
    checkUnique(chat.group.members, (i, name) => [...path, 'group', 'members', i, name], ['name']);
    chat.group.members.forEach((member, i) => {
      member.owner ??= false;
      checkPicture(member.avatar, [...path, 'group', 'members', i, 'avatar']);
    });
  }
  chat.messages.forEach((message, i) => finishMessage(message, chat, [...path, 'messages', i], now));
}

function finishMessage(message, chat, path, now) {
  const { from, msgtype, time } = message;
  const known = chat.group ? from === 'me' || chat.group.members.some(({ name }) => name === from) : from === 'me' || from === 'them';
  if (!known) {
    const expected = chat.group ? '"me" or the name of a member of the group' : '"me" or "them" in a single chat';
    throw new Fault([...path, 'from'], `must be ${expected}, not ${JSON.stringify(from)}`);
  }
  const at = resolveTime(time, now);
  if (at === null)
    throw new Fault(
      [...path, 'time'],
      `${JSON.stringify(time)} is not a time; expected RFC 3339 like "2026-03-02T09:30:00+08:00", or "35m ago"`,
    );
  message.time = at;
  const content = message[msgtype];
  if (msgtype === 'image') checkPicture(content.url, [...path, msgtype, 'url']);
  if (msgtype === 'video' || msgtype === 'file') checkAddress(content.url, [...path, msgtype, 'url']);
  if (msgtype === 'news') {
    checkAddress(content.link, [...path, msgtype, 'link']);
    checkPicture(content.imgUrl || undefined, [...path, msgtype, 'imgUrl']);
  }
  if (msgtype === 'miniprogram') checkPicture(content.imgUrl, [...path, msgtype, 'imgUrl']);
}

function checkUnique(items, pathOf, names) {
  for (const name of names) {
    const seen = new Set();
    items.forEach((item, i) => {
      if (seen.has(item[name])) throw new Fault(pathOf(i, name), `${JSON.stringify(item[name])} is used twice; it must be unique`);
      seen.add(item[name]);
    });
  }
}

function checkPicture(value, path) {
  if (value !== undefined && !value.startsWith('data:image/')) checkAddress(value, path);
}

/** An address that the console can open: absolute http(s), or a path of the server. */
function checkAddress(value, path) {
  const ownPath = /^\/(?!\/)/.test(value);
  const absolute = URL.canParse(value) && /^https?:$/.test(new URL(value).protocol);
  if (!ownPath && !absolute) throw new Fault(path, `must be an http(s) URL or a path that starts with "/", not ${JSON.stringify(value)}`);
}

function withoutNulls(value) {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, member]) => member !== null)
      .map(([name, member]) => [name, withoutNulls(member)]),
  );
}
