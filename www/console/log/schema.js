/**
 * What may be in a log file. A file may come from a stranger, so every member of every entry is checked before any of it is used.
 * An unknown member or value is refused, and the error names its place. No DOM here.
 */
import { strings } from '../strings.js';

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
/** @typedef {(value: any) => Problem | undefined} Check */
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

/** @param {any} value */
const isObject = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);

/** @type {Check} */
const object = (value) => (isObject(value) ? undefined : wrong('object'));

/** @param {number} least @param {number} most @returns {Check} */
const number = (least, most) => (value) => {
  if (typeof value !== 'number') return wrong('number');
  return value >= least && value <= most ? undefined : wrong('range', { least, most });
};
/** @param {number} least @param {number} most @returns {Check} */
const whole = (least, most) => (value) => number(least, most)(value) ?? (Number.isInteger(value) ? undefined : wrong('whole'));

/** @param {number} [most] Characters. @returns {Check} */
const text =
  (most = LONGEST) =>
  (value) => {
    if (typeof value !== 'string') return wrong('text');
    return value.length <= most ? undefined : wrong('long', { most });
  };

/** @param {readonly string[]} values @returns {Check} */
const oneOf = (values) => (value) => (values.includes(value) ? undefined : wrong('oneOf', { values: values.join(', ') }));

/** @type {Check} */
const yes = (value) => (value === true ? undefined : wrong('true'));

/** @param {Check} check @returns {Check} */
const optional = (check) => (value) => (value === undefined ? undefined : check(value));

/** @param {Check} check @param {string} [key] The text that names what else it may be. @returns {Check} */
const orNull = (check, key) => (value) => {
  const problem = value === null ? undefined : check(value);
  return problem && key ? wrong(key) : problem;
};

/** An origin as a message event has it, or the receiver's; empty if it was unknown. @type {Check} */
function origin(value) {
  if (value === '' || value === 'null') return undefined;
  const problem = text()(value);
  if (problem) return problem;
  try {
    return new URL(value).origin === value || value === '*' || !/^https?:/.test(value) ? undefined : wrong('origin');
  } catch {
    return wrong('origin');
  }
}

/** @type {Check} */
const id = (value) => {
  if (value === null || typeof value === 'number') return undefined;
  return typeof value === 'string' ? text()(value) : wrong('id');
};

/** Any value of JSON, nested to a depth. It is not recursive: a file's nesting must not exhaust the stack. @type {Check} */
function any(value) {
  if (value === undefined) return wrong('missing');
  const inside = (/** @type {any[]} */ values) => values.filter((one) => typeof one === 'object' && one !== null);
  let level = inside([value]);
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > DEEPEST) return wrong('deep', { most: DEEPEST });
    level = level.flatMap((one) => inside(Object.values(one)));
  }
  return undefined;
}

/** A member's name as a part of a place. @param {string} name */
const part = (name) => (/^[A-Za-z_]\w{0,39}$/.test(name) ? `.${name}` : `[${JSON.stringify(name.slice(0, 40))}]`);

/** @param {Shape} shape @returns {Check} */
export const members = (shape) => (value) => {
  const problem = object(value);
  if (problem) return problem;
  for (const [name, check] of Object.entries(shape)) {
    const found = check(Object.hasOwn(value, name) ? value[name] : undefined);
    if (found) return { ...found, at: `.${name}${found.at}` };
  }
  const strange = Object.keys(value).find((name) => !Object.hasOwn(shape, name));
  return strange === undefined ? undefined : wrong('unknown', {}, part(strange));
};

/** @param {Check} check @param {number} [most] @returns {Check} */
const list =
  (check, most = MOST_ENTRIES) =>
  (value) => {
    if (!Array.isArray(value)) return wrong('list');
    if (value.length > most) return wrong('many', { most });
    for (const [i, one] of value.entries()) {
      const found = check(one);
      if (found) return { ...found, at: `[${i}]${found.at}` };
    }
    return undefined;
  };

/** A record with any names. @param {Check} check @returns {Check} */
const record = (check) => (value) => {
  const problem = object(value);
  if (problem) return problem;
  for (const [name, one] of Object.entries(value)) {
    const found = text(LONGEST_NAME)(name) ?? check(one);
    if (found) return { ...found, at: `${part(name)}${found.at}` };
  }
  return undefined;
};

