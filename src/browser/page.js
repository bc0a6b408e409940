// The page: what it finds in `window`, and what the module is told of it. Pages hold these functions and accessors, and they
// have to be there before the module is.
import { CALLS, ask, failUnread, invoke, member, start, tell } from './calls.js';
import { define, get, hasOwn, isObject, method } from './values.js';

// Taken when the script loads: a page that replaces one of them afterwards changes nothing here.
const { Document, Event, EventTarget, HTMLCollection, Node, Object, Reflect, TypeError, URL, URLSearchParams, Uint32Array, crypto, queueMicrotask } = globalThis;
const { getOwnPropertyDescriptor } = Object;
const { apply } = Reflect;

// ---- What markup cannot fake ----
// `<img name=currentScript>` hides the document's own member of that name, and `<a id=juziWx>` looks like a global. Getters and
// methods of prototypes are out of reach for markup.

/** A getter of the platform's as a function; it returns nothing where the platform has none. */
export const getter = (type, name) => {
  const get = type && getOwnPropertyDescriptor(type.prototype, name)?.get;
  return (object) => get && apply(get, object, []);
};
/** The same for a method. */
export const methodOf = (type, name) => type && method(type.prototype[name]);

/** The running classic script; null while a module runs, or no script at all. */
export const runningScript = getter(Document, 'currentScript');
const nodeType = getter(Node, 'nodeType');
const collectionLength = getter(HTMLCollection, 'length');
const documentUri = getter(Node, 'baseURI');
const referrerOf = getter(Document, 'referrer');
const dispatchEvent = methodOf(EventTarget, 'dispatchEvent');
const windowOf = getOwnPropertyDescriptor(globalThis, 'window')?.get;

/** Whether the platform takes it for one of its objects: the getter of another kind throws. */
const passes = (read, value) => {
  try {
    return read(value) !== undefined;
  } catch {
    return false;
  }
};
const isWindow = (value) => (windowOf && apply(windowOf, value, []) === value) || undefined;
/** Elements, collections of them and windows of frames: what a name in the markup stands for. */
const isFromMarkup = (value) =>
  isObject(value) && (passes(nodeType, value) || passes(collectionLength, value) || passes(isWindow, value));

/** A global variable that a script has made; nothing where reading it throws. */
export const globalOf = (window, name) => {
  try {
    const found = hasOwn(window, name) ? window[name] : undefined;
    return isFromMarkup(found) ? undefined : found;
  } catch {
    // A getter of the page's.
  }
};
/** Whether this is the `juziWx` of a helper. */
export const isHelper = (value) => {
  try {
    return value?.isJuziWx === true;
  } catch {
    return false;
  }
};

// ---- The page's window ----

/** The page's window, and the object that is its `juziWx`. */
let page;
let juziWx;
/** What runs the module: `wasm` or `js`. */
let engine;
let inSidebar = false;
/** Whether `window.wx` or `window.jWeixin` has been taken over. */
let patched = false;
/** Whether `juziWx` is in the page. */
let offered = false;
/** Whether WeChat's bridge in this page is ours. */
let bridgeProvided = false;
/** The bridge of an init that failed: it is there still for one that is repeated. */
let ownBridge;
const setPage = (window, object) => {
  if (page !== window) inSidebar = patched = offered = bridgeProvided = false;
  page = window;
  juziWx = object;
};

/** An option that is on or off, as src/options.rs reads it. */
const isOn = (options, name, otherwise) => {
  const given = options == null ? undefined : get(options, name);
  if ([true, 'true', ''].includes(given)) return true;
  return [false, 'false'].includes(given) ? false : otherwise;
};

const hasParameter = (window) => new URLSearchParams(window.location.search).has('juziSidebar');

/** As src/env.rs decides, for as long as it is not there. tests/vectors/environments.json holds the two together. */
export const seemsInSidebar = (window, options) =>
  !/micromessenger|wxwork/i.test(window.navigator.userAgent) &&
  window.parent !== window &&
  (isOn(options, 'force', false) || hasParameter(window));

// ---- The objects that pages call ----

/** Gives an object our calls. False where it does not take one of them. */
const fill = (object) => {
  let taken = define(object, 'isJuziWx', { value: true, writable: true });
  for (const name of ['invoke', ...CALLS]) taken = define(object, name, { value: member(name), writable: true }) && taken;
  return taken;
};

/** The object with our calls: the same one, or where it is frozen or sealed one that inherits from it. */
const adopt = (wx) => {
  if (fill(wx)) return wx;
  const inheriting = Object.create(wx);
  fill(inheriting);
  return inheriting;
};

/** `juziWx.patch`: takes over an object that is not global. Outside the sidebar it stays as it is. */
export const patch = (wx) => {
  if (!isObject(wx)) throw new TypeError('patch: wx must be an object');
  if (inSidebar) return adopt(wx);
  tell(() => inSidebar && adopt(wx));
  return wx;
};

/** Takes a global over in place, or waits for it to be assigned. */
const takeOverGlobal = (name) => {
  const found = globalOf(page, name);
  if (isObject(found)) {
    const taken = adopt(found);
    patched = taken === found || define(page, name, { value: taken, writable: true }) || patched;
  } else if (found == null) watch(page, name);
};

/**
 * Takes over what is assigned to a global that is not there yet. Until then a script that goes through the window's members does
 * not come upon it.
 */
const watch = (window, name) => {
  let current;
  const get = () => {
    if (current === undefined) lookedFor(window.navigator, name);
    return current;
  };
  const set = (assigned) => {
    define(window, name, { get, set });
    patched ||= isObject(assigned);
    current = isObject(assigned) ? adopt(assigned) : assigned;
  };
  define(window, name, { get, set, enumerable: false });
};

