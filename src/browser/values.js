// What Rust asks of a JavaScript value and js-sys cannot tell without running the page's code unguarded.

// Taken when the script loads: a page that replaces one of them afterwards changes nothing here.
const { Object, Reflect, String } = globalThis;
const { isArray } = Array;
const { getPrototypeOf, prototype: objectPrototype } = Object;
const { defineProperty } = Reflect;

/** A method as a function whose first argument is its `this`. */
export const method = (function_) => Function.prototype.call.bind(function_);
export const hasOwn = method(objectPrototype.hasOwnProperty);
export const isFunction = (value) => typeof value == 'function';
export const isObject = (value) => Object(value) === value;

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
  if (typeof value == 'number') return 7;
  return isFunction(value) ? 8 : 9;
};

/** Whether an object, or a prototype of it below `Object.prototype`, has the member. */
const hasBelow = (object, name) => {
  for (let at = object; at && at !== objectPrototype; at = getPrototypeOf(at)) if (hasOwn(at, name)) return true;
  return false;
};

/** A member of the page's object. What a script has added to every object is no member of it. */
export const get = (object, name) =>
  hasOwn(objectPrototype, name) && isObject(object) && !hasBelow(object, name) ? undefined : object[name];

/** A member of its own, of an object that runs no code when it is read. */
export const own = (object, name) => (object != null && hasOwn(object, name) ? object[name] : undefined);

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
  if (name in object) define(object, name, { value, writable: true });
  else object[name] = value;
};

/** A copy of a plain object, of any window's; of nothing an empty one; of anything else nothing. */
export const copy = (value) => {
  if (value == null) return {};
  const prototype = getPrototypeOf(value);
  if (prototype !== null && getPrototypeOf(prototype) !== null) return undefined;
  const copied = { ...value };
  // It would become the prototype of whatever the page copies this into.
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