/** @type {Check} */
const pair = (value) => (Array.isArray(value) && value.length === 2 ? list(text())(value) : wrong('pair'));
/** @type {Check} */
const textOrNumber = (value) => (typeof value === 'number' ? number(-LAST_TIME, LAST_TIME)(value) : text()(value));

const row = whole(0, Number.MAX_SAFE_INTEGER);
const seq = whole(0, Number.MAX_SAFE_INTEGER);
const time = optional(text(64));
const at = number(-LAST_TIME, LAST_TIME);
const ms = number(-LAST_TIME, LAST_TIME);

/** Checks what the panel reads from a payload, and the direction of each kind of message. @type {Check} */
function consistent({ kind, direction, payload, answers }) {
  if ((kind === 'request') !== (direction === 'in')) return wrong('direction', { kind }, '.direction');
  if (answers !== undefined && kind !== 'answer') return wrong('unknown', {}, '.answers');
  if (kind === 'garbage') return undefined;
  if (!isObject(payload)) return wrong('object', {}, '.payload');
  return kind === 'request' && !isObject(payload.data) ? wrong('dataObject', {}, '.payload') : undefined;
}

const MESSAGE = members({
  row,
  seq,
  at,
  kind: oneOf(['request', 'answer', 'push', 'garbage']),
  direction: oneOf(['in', 'out']),
  api: text(LONGEST_NAME),
  reqId: id,
  origin: optional(origin),
  outcome: oneOf(named('outcome.')),
  duration: orNull(ms, 'maybeNumber'),
  payload: optional(any),
  error: optional(text()),
  why: optional(oneOf(named('why.').filter((why) => why !== 'unsent'))),
  answers: optional(seq),
  byUser: optional(yes),
  byHand: optional(yes),
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

const HUB = members({
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
  code: orNull(CODE),
  hint: orNull(members({ code: oneOf(named('hub.hint.')), params: record(textOrNumber) })),
  byUser: optional(yes),
  time,
});

const PLACE = members({
  role: optional(text(LONGEST_NAME)),
  name: optional(text()),
  text: optional(text()),
  css: optional(text()),
  nth: optional(whole(0, MOST_ENTRIES)),
});

const ACT = members({
  does: oneOf(['click', 'fill', 'check', 'uncheck', 'selectOption', 'press']),
  place: PLACE,
  value: optional(text()),
});

const chance = optional(number(0, 1));
const delay = optional(number(0, LAST_TIME));
const flag = oneOf(/** @type {any} */ ([true, false]));
/** The faults that are on (www/host/types.js). */
const FAULTS = members({
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

const HAND = members({
  call: seq,
  does: oneOf(['answer', 'fail', 'ignore', 'proceed']),
  data: optional(any),
  reason: optional(text()),
});

const MARK = members({
  row,
  at,
  mark: oneOf(['load', 'switch', 'console', 'faults', 'act', 'shows', 'hand']),
  text: text(),
  by: optional(oneOf(['page', 'owner'])),
  id: optional(text()),
  faults: optional(FAULTS),
  act: optional(ACT),
  shown: optional(members({ place: PLACE, text: optional(text()) })),
  hand: optional(HAND),
  byUser: optional(yes),
  time,
});

const IGNORED = members({ seq, at, reason: oneOf(named('reason.')), origin: optional(text()), payload: optional(any), time });

/** A conversation (www/host/types.js). */
const CONVERSATION = members({
  id: text(),
  name: text(),
  type: oneOf(/** @type {any} */ ([0, 1])),
  external: flag,
  wxid: text(),
  botId: text(),
  externalUserId: optional(text()),
  wxUserId: optional(text()),
  chatId: optional(text()),
  wxChatId: optional(text()),
  members: optional(list(text(), 10_000)),
});

/** @type {Check} */
const message = (value) => MESSAGE(value) ?? consistent(value);

/** The file, without its format and its version, which are read first. */
export const LOG = members({
  format: any,
  version: any,
  page: optional(orNull(text())),
  mode: optional(oneOf(['postMessage', 'reload'])),
  exportedAt: optional(text(64)),
  workbench: optional(text(LONGEST_NAME)),
  conversations: optional(list(CONVERSATION, 10_000)),
  faults: optional(FAULTS),
  messages: list(message),
  hub: optional(list(HUB)),
  marks: optional(list(MARK)),
  ignored: optional(list(IGNORED)),
});
