// Reading and writing of values for read.rs, where js-sys would run the page's code unguarded.
import { define, get, getPrototypeOf, hasOwn, method } from './members.js';

// Captured when the script loads, before the page can replace them.
const { Math, String } = globalThis;
const { isArray } = Array;
const { keys } = Object;

const split = method(String.prototype.split);
export const isFunction = (value) => typeof value == 'function';

/** The index in `KINDS` of read.rs. */
export const kind = (value) => {
  if (typeof value == 'string') return value ? 2 : 1;
  if (value == null) return 0;
  if (typeof value == 'object') {
    try {
      return isArray(value) ? 4 : 3;
    } catch {
      // A revoked proxy: reading a member throws as well.
      return 3;
    }
  }
  if (typeof value == 'boolean') return value ? 6 : 5;
  if (typeof value == 'number') return 7;
  return isFunction(value) ? 8 : 9;
};

/** An own member of an object that has no getters. */
export const own = (object, name) => (object != null && hasOwn(object, name) ? object[name] : undefined);

/** Sets a member of our own object: by assignment if no inherited setter is in the way, else by definition. */
export const set = (object, name, value) => {
  if (name in object) define(object, name, { value, writable: true });
  else object[name] = value;
};

/** Sets members of our own object, or of a new one. Their names are separated by spaces. */
export const setAll = (object, names, ...values) => {
  object ??= {};
  split(names, ' ').forEach((name, index) => set(object, name, values[index]));
  return object;
};

/** A shallow copy of a plain object of any window; an empty object for null and undefined; undefined for anything else. */
export const copy = (value) => {
  if (value == null) return {};
  const prototype = getPrototypeOf(value);
  if (prototype !== null && getPrototypeOf(prototype) !== null) return undefined;
  const copied = { ...value };
  // Assigned to another object, it would replace that one's prototype.
  delete copied['__proto__'];
  return copied;
};

/** Something that throws an error with this message. */
export const thrower = (message) => () => {
  throw { __proto__: null, message };
};

/**
 * A copy of the parts of the page's value that the rules read. It is taken now, because the page may change the value before the module
 * reads it. Each member is read once. A member that throws is copied as one that throws the same text for the module. The length of an
 * array may throw here.
 *
 * `read` is a part of `READ` in calls.js. Without it, only the kind of the value is taken.
 */
export const taken = (value, read) => {
  const type = kind(value);
  if (type != 3 && type != 4) return value;
  const copied = type == 3 ? {} : [];
  const [members, most, item] = read || [];
  const take = (name, inner) => {
    let descriptor;
    try {
      descriptor = { value: taken(get(value, name), inner) };
    } catch (error) {
      descriptor = { get: thrower(thrownMessage(error)) };
    }
    define(copied, name, descriptor);
    const named = descriptor.value;
    if (name == 'msgtype' && typeof named == 'string' && hasOwn(inner[0], named)) take(named, inner[0][named]);
  };
  if (type == 3) for (const name of keys(members || {})) take(name, members[name]);
  else if (most) {
    const length = Math.min(Math.max(number(get(value, 'length')), 0), most + 1) | 0;
    // One that is too long is refused unread.
    for (let index = 0; index < length && length <= most; index++) take(index, item);
    copied.length = length;
  }
  return copied;
};

/** The first characters of a string; undefined if it is none. A surrogate pair is one character. */
export const string = (value, characters) => {
  if (typeof value != 'string' || value.length <= characters) return typeof value == 'string' ? value : undefined;
  return [...value.slice(0, 2 * characters)].slice(0, characters).join('');
};

/** A number, or a string with a decimal number; otherwise NaN. */
export const number = (value) =>
  typeof value == 'number' || (typeof value == 'string' && /^\s*[+-]?[\d.]+(e[+-]?\d+)?\s*$/i.test(value)) ? +value : NaN;

/** The message of what was thrown. Any value can be thrown, and reading it may throw again. */
export const thrownMessage = (thrown) => {
  try {
    return String(thrown?.message ?? thrown);
  } catch {
    return 'unreadable error';
  }
};
