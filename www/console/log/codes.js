/**
 * The login codes in a log. Logs are attached to bug reports, and whoever redeems a code learns who the user is. An exported log and
 * copied code therefore show only the start of a code, as the hub's rows do. No DOM here.
 */
import { PUSH_API } from '../../host/protocol.js';
import { DEEPEST } from './schema.js';

/** @typedef {import('../../host.js').LogEntry} LogEntry */
/** @typedef {import('./rows.js').Row} Row */

/** How many characters of a code are shown, enough to tell two apart. */
const SHOWN = 6;

/** The part of a code that is shown: nothing of a short code, because its start would be most of it. @param {string} code */
export const maskCode = (code) => {
  const characters = [...code];
  return characters.length > SHOWN ? `${characters.slice(0, SHOWN).join('')}…` : '…';
};

/** The values of members with the name `code`. @param {any} value @param {number} depth @returns {Generator<string>} */
function* codesInside(value, depth) {
  if (typeof value !== 'object' || value === null || depth > DEEPEST) return;
  for (const [name, member] of value instanceof Map ? value : Object.entries(value)) {
    if (name === 'code' && (typeof member === 'string' || typeof member === 'number') && String(member) !== '') yield String(member);
    else yield* codesInside(member, depth + 1);
  }
}

/** The codes that a message gives to the page. @param {Pick<LogEntry, 'kind' | 'api' | 'payload'>} entry */
export function codesOf({ kind, api, payload }) {
  const gives = (kind === 'answer' && api === 'sidebarAuth') || (kind === 'push' && api === PUSH_API);
  return gives ? codesInside(payload, 0) : [];
}

/** The codes of a whole log. @param {readonly Row[]} rows */
export const codesOfRows = (rows) => new Set(rows.flatMap(({ messages }) => messages.flatMap((entry) => [...codesOf(entry)])));

/** Codes in an address: `?code=…`. @param {string | null | undefined} address */
const codesOfAddress = (address) => [...(address ?? '').matchAll(/[?&#]code=([^&#\s]+)/g)].map(([, code]) => code);

/**
 * A function that masks codes inside a text. It reads each text once, however many codes there are.
 * @param {Iterable<string>} codes
 */
function replacing(codes) {
  /** By their first characters, the longest first. @type {Map<string, string[]>} */
  const byStart = new Map();
  for (const code of [...codes].filter(({ length }) => length >= SHOWN).sort((a, b) => b.length - a.length)) {
    const start = code.slice(0, SHOWN);
    byStart.set(start, [...(byStart.get(start) ?? []), code]);
  }
  return (/** @type {string} */ text) => {
    let [shown, from] = ['', 0];
    for (let i = 0; i + SHOWN <= text.length; i++) {
      const at = i;
      const found = byStart.get(text.slice(i, i + SHOWN))?.find((code) => text.startsWith(code, at));
      if (!found) continue;
      shown += text.slice(from, i) + maskCode(found);
      from = i + found.length;
      i = from - 1;
    }
    return shown + text.slice(from);
  };
}

/**
 * A function that masks the codes in any value: in texts, in addresses, and as names of members.
 * @param {Iterable<string>} codes
 * @param {(masked: string) => any} [instead] What replaces a text that contains a code; default the masked text.
 * @returns {(value: any) => any}
 */
export function hiding(codes, instead = (masked) => masked) {
  const known = new Set(codes);
  for (const code of [...known]) known.add(encodeURIComponent(code.toWellFormed()));
  if (known.size === 0) return (value) => value;
  const replaced = replacing(known);
  // A short code is found only where it stands alone, because it may be part of any word.
  const masked = (/** @type {string} */ text) => (known.has(text) ? maskCode(text) : replaced(text));

  /**
   * @param {any} value @param {Map<object, any>} copies The copies made so far, by their originals: a cycle leads to a copy.
   * @param {number} depth @returns {any}
   */
  function hide(value, copies, depth) {
    if (typeof value === 'number') return known.has(String(value)) ? instead(maskCode(String(value))) : value;
    if (typeof value === 'string') {
      const text = masked(value);
      return text === value ? value : instead(text);
    }
    if (typeof value !== 'object' || value === null) return value;
    if (copies.has(value)) return copies.get(value);
    if (depth > DEEPEST) return `[nested deeper than ${DEEPEST}]`;
    const again = (/** @type {any} */ one) => hide(one, copies, depth + 1);
    return copyOf(value, (copy) => void copies.set(value, copy), again, masked);
  }
  return (value) => hide(value, new Map(), 0);
}

/**
 * @param {any} value An object. @param {(copy: object) => void} note Gets the copy before it is filled.
 * @param {(member: any) => any} again @param {(name: string) => string} masked
 */
function copyOf(value, note, again, masked) {
  if (Array.isArray(value) || value instanceof Set || value instanceof Map) {
    /** @type {any[]} */
    const list = [];
    note(list);
    for (const one of value) list.push(again(one));
    return list;
  }
  const prototype = Object.getPrototypeOf(value);
  if (prototype !== null && Object.getPrototypeOf(prototype) !== null) return value;
  /** @type {any} */
  const copy = {};
  note(copy);
  for (const [name, member] of Object.entries(value)) {
    const own = { value: again(member), enumerable: true, configurable: true, writable: true };
    Object.defineProperty(copy, masked(name), own);
  }
  return copy;
}

/**
 * A function that hides the codes of a log: those in its messages, those in its addresses, and those known from elsewhere.
 * @param {readonly Row[]} rows @param {Iterable<string>} [known] @param {(string | null | undefined)[]} [addresses]
 * @param {(masked: string) => any} [instead]
 */
export function hidingOf(rows, known = [], addresses = [], instead) {
  const places = [...addresses, ...rows.map(({ mark }) => mark?.text)];
  return hiding([...known, ...codesOfRows(rows), ...places.flatMap(codesOfAddress)], instead);
}
