// The members of objects: read, looked for and defined, whatever the page has done to `Object.prototype`. A file of its own, because what a
// page imports of the package without the rest of the helper needs no more of `values.js` than this.

// Captured when the script loads, before the page can replace them. One statement each: a bundler can leave out a constant that it does not
// use, but not a part of a destructuring assignment.
const ObjectOf = Object;
const objectPrototype = Object.prototype;
export const getPrototypeOf = Object.getPrototypeOf;
const defineProperty = Reflect.defineProperty;
export const ownKeys = Reflect.ownKeys;

/** What a function returns; undefined if it throws. */
export const tried = (run) => {
  try {
    return run();
  } catch {
    return undefined;
  }
};

/** A method as a function whose first argument is its `this`. */
export const method = (function_) => Function.prototype.call.bind(function_);
export const hasOwn = /* @__PURE__ */ method(Object.prototype.hasOwnProperty);
export const isObject = (value) => ObjectOf(value) === value;

/** Whether an object, or a prototype of it below `Object.prototype`, has the member. */
const hasBelow = (object, name) => {
  for (let at = object; at && at !== objectPrototype; at = getPrototypeOf(at)) if (hasOwn(at, name)) return true;
  return false;
};

/** A member of the page's object, except one that a script has added to `Object.prototype`. */
export const get = (object, name) =>
  hasOwn(objectPrototype, name) && isObject(object) && !hasBelow(object, name) ? undefined : object[name];

/** Defines a member without running a setter; false if the object refuses. */
export const define = (object, name, descriptor) => {
  try {
    return defineProperty(object, name, { __proto__: null, enumerable: true, configurable: true, ...descriptor });
  } catch {
    // A proxy's trap.
    return false;
  }
};
