// The platform past what a page puts in its way: named elements, and the window of a sandbox.
import { hasOwn, isObject, method, tried } from './members.js';

// Captured when the script loads, before the page can replace them.
const { Document, HTMLCollection, Node, Text } = globalThis;
export const getOwnPropertyDescriptor = Object.getOwnPropertyDescriptor;
export const apply = Reflect.apply;

// ---- Named elements ----
// `<img name=currentScript>` hides the document's member of that name, and `<a id=juziWx>` becomes a global variable. So the platform is
// read by getters and methods of its prototypes, which markup cannot change.

/** A getter as a function. It returns undefined if the platform lacks it. */
const getterOf = (owner, name) => {
  const get = owner && getOwnPropertyDescriptor(owner, name)?.get;
  return (object) => get && apply(get, object, []);
};
/** A getter of a prototype. */
export const getter = (type, name) => getterOf(type && type.prototype, name);
/** A method of a prototype as a function. */
export const methodOf = (type, name) => type && method(type.prototype[name]);

export const nodeType = getter(Node, 'nodeType');
const ownerDocument = getter(Node, 'ownerDocument');
/**
 * The document. A sandbox may put a proxy in its place, which the platform's getters refuse; a new node belongs to the real one. Markup
 * changes neither.
 */
export const realDocument = () => (passes(nodeType, document) ? document : ownerDocument(new Text()));
const collectionLength = /* @__PURE__ */ getter(HTMLCollection, 'length');
const defaultView = getter(Document, 'defaultView');
const windowOf = /* @__PURE__ */ getterOf(globalThis, 'window');

/** Whether a getter of the platform accepts the object: it throws for another type. */
export const passes = (read, value) => tried(() => read(value)) !== undefined;
const isWindow = (value) => windowOf(value) === value || undefined;
/** Whether it is an element, a collection or a frame's window, which a name in the markup makes global. */
export const isFromMarkup = (value) =>
  isObject(value) && (passes(nodeType, value) || passes(collectionLength, value) || passes(isWindow, value));

/** A global variable that a script has defined; undefined if there is none, or if reading it throws. */
export const globalOf = (window, name) =>
  tried(() => {
    const found = hasOwn(window, name) ? window[name] : undefined;
    return isFromMarkup(found) ? undefined : found;
  });
/** Whether it is the `juziWx` or the `WeixinJSBridge` of a helper. */
export const isHelper = (value) => tried(() => value.isJuziWx) === true;

/**
 * The window that is in a frame. A sandbox's is a proxy: its `parent` may be the proxy itself, and its listeners end with the
 * sub-application, which may be shown again. A simulated window is in no frame; a test puts another in its place.
 */
export const framedWindow = (given) =>
  tried(() => {
    const real = given === window ? defaultView(realDocument()) : given;
    return real.parent !== real && real;
  }) || given;
