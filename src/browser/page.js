// The page: what it finds in `window`, and what the module is told of it. Pages hold these functions and accessors, and they
// have to be there before the module is.
import { CALLS, ask, invoke, member, start, tell } from './calls.js';
import { define, own } from './values.js';

// Taken when the script loads: a page that replaces one of them afterwards changes nothing here.
const { Event, Object, Reflect, TypeError, URLSearchParams, Uint32Array, crypto, queueMicrotask } = globalThis;
const { getOwnPropertyDescriptor } = Object;
const { apply } = Reflect;

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
const setPage = (window, object) => {
  if (page !== window) inSidebar = patched = offered = bridgeProvided = false;
  page = window;
  juziWx = object;
};

/** A platform getter. Markup can hide a member of `document` behind an element of that name, but no prototype's. */
const getter = (prototype, name) => getOwnPropertyDescriptor(prototype, name)?.get;
export const readDocument = (name, of = document, prototype = Document.prototype) => {
  const get = getter(prototype, name);
  return get ? apply(get, of, []) : of[name];
};
export const callDocument = (name, ...given) => apply(Document.prototype[name], document, given);
/** The running script's own tag, if it has one. */
export const currentScript = () => {
  const tag = readDocument('currentScript');
  return tag instanceof HTMLScriptElement ? tag : null;
};
/** A member of the window's own; nothing where reading it throws. An element with that id is none. */
const ownMember = (window, name) => {
  try {
    return own(window, name);
  } catch {
    // A getter of the page's.
  }
};
const isObject = (value) => Object(value) === value;

/** Whether a helper is in the page already. */
export const isInstalled = (window) => ownMember(window, 'juziWx')?.isJuziWx === true;

/** As src/env.rs decides, for as long as it is not there; a table of environments runs against both. */
export const seemsSidebar = (window, { force } = {}) =>
  !/micromessenger|wxwork/i.test(window.navigator.userAgent) &&
  window.parent !== window &&
  ([true, 'true', ''].includes(force) || new URLSearchParams(window.location.search).has('juziSidebar'));

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
  const heir = Object.create(wx);
  fill(heir);
  return heir;
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
  const found = ownMember(page, name);
  if (isObject(found)) {
    const taken = adopt(found);
    patched = taken === found || define(page, name, { value: taken, writable: true }) || patched;
  } else if (found == null) watch(name);
};

/** Takes over what is assigned to a global that is not there yet. */
const watch = (name) => {
  let current;
  define(page, name, {
    get() {
      if (bridgeProvided && current === undefined && name == 'jWeixin') introduce(page.navigator);
      return current;
    },
    set(assigned) {
      patched ||= isObject(assigned);
      current = isObject(assigned) ? adopt(assigned) : assigned;
    },
  });
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
  if (ownMember(page, 'WeixinJSBridge') != null) return;
  if (define(page, 'WeixinJSBridge', { value: { ...weixinJSBridge }, writable: true })) {
    bridgeProvided = true;
    apply(EventTarget.prototype.dispatchEvent, document, [new Event('WeixinJSBridgeReady')]);
  }
};

/**
 * Lets one of WeChat's SDKs know that it has a bridge. Whether it ever talks to one in `config` and calls the page's `ready`
 * callbacks it decides when it is loaded, by the user agent; and what a bundle has made of it nobody can reach afterwards.
 * An SDK looks whether there is a `jWeixin` and then reads the user agent, once. So that next reading, and no other and none
 * after the running script, names WeChat beside the browser.
 */
const introduce = (navigator) => {
  if (getOwnPropertyDescriptor(navigator, 'userAgent')) return;
  const { userAgent } = navigator;
  const withdraw = () => delete navigator.userAgent;
  const get = () => {
    withdraw();
    return `${userAgent} MicroMessenger`;
  };
  if (define(navigator, 'userAgent', { get })) queueMicrotask(withdraw);
};

// ---- Into the page ----

/** Puts `juziWx` in the page. */
export const offer = () => {
  if (offered) return;
  offered = true;
  fill(juziWx);
  define(juziWx, 'patch', { value: patch, writable: true });
  define(juziWx, 'env', { get: () => ask((core) => core.env(patched, engine)) });
  define(page, 'juziWx', { value: juziWx, writable: true });
};

/** In the sidebar: takes over the SDK's globals, and provides WeChat's bridge. */
export const takeOver = (bridge) => {
  if (inSidebar) return;
  inSidebar = true;
  takeOverGlobal('wx');
  takeOverGlobal('jWeixin');
  if (bridge) provideBridge();
};

/** Where the module takes its time: calls that wait for it, in all the places where pages look for them. */
export const offerEarly = (window, options, object) => {
  setPage(window, object);
  offer();
  if (seemsSidebar(page, options)) takeOver(![false, 'false'].includes(options?.bridge));
};

/** The module runs: it looks at the page and installs itself in it. */
export const connect = (core, window, options, object, runs) => {
  setPage(window, object);
  engine = runs;
  const { navigator, location } = page;
  // Options may be the page's own object: what a script has put on every object is none of them.
  const given = isObject(options) ? { __proto__: null, ...options } : options;
  start(core, () => core.install(given, navigator.userAgent, page.parent !== page, location.search, location.ancestorOrigins?.[0]));
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

/** Tells the module of every message to the page. */
export const listenToHost = () => {
  const { MessageEvent } = page;
  ({ parent } = page);
  ({ postMessage } = parent);
  // The platform's own getters: a script that replaces them afterwards would tell us who speaks.
  const [data, origin, source] = ['data', 'origin', 'source'].map((name) => getter(MessageEvent.prototype, name));
  const listener = (event) => {
    // What a script has made has no sender, whatever it claims, and need not have these members at all.
    if (event.isTrusted) {
      const fromParent = apply(source, event, []) === parent;
      tell((core) => core.message(fromParent, apply(data, event, []), apply(origin, event, [])));
    } else tell((core) => core.message(false, undefined, ''));
  };
  // An element with that id hides what a window inherits.
  const { addEventListener, EventTarget } = page;
  const listen = typeof addEventListener == 'function' ? addEventListener : EventTarget.prototype.addEventListener;
  apply(listen, page, ['message', listener]);
};

/** What relative URLs are resolved against. */
export const baseUri = () => readDocument('baseURI', document, Node.prototype);
/** The address of the page around this one, or its origin, where the browser tells. */
export const referrer = () => readDocument('referrer', page.document, page.Document.prototype);

/** What makes the reqIds of this page its own. */
export const randomDigits = () => crypto.getRandomValues(new Uint32Array(2)).join('');
