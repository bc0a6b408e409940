/**
 * What may be in a report or an exported log. A file may come from a stranger, so every member of every entry is checked before any of it
 * is used. An unknown member or value is refused, and the error names its place. The published JSON Schema and the tables of
 * docs/report-format.md are made of the same declarations (scripts/report-format.mjs). No DOM here.
 */
import { strings } from '../strings.js';

/** What the member `format` says, and the version of what is declared here. */
export const FORMAT = 'juzi-report';
export const VERSION = 1;

/** The deepest nesting of a message. An export cuts what is deeper. */
export const DEEPEST = 64;
/** Entries in one of the file's lists. */
const MOST_ENTRIES = 500_000;
/** Characters of an address, a reason, an id. */
const LONGEST = 100_000;
/** Characters of an API's name (www/host/protocol.js) and of other names. */
const LONGEST_NAME = 512;
/** Milliseconds since the epoch that a `Date` can hold. */
const LAST_TIME = 8.64e15;

/** @typedef {Record<string, string | number>} Values */
/** @typedef {{ at: string, key: string, values?: Values }} Problem What is wrong, and where inside of the value. */
/** @typedef {(value: any) => Problem | undefined} Test */
/** @typedef {Record<string, any>} JsonSchema */
/**
 * What a value must be: a test that says what is wrong, and the same as a JSON Schema. An optional member may be missing.
 * @typedef {Test & { schema: JsonSchema, isOptional?: boolean }} Check
 */
/** @typedef {Record<string, Check>} Shape A member whose check accepts `undefined` may be missing. */

/** An error in a log file. Its message is English; the console shows `logFile.` and `key` in the user's language. */
export class LogFileError extends Error {
  /** @param {string} where The member; empty if it is the whole file. @param {string} key @param {Values} [values] */
  constructor(where, key, values = {}) {
    const what = /** @type {Record<string, string>} */ (strings.en)[`logFile.${key}`].replace(/\{(\w+)\}/g, (_, name) =>
      String(values[name]),
    );
    super(where ? `${where}: ${what}` : what);
    this.where = where;
    this.key = key;
    this.values = values;
  }
}

/** The reason in the user's language. @param {unknown} error @param {import('../../lib/i18n.js').Translate} t */
export function reasonText(error, t) {
  if (!(error instanceof LogFileError)) return error instanceof Error ? error.message : String(error);
  const what = t(`logFile.${error.key}`, error.values);
  return error.where ? `${error.where}: ${what}` : what;
}

/** @param {string} key @param {Values} [values] @param {string} [at] @returns {Problem} */
const wrong = (key, values, at = '') => ({ at, key, values });

/** The values that the console's texts name under a prefix. Any other value is refused. @param {string} prefix */
const named = (prefix) => Object.keys(strings.en).flatMap((key) => (key.startsWith(prefix) ? key.slice(prefix.length) : []));

/** @param {JsonSchema} schema @param {Test} test @returns {Check} */
const as = (schema, test) => Object.assign(test, { schema });

/** The same check with a sentence for the documentation. @param {string} description @param {Check} check @returns {Check} */
const about = (description, check) =>
  Object.assign((/** @type {any} */ value) => check(value), { ...check, schema: { ...check.schema, description } });

/** @param {any} value */
const isObject = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);

/** @type {Test} */
const object = (value) => (isObject(value) ? undefined : wrong('object'));

/** @param {number} least @param {number} most @returns {Check} */
const number = (least, most) =>
  as({ type: 'number', minimum: least, maximum: most }, (value) => {
    if (typeof value !== 'number') return wrong('number');
    return value >= least && value <= most ? undefined : wrong('range', { least, most });
  });
/** @param {number} least @param {number} most @returns {Check} */
const whole = (least, most) =>
  as({ type: 'integer', minimum: least, maximum: most }, (value) => {
    return number(least, most)(value) ?? (Number.isInteger(value) ? undefined : wrong('whole'));
  });

/** @param {number} [most] Characters. @returns {Check} */
const text = (most = LONGEST) =>
  as({ type: 'string', maxLength: most }, (value) => {
    if (typeof value !== 'string') return wrong('text');
    return value.length <= most ? undefined : wrong('long', { most });
  });

