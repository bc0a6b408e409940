// What Rust asks of a JavaScript value and js-sys cannot tell without running the page's code unguarded.

// Taken when the script loads: a page that replaces one of them afterwards changes nothing here.
const { Object, Reflect, String } = globalThis;
const { isArray } = Array;
const { hasOwnProperty } = Object.prototype;
const { apply, defineProperty } = Reflect;

/** As `KINDS` in read.rs counts them. */
export const kind = (value) => {
  if (typeof value == 'string') return value ? 2 : 1;
  if (value == null) return 0;
  if (typeof value == 'object') {
    try {
      return isArray(value) ? 4 : 3;
    } catch {
      // A revoked proxy: reading it will say so.
      return 3;
    }
  }
  if (typeof value == 'boolean') return value ? 6 : 5;
  return { number: 7, function: 8 }[typeof value] ?? 9;
};

/** A member of the page's object. What a script has added to every object is no member of it. */
export const get = (object, name) => {
  const member = object[name];
  return member !== undefined && member === Object.prototype[name] ? undefined : member;
};

/** A member of its own, of an object that runs no code when it is read. */
export const own = (object, name) =>
  object != null && apply(hasOwnProperty, object, [name]) ? object[name] : undefined;

/** Defines a member without running a setter. False where the object does not take it. */
export const define = (object, name, descriptor) => {
  try {
    return defineProperty(object, name, { __proto__: null, enumerable: true, configurable: true, ...descriptor });
  } catch {
    // A proxy's trap.
    return false;
  }
};

/** Sets a member of an object of ours: assigned where no setter can be in the way, else defined. */
export const set = (object, name, value) => {
  if (name in object) define(object, name, { __proto__: null, value, writable: true });
  else object[name] = value;
};

/** A copy. An own member `__proto__` would become the prototype of whatever the page copies it into. */
export const copy = (value) => {
  if (typeof value != 'object') return {};
  const copied = { ...value };
  delete copied['__proto__'];
  return copied;
};

/** Of a string: its first characters. One may be a surrogate pair, which is not cut through. */
export const text = (value, characters) => {
  if (typeof value != 'string' || value.length <= characters) return typeof value == 'string' ? value : undefined;
  return [...value.slice(0, 2 * characters)].slice(0, characters).join('');
};

/** A number, or a string that reads as one, in decimal. */
export const number = (value) =>
  typeof value == 'number' || (typeof value == 'string' && /^\s*[+-]?[\d.]+(e[+-]?\d+)?\s*$/i.test(value)) ? +value : NaN;

/** What was thrown, as a string; it may be anything, and reading it may throw again. */
export const thrownText = (thrown) => {
  try {
    return String(thrown?.message ?? thrown);
  } catch {
    return 'unreadable error';
  }
};
