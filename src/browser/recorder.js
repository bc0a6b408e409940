// Makes the report of a page with the option `record`: the newest messages, decisions and errors, without what could log somebody in.
// The format is that of the workbench's exported logs: docs/report-format.md.
import { thrownMessage } from './values.js';

/** The most entries that are kept, and the most bytes. The oldest are dropped. */
const MOST_ENTRIES = 1_000;
const MOST_BYTES = 2 * 2 ** 20;
/** Bytes of one entry; characters of one text; members and levels of one message. What is more is cut, and said. */
const LARGEST = 256 * 2 ** 10;
const LONGEST = 10_000;
const MOST_MEMBERS = 10_000;
const DEEPEST = 60;

const encoder = new TextEncoder();
const bytesOf = (text) => encoder.encode(text).length;

// ---- Values ----

/** A value as plain data of JSON. It is read now, because the page may change it. What JSON cannot hold is a text. */
const plainly = () => {
  let left = MOST_MEMBERS;
  const plain = (value, above) => {
    if (typeof value == 'string') return value.length > LONGEST ? `${value.slice(0, LONGEST)}… (${value.length} characters)` : value;
    if (value === null || typeof value == 'boolean' || Number.isFinite(value)) return value;
    if (typeof value != 'object') return `[${typeof value == 'function' ? 'function' : String(value)}]`;
    if (above.includes(value)) return '[circular]';
    if (above.length > DEEPEST) return `[nested deeper than ${DEEPEST}]`;
    const inside = (member) => (left-- > 0 ? plain(member, [...above, value]) : '[left out]');
    if (Array.isArray(value)) return value.slice(0, left + 1).map(inside);
    const prototype = Object.getPrototypeOf(value);
    if (prototype !== null && Object.getPrototypeOf(prototype) !== null) return Object.prototype.toString.call(value);
    const names = Object.keys(value).slice(0, left + 1);
    return Object.fromEntries(names.map((name) => [name.slice(0, 200), inside(value[name])]));
  };
  return plain;
};
/** What stands for a message that is not in the report. */
const leftOut = (why) => JSON.stringify({ data: { leftOut: why } });
/** The text of a message. */
const textOf = (message) => {
  try {
    const text = JSON.stringify(plainly()(message, []));
    return bytesOf(text) > LARGEST ? leftOut(`more than ${LARGEST} bytes`) : text;
  } catch (error) {
    return leftOut(`unreadable: ${thrownMessage(error).slice(0, 200)}`);
  }
};

// ---- Secrets ----