/** @param {readonly (string | number | boolean)[]} values @returns {Check} */
const oneOf = (values) =>
  as({ enum: [...values] }, (value) => (values.includes(value) ? undefined : wrong('oneOf', { values: values.join(', ') })));

const yes = as({ const: true }, (value) => (value === true ? undefined : wrong('true')));

/** @param {Check} check @returns {Check} */
const optional = (check) =>
  Object.assign(
    as(check.schema, (value) => (value === undefined ? undefined : check(value))),
    { isOptional: true },
  );

/** @param {Check} check @param {string} [key] The text that names what else it may be. @returns {Check} */
const orNull = (check, key) =>
  as({ anyOf: [check.schema, { type: 'null' }] }, (value) => {
    const problem = value === null ? undefined : check(value);
    return problem && key ? wrong(key) : problem;
  });

/** An origin as a message event has it, or the receiver's; empty if it was unknown. */
const origin = as(text().schema, (value) => {
  if (value === '' || value === 'null') return undefined;
  const problem = text()(value);
  if (problem) return problem;
  try {
    return new URL(value).origin === value || value === '*' || !/^https?:/.test(value) ? undefined : wrong('origin');
  } catch {
    return wrong('origin');
  }
});

const id = as({ type: ['string', 'number', 'null'] }, (value) => {
  if (value === null || typeof value === 'number') return undefined;
  return typeof value === 'string' ? text()(value) : wrong('id');
});

/** Any value of JSON, nested to a depth. It is not recursive: a file's nesting must not exhaust the stack. */
const any = as({}, (value) => {
  if (value === undefined) return wrong('missing');
  const inside = (/** @type {any[]} */ values) => values.filter((one) => typeof one === 'object' && one !== null);
  let level = inside([value]);
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > DEEPEST) return wrong('deep', { most: DEEPEST });
    level = level.flatMap((one) => inside(Object.values(one)));
  }
  return undefined;
});

/** A member's name as a part of a place. @param {string} name */
const part = (name) => (/^[A-Za-z_]\w{0,39}$/.test(name) ? `.${name}` : `[${JSON.stringify(name.slice(0, 40))}]`);

/** @param {Shape} shape @returns {JsonSchema} */
const schemaOf = (shape) => ({
  type: 'object',
  properties: Object.fromEntries(Object.entries(shape).map(([name, { schema }]) => [name, schema])),
  required: Object.keys(shape).filter((name) => !shape[name].isOptional),
  additionalProperties: false,
});

/** @param {Shape} shape @returns {Check} */
export const members = (shape) =>
  as(schemaOf(shape), (value) => {
    const problem = object(value);
    if (problem) return problem;
    for (const [name, check] of Object.entries(shape)) {
      const found = check(Object.hasOwn(value, name) ? value[name] : undefined);
      if (found) return { ...found, at: `.${name}${found.at}` };
    }
    const strange = Object.keys(value).find((name) => !Object.hasOwn(shape, name));
    return strange === undefined ? undefined : wrong('unknown', {}, part(strange));
  });

/** @param {Check} check @param {number} [most] @returns {Check} */
const list = (check, most = MOST_ENTRIES) =>
  as({ type: 'array', items: check.schema, maxItems: most }, (value) => {
    if (!Array.isArray(value)) return wrong('list');
    if (value.length > most) return wrong('many', { most });
    for (const [i, one] of value.entries()) {
      const found = check(one);
      if (found) return { ...found, at: `[${i}]${found.at}` };
    }
    return undefined;
  });

/** A record with any names. @param {Check} check @returns {Check} */
const record = (check) =>
  as({ type: 'object', additionalProperties: check.schema }, (value) => {
    const problem = object(value);
    if (problem) return problem;
    for (const [name, one] of Object.entries(value)) {
      const found = text(LONGEST_NAME)(name) ?? check(one);
      if (found) return { ...found, at: `${part(name)}${found.at}` };
    }
    return undefined;
  });

const pair = as({ type: 'array', items: text().schema, minItems: 2, maxItems: 2 }, (value) => {
  return Array.isArray(value) && value.length === 2 ? list(text())(value) : wrong('pair');
});
const textOrNumber = as({ type: ['string', 'number'] }, (value) => {
  return typeof value === 'number' ? number(-LAST_TIME, LAST_TIME)(value) : text()(value);
});