// ---- WeChat's bridge ----

/** What SDKs call, which never look at a promise. Their `call` names menus and toolbars, of which this page has none. */
const weixinJSBridge = {
  invoke: (name, params, done) => void invoke(name, params, done, true),
  on: (name, listener) => void invoke('on', name, listener, true),
  call() {},
};

/** Puts WeChat's bridge in the page and says so; a listener that throws reaches `window.onerror` by itself. */
const provideBridge = () => {
  const found = globalOf(page, 'WeixinJSBridge');
  // Another copy's goes with that copy, which cannot run, or this one would not be here.
  if (found != null && (found === ownBridge || !isHelper(found))) return;
  const bridge = { ...weixinJSBridge };
  // By it another copy knows that it may replace this one.
  define(bridge, 'isJuziWx', { value: true, enumerable: false });
  if (define(page, 'WeixinJSBridge', { value: bridge, writable: true })) {
    bridgeProvided = true;
    ownBridge = bridge;
    dispatchEvent(document, new Event('WeixinJSBridgeReady'));
  }
};

/** Takes the disguise of the user agent back. */
let withdraw;
/** A script looks for a global that is not there. An SDK looks for `jWeixin` alone; who reads `wx` too goes through all of them. */
const lookedFor = (navigator, name) => {
  if (name != 'jWeixin') withdraw?.();
  else if (bridgeProvided) introduce(navigator);
};

/**
 * Lets one of WeChat's SDKs know that it has a bridge. Whether it ever talks to one in `config` and calls the page's `ready`
 * callbacks it decides when it is loaded, by the user agent; and what a bundle has made of it nobody can reach afterwards.
 * An SDK looks whether there is a `jWeixin` and then reads the user agent, once. So the next reading by the same script, and no other
 * and none after that script, names WeChat beside the browser.
 */
const introduce = (navigator) => {
  if (hasOwn(navigator, 'userAgent')) return;
  const { userAgent } = navigator;
  const script = runningScript(document);
  const get = () => {
    withdraw();
    return runningScript(document) === script ? `${userAgent} MicroMessenger` : userAgent;
  };
  // Another script may have put a property of its own in its place.
  withdraw = () => getOwnPropertyDescriptor(navigator, 'userAgent')?.get === get && delete navigator.userAgent;
  if (define(navigator, 'userAgent', { get })) queueMicrotask(withdraw);
};

// ---- Into the page ----

/** Puts `juziWx` in the page. */
const offer = () => {
  if (offered) return;
  offered = true;
  fill(juziWx);
  define(juziWx, 'patch', { value: patch, writable: true });
  define(juziWx, 'env', { get: () => ask((core) => core.env(patched, engine)) });
  define(page, 'juziWx', { value: juziWx, writable: true });
};

/** In the sidebar: takes over the SDK's globals, and provides WeChat's bridge. */
const takeOver = (bridge) => {
  if (!inSidebar) {
    inSidebar = true;
    takeOverGlobal('jWeixin');
    takeOverGlobal('wx');
  }
  if (bridge) provideBridge();
};

/** Where the module takes its time: calls that wait for it, in all the places where pages look for them. */
export const offerEarly = (window, options, object) => {
  setPage(window, object);
  offer();
  if (seemsInSidebar(page, options)) takeOver(isOn(options, 'bridge', true));
};

/** The module runs: it looks at the page and installs itself in it. */
export const connect = (core, window, options, object, runs) => {
  setPage(window, object);
  engine = runs;
  const { navigator, location } = page;
  start(core, () => core.install(options, navigator.userAgent, page.parent !== page, hasParameter(page), location.ancestorOrigins?.[0]));
};

// ---- For the module ----

/** How the host is posted to: its own function, taken before a page of its origin can replace it. */
let postMessage;
let parent;
/** False where it could not be posted. */
export const post = (message, origin) => {
  try {
    apply(postMessage, parent, [message, origin]);
    return true;
  } catch {
    return false;
  }
};

/** Puts the helper in the page, as the module has found it: inside the sidebar, and to provide WeChat's bridge. */
export const enterPage = (inside, bridge) => {
  offer();
  if (!inside) return;
  listenToHost();
  takeOver(bridge);
};

/** Tells the module of every message to the page. */
const listenToHost = () => {
  ({ parent } = page);
  ({ postMessage } = parent);
  // The platform's own getters: a script that replaces them afterwards would tell us who speaks.
  const { MessageEvent } = page;
  const [dataOf, originOf, sourceOf] = ['data', 'origin', 'source'].map((name) => getter(MessageEvent, name));
  page.addEventListener('message', (event) => {
    // What a script has made has no sender, whatever it claims, and need not have these members at all.
    const { isTrusted } = event;
    const data = isTrusted ? dataOf(event) : undefined;
    const fromParent = isTrusted && sourceOf(event) === parent;
    tell((core) => {
      let read = false;
      try {
        core.message(fromParent, data, isTrusted ? originOf(event) : '');
        read = true;
      } finally {
        if (!read && fromParent) failUnread(data);
      }
    });
  });
};

/** A URL made absolute by the page's own; nothing where it is none. */
export const resolve = (url) => {
  try {
    return new URL(url, documentUri(document)).href;
  } catch {
    return undefined;
  }
};
/** The address of the page around this one, or its origin. What stands in for a document, as in a test, is no node. */
export const referrer = () => (passes(nodeType, page.document) ? referrerOf(page.document) : page.document.referrer);

/** What makes the reqIds of this page its own. */
export const randomDigits = () => crypto.getRandomValues(new Uint32Array(2)).join('');