/** How many characters of a secret are shown, enough to tell two apart; none of a short one. tests/vectors/masks.json. */
const SHOWN = 6;
const mask = (secret) => {
  const characters = [...secret];
  return characters.length > SHOWN ? `${characters.slice(0, SHOWN).join('')}…` : secret && '…';
};
const isSecret = (name) => /^code$|token|secret|passw|session|cookie|authoriz|credential|signature|ticket/i.test(name);
/** An answer may have `code: 0`, which is no secret. */
const isLongNumber = (value) => typeof value == 'number' && String(value).length >= SHOWN;
/** A secret in the query or the fragment of an address, wherever the address is. */
const IN_ADDRESS =
  /([?&#](?:code|[\w-]*(?:token|secret|passw|session|cookie|authoriz|credential|signature|ticket)[\w-]*)=)([^&#\s"'<>)]+)/gi;
/** What is between an address and the place in a script's error. */
const QUERY_OF_SCRIPT = /(\bhttps?:\/\/[^\s?#)]*)[?#][^\s)]*?(?=(?::\d+)*(?:[\s)]|$))/g;

/** Every secret in a value, by the members' names and in addresses. */
const secretsIn = (value, found) => {
  if (typeof value == 'string') for (const [, , secret] of value.matchAll(IN_ADDRESS)) found.add(secret);
  if (typeof value != 'object' || value === null) return;
  for (const [name, member] of Object.entries(value)) {
    if (isSecret(name) && (typeof member == 'string' || isLongNumber(member))) found.add(String(member));
    else secretsIn(member, found);
  }
};

/** A function that masks the secrets in any value of JSON: in texts, in addresses, and as names of members. */
const hiding = (secrets) => {
  // A short one may be part of any word: it is masked where it is the whole value of such a member.
  const long = [...secrets].filter(({ length }) => length >= SHOWN);
  const known = [...long, ...long.map((secret) => encodeURIComponent(secret.toWellFormed?.() ?? secret.replace(/[\ud800-\udfff]/g, '')))]
    .sort((a, b) => b.length - a.length)
    .map((secret) => secret.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  const anyOf = known.length ? new RegExp(known.join('|'), 'g') : undefined;
  const text = (given) => {
    const shown = given.replace(IN_ADDRESS, (_, name, secret) => name + mask(secret));
    return anyOf ? shown.replace(anyOf, mask) : shown;
  };
  const hide = (value, name) => {
    if (name !== undefined && isSecret(name) && (typeof value == 'string' || isLongNumber(value))) return mask(String(value));
    if (typeof value == 'string') return text(value);
    if (typeof value != 'object' || value === null) return value;
    if (Array.isArray(value)) return value.map((item) => hide(item));
    return Object.fromEntries(Object.entries(value).map(([key, member]) => [text(key), hide(member, key)]));
  };
  return hide;
};

/** The parameters of the console: their values are in the report. Of others only the name is, and of the fragment nothing. */
const CONSOLES = ['juziSidebar', 'msgType', 'juziChatId', 'juziChatWxid', 'juziBotId'];
export const safeAddress = (address) => {
  const { protocol, host, pathname, searchParams, hash } = new URL(address);
  if (!/^https?:$/.test(protocol)) return protocol;
  // A long part with a digit is an id or a key.
  const path = pathname.replace(/[^/]{16,}/g, (part) => (/\d/.test(part) ? mask(part) : part));
  const query = [...searchParams].map(([name, value]) => {
    if (CONSOLES.includes(name)) return `${name}=${encodeURIComponent(value)}`;
    return value && /^[a-z][\w-]{0,30}$/i.test(name) ? `${name}=…` : '…';
  });
  return `${protocol}//${host}${path}${query.length ? `?${query.join('&')}` : ''}${hash && '#…'}`;
};

// ---- Entries ----

/** Why the helper ignores a message, and whether the report has it: only if the console has posted it in the protocol. */
const IGNORED = {
  __proto__: null,
  'not from the host': ['not-host', false],
  "not the host's origin": ['other-origin', false],
  "not the protocol's": ['not-protocol', false],
  'no call waits for it': ['no-call', true],
  'the answer to another call': ['other-call', true],
  'a push before the first answer': ['early-push', true],
  'a push without baseInfo': ['no-base-info', true],
  'no such event': ['no-event', true],
};

/** Members that an answer and a request have. */
const named = (api) => (typeof api == 'string' ? api.slice(0, 500) : '');
const idOf = (id) => (typeof id == 'string' || Number.isFinite(id) ? id : null);
const mark = (name, text, more) => ({ list: 'marks', head: { mark: name, text: String(text).slice(0, LONGEST), ...more } });
/** An error of the page, without the queries of its scripts. */
const errorMark = (name, message, error) => {
  const clean = (text) => text.slice(0, LONGEST).replace(QUERY_OF_SCRIPT, '$1');
  let stack;
  try {
    ({ stack } = error);
  } catch {
    // Anything can be thrown.
  }
  return mark(name, clean(message), typeof stack == 'string' && { stack: clean(stack) });
};

/** What an entry is, by what the helper has noted (calls.js, bridge.rs). */
const READ = {
  __proto__: null,
  'in the sidebar?': (reason) => mark('detected', reason),
  "the host's origin is": (origin) => mark('host', origin),
  'to the host': (payload) => ({
    list: 'messages',
    head: {
      kind: 'request',
      direction: 'in',
      api: named(payload.data.api),
      reqId: idOf(payload.data.reqId),
      outcome: 'pending',
      duration: null,
    },
    payload,
  }),
  'from the host': (payload) => {
    const kind = payload.api === 'updateBaseInfo' ? 'push' : 'answer';
    const head = { kind, direction: 'out', api: named(payload.api), reqId: idOf(payload.reqId), outcome: 'sent', duration: null };
    return { list: 'messages', head, payload };
  },
  error: ({ message, error }) => errorMark('error', String(message), error),
  unhandledrejection: ({ reason }) => errorMark('rejection', thrownMessage(reason), reason),
};

const ignored = (why, value) => {
  const [reason, isKept] = IGNORED[why];
  return { list: 'ignored', head: { reason }, ...(isKept && { payload: value }) };
};

/** The members of an entry that may contain a secret. */
const TEXTS = ['api', 'payload', 'reqId', 'text', 'stack'];

// ---- The recorder ----

/** The keys of a shortcut, such as `ctrl+alt+r`; null for none. */
const keysOf = (given) => {
  if (given === true || given === 'true' || given === '') return null;
  const [, modifiers, key] = (typeof given == 'string' && /^((?:(?:ctrl|alt|shift|meta)\+)+)([a-z0-9])$/i.exec(given)) || [];
  if (!key) throw new TypeError('record must be true, false, or keys such as ctrl+alt+r');
  return { modifiers: modifiers.toLowerCase(), key: key.toUpperCase() };
};

const isPressed = ({ modifiers, key }, event) =>
  event.isTrusted &&
  !event.repeat &&
  ['ctrl', 'alt', 'shift', 'meta'].every((name) => event[`${name}Key`] === modifiers.includes(name)) &&
  // With Alt, the key of a Mac types another character.
  (event.code === `Key${key}` || event.code === `Digit${key}`);

/**
 * The recorder of a page.
 *
 * @param {object} page `notes`: what has happened so far; `options`; `juziWx`; `complain`
 * @param {string[]} names the options that the report has, if they are given
 */
export const createRecorder = ({ notes, options, juziWx, complain }, names) => {
  const keys = keysOf(options.record);
  const startedAt = new Date(notes[0]?.[0] ?? Date.now()).toISOString();
  const entries = [];
  /** The requests by their reqId. */
  const requests = new Map();
  let [seq, bytes, dropped] = [0, 0, 0];

  const drop = () => {
    const gone = entries.shift();
    if (requests.get(gone.head.reqId) === gone) requests.delete(gone.head.reqId);
    bytes -= gone.size;
    dropped++;
  };

  const add = (at, { list, head, payload, answers }) => {
    const text = payload === undefined ? undefined : textOf(payload);
    const entry = { list, at, seq: ++seq, head, text, answers, size: bytesOf(JSON.stringify(head)) + (text ? bytesOf(text) : 0) };
    entries.push(entry);
    bytes += entry.size;
    while (entries.length > MOST_ENTRIES || bytes > MOST_BYTES) drop();
    return entry;
  };

  /** A call has ended: its request has an outcome, and a failure is noted. */
  const ended = (at, [reqId, ok, why]) => {
    const request = requests.get(reqId);
    if (request) Object.assign(request.head, { outcome: ok ? 'ok' : 'fail', duration: at - request.at });
    if (!ok) add(at, mark('failed', why));
  };

  const noteOne = (at, what, value) => {
    if (what === 'ended') {
      ended(at, value);
      return;
    }
    const read = READ[what];
    const entry = read ? read(value) : ignored(what.replace('ignored: ', ''), value);
    const { kind, reqId } = entry.head;
    const answered = kind === 'answer' ? requests.get(reqId) : undefined;
    const added = add(at, { ...entry, answers: answered?.seq });
    if (kind === 'request') requests.set(reqId, added);
  };

  const note = (...noted) => {
    try {
      noteOne(...noted);
    } catch (error) {
      // Never into a call of the page.
      complain('not recorded', error);
    }
  };

  const about = () => {
    const given = Object.fromEntries(
      names.filter((name) => options[name] !== undefined).map((name) => [name, plainly()(options[name], [])]),
    );
    return {
      format: 'juzi-report',
      version: 1,
      by: 'page',
      page: safeAddress(location.href),
      startedAt,
      exportedAt: new Date().toISOString(),
      browser: { userAgent: navigator.userAgent, language: navigator.language },
      helper: { env: juziWx.env ? { ...juziWx.env } : null, options: given },
      dropped,
    };
  };

  const report = () => {
    const lists = { messages: [], marks: [], ignored: [] };
    const secrets = new Set();
    for (const [, secret] of location.href.matchAll(/[?&#]code=([^&#]+)/g)) secrets.add(secret);
    for (const entry of entries) {
      const { list, at, head, text } = entry;
      const row = list === 'ignored' ? {} : { row: entry.answers ?? entry.seq };
      const one = {
        ...row,
        ...(list !== 'marks' && { seq: entry.seq }),
        at,
        ...head,
        ...(text && { payload: JSON.parse(text) }),
        ...(entry.answers && { answers: entry.answers }),
        time: new Date(at).toISOString(),
      };
      secretsIn(one, secrets);
      lists[list].push(one);
    }
    const whole = about();
    secretsIn(whole.helper.options, secrets);
    const hide = hiding(secrets);
    whole.page = hide(whole.page);
    whole.helper.options = hide(whole.helper.options);
    for (const one of Object.values(lists).flat()) for (const name of TEXTS) if (name in one) one[name] = hide(one[name]);
    return { ...whole, ...lists };
  };

  const saveReport = () => {
    const made = report();
    const address = URL.createObjectURL(new Blob([JSON.stringify(made, null, 2)], { type: 'application/json' }));
    const link = document.createElement('a');
    link.href = address;
    link.download = `juzi-report-${made.exportedAt.replace(/[:.]/g, '-')}.json`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(address), 10_000);
  };

  if (keys) {
    addEventListener('keydown', (event) => {
      if (!isPressed(keys, event)) return;
      event.preventDefault();
      saveReport();
    });
  }
  for (const noted of notes.splice(0)) note(...noted);
  notes.push = (noted) => note(...noted);
  return { report, saveReport };
};

/** For a page in Rust, whose module has the recorder beside it. */
export const loadInside = async () => (page) => createRecorder(page, Object.keys(page.options));