const flag = oneOf([true, false]);
const row = about('the number of its row in the list: an answer has its request’s', whole(0, Number.MAX_SAFE_INTEGER));
const seq = about('counts up', whole(0, Number.MAX_SAFE_INTEGER));
const time = about('`at` for people', optional(text(64)));
const at = about('milliseconds since 1970', number(-LAST_TIME, LAST_TIME));
const ms = number(-LAST_TIME, LAST_TIME);
const byUser = about('the user was active in the page then', optional(yes));

/** Checks what the panel reads from a payload, and the direction of each kind of message. @type {Test} */
function consistent({ kind, direction, payload, answers }) {
  if ((kind === 'request') !== (direction === 'in')) return wrong('direction', { kind }, '.direction');
  if (answers !== undefined && kind !== 'answer') return wrong('unknown', {}, '.answers');
  if (kind === 'garbage') return undefined;
  if (!isObject(payload)) return wrong('object', {}, '.payload');
  return kind === 'request' && !isObject(payload.data) ? wrong('dataObject', {}, '.payload') : undefined;
}

export const MESSAGE = members({
  row,
  seq,
  at,
  kind: about('of a message outside the protocol: `garbage`', oneOf(['request', 'answer', 'push', 'garbage'])),
  direction: about('`in` is from the page to the console', oneOf(['in', 'out'])),
  api: about('the call’s name in the protocol', text(LONGEST_NAME)),
  reqId: about('what connects a request and its answer', id),
  origin: about('the sender’s, or the receiver’s', optional(origin)),
  outcome: about('how the call ended', oneOf(named('outcome.'))),
  duration: about('milliseconds from the request to its answer', orNull(ms, 'maybeNumber')),
  payload: about('the message as it was posted', optional(any)),
  error: about('why it could not be posted', optional(text())),
  why: about('why a simulated console refused the request', optional(oneOf(named('why.').filter((why) => why !== 'unsent')))),
  answers: about('the `seq` of the request', optional(seq)),
  byUser,
  byHand: about('answered by hand in a simulated console', optional(yes)),
  time,
});

const CODE = members({
  masked: text(LONGEST_NAME),
  state: oneOf(['live', 'redeemed', 'expired', 'unknown']),
  ageMs: orNull(ms, 'maybeNumber'),
  usedMsAgo: orNull(ms, 'maybeNumber'),
  via: orNull(oneOf(['authorize', 'sidebarAuth', 'updateBaseInfo'])),
  conversationId: orNull(text()),
});

export const HUB = members({
  row,
  at,
  id: whole(0, Number.MAX_SAFE_INTEGER),
  durationMs: ms,
  endpoint: oneOf(['authorize', 'getUserInfo', 'unknown']),
  method: text(LONGEST_NAME),
  path: text(),
  query: list(pair, 1000),
  status: whole(100, 999),
  location: orNull(text()),
  errcode: orNull(whole(-LAST_TIME, LAST_TIME)),
  errmsg: orNull(text()),
  code: about('the masked code of the request, and what became of it', orNull(CODE)),
  hint: about(
    'what is probably wrong with it',
    orNull(members({ code: oneOf(named('hub.hint.')), params: record(textOrNumber) })),
  ),
  byUser,
  time,
});

const PLACE = members({
  role: about('the element’s role, with its name', optional(text(LONGEST_NAME))),
  name: optional(text()),
  text: about('its text', optional(text())),
  css: about('a selector', optional(text())),
  nth: about('which of several, from 0', optional(whole(0, MOST_ENTRIES))),
});
/** What the user did in the page. The names are Playwright's. */
const ACT = members({
  does: oneOf(['click', 'fill', 'check', 'uncheck', 'selectOption', 'press']),
  place: PLACE,
  value: optional(text()),
});
/** How the user ended a call by hand. */
const HAND = members({
  call: about('the `seq` of its request', seq),
  does: oneOf(['answer', 'fail', 'ignore', 'proceed']),
  data: optional(any),
  reason: optional(text()),
});

const chance = optional(number(0, 1));
const delay = optional(number(0, LAST_TIME));
/** The faults that a simulated console had on (www/host/types.js). */
export const FAULTS = members({
  latencyMs: delay,
  jitterMs: delay,
  drop: chance,
  duplicate: chance,
  reorder: optional(flag),
  staleMs: delay,
  oldConsole: optional(flag),
  garbage: chance,
  errors: optional(record(text())),
  apis: optional(record(members({ latencyMs: delay, drop: chance, hold: optional(flag), silent: optional(flag) }))),
  seed: optional(number(-LAST_TIME, LAST_TIME)),
});

/** What happened around the messages. `load` to `hand` are a console's; the others are what a page's helper notes. */
const MARKS = ['load', 'switch', 'console', 'faults', 'act', 'shows', 'hand', 'detected', 'host', 'failed', 'error', 'rejection'];
export const MARK = members({
  row,
  at,
  mark: oneOf(MARKS),
  text: about('an address, a name, a reason, an origin or an error’s text', text()),
  by: about('who has opened the conversation, or loaded the page', optional(oneOf(['page', 'owner']))),
  id: about('the conversation', optional(text())),
  stack: about('of an error', optional(text())),
  faults: about('those that are on from then', optional(FAULTS)),
  act: about('what the user did in the page', optional(ACT)),
  shown: about('what the page showed', optional(members({ place: PLACE, text: optional(text()) }))),
  hand: about('how a call was ended by hand', optional(HAND)),
  byUser,
  time,
});

export const IGNORED = members({
  seq,
  at,
  reason: oneOf(named('reason.')),
  origin: optional(text()),
  payload: about('a page keeps only what has come from its console in the protocol', optional(any)),
  time,
});

/** A conversation of a simulated console (www/host/types.js). */
export const CONVERSATION = members({
  id: about('Juzi’s id of the conversation', text()),
  name: text(),
  type: about('0 for a single chat, 1 for a group', oneOf([0, 1])),
  external: about('whether somebody from outside the company is in it', flag),
  wxid: text(),
  botId: text(),
  externalUserId: optional(text()),
  wxUserId: optional(text()),
  chatId: optional(text()),
  wxChatId: optional(text()),
  members: optional(list(text(), 10_000)),
});

const ENV = members({
  inSidebar: flag,
  reason: text(LONGEST_NAME),
  detectedBy: orNull(text(LONGEST_NAME)),
  wxPatched: flag,
  hostOrigin: orNull(text()),
  version: text(LONGEST_NAME),
  engine: text(LONGEST_NAME),
});
export const HELPER = members({
  env: about('`juziWx.env`; null if the helper does not run', orNull(ENV)),
  options: about('the options that the page gives, by their names', record(any)),
});
export const BROWSER = members({ userAgent: text(), language: text(LONGEST_NAME) });

/** @type {Test} */
const message = (value) => MESSAGE(value) ?? consistent(value);

/** The file. Its format and its version are read first. */
export const REPORT = members({
  format: about('the name of this format', as({ const: FORMAT }, any)),
  version: about('the version of this format', as({ const: VERSION }, any)),
  by: about('who has recorded it', optional(oneOf(['page', 'workbench']))),
  page: about('the page’s address: a page’s report has only the values of the console’s own parameters', optional(orNull(text()))),
  mode: about('how the console tells the page of a switch', optional(oneOf(['postMessage', 'reload']))),
  startedAt: about('since when the page was recorded', optional(text(64))),
  exportedAt: optional(text(64)),
  workbench: about('the version of a simulated console', optional(text(LONGEST_NAME))),
  browser: optional(BROWSER),
  helper: about('the helper of a page', optional(HELPER)),
  conversations: about('those of a simulated console', optional(list(CONVERSATION, 10_000))),
  current: about('the id of the conversation that was open', optional(text())),
  faults: about('those that a simulated console had on', optional(FAULTS)),
  dropped: about('how many older entries a page has dropped', optional(whole(0, Number.MAX_SAFE_INTEGER))),
  messages: list(as(MESSAGE.schema, message)),
  hub: about('requests to a simulated login hub', optional(list(HUB))),
  marks: about('what happened around the messages', optional(list(MARK))),
  ignored: about('messages that had no effect', optional(list(IGNORED))),
});
