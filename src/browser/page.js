// The page's `window`: the globals and accessors that pages use, `postMessage`, and the `message` listener. Pages keep these functions,
// and call them before the module runs.
import { CALLS, choosePrefix, complain, failUnreadableAnswer, invoke, member, query, schedule, start } from './calls.js';
import { WECOM, agentOf, forgetEnvironment, isOfWujie, isOn, seemsInSidebar } from './environment.js';
import { define, get, hasOwn, isObject } from './members.js';
import {
  apply,
  framedWindow,
  getOwnPropertyDescriptor,
  getter,
  globalOf,
  isHelper,
  methodOf,
  nodeType,
  passes,
  realDocument,
} from './platform.js';

// Captured when the script loads, before the page can replace them.
const { Document, Event, EventTarget, Node, Object, TypeError, URL, queueMicrotask } = globalThis;

const currentScript = getter(Document, 'currentScript');
/** The running classic script; null for a module, or outside of scripts. */
export const runningScript = () => currentScript(realDocument());
const documentUri = getter(Node, 'baseURI');
const documentElement = getter(Document, 'documentElement');
const referrerOf = getter(Document, 'referrer');
const addEventListener = methodOf(EventTarget, 'addEventListener');
const dispatchEvent = methodOf(EventTarget, 'dispatchEvent');

// ---- The page's window ----

/** The page's window, its real window if that one is a sandbox's, and the page's `juziWx`. */
let page;
let framed;
let juziWx;
/** `juziWx.env.engine`: `wasm` or `js`. */
let engine;
let inSidebar = false;
/** `juziWx.env.wxPatched`: whether `window.wx` or `window.jWeixin` has been taken over. */
let patched = false;
/** Whether `juziWx` is in the page. */
let offered = false;
/** Whether the `WeixinJSBridge` of this page is ours. */
let bridgeProvided = false;
/** Whether the user agent has been changed for the option `userAgent`. */
let agentGiven = false;
/** Our `WeixinJSBridge`. It stays in the page if `init` fails and is called again. */
let ownBridge;
const setPage = (window, object) => {
  if (page !== window) inSidebar = patched = offered = bridgeProvided = agentGiven = false;
  page = window;
  framed = framedWindow(window);
  juziWx = object;
};

// ---- The objects that pages call ----

/** Defines our calls on an object; false if it refuses one. */
const fill = (object) => {
  let taken = define(object, 'isJuziWx', { value: true, writable: true });
  for (const name of ['invoke', ...CALLS]) taken = define(object, name, { value: member(name), writable: true }) && taken;
  return taken;
};

/** Adds our calls to an object. A frozen or sealed one is replaced by an object that inherits from it. */
const adopt = (wx) => {
  if (fill(wx)) return wx;
  const inheriting = Object.create(wx);
  fill(inheriting);
  return inheriting;
};

/** `juziWx.patch`: takes over an object that is not global. Outside the sidebar it returns the object unchanged. */
export const patch = (wx) => {
  if (!isObject(wx)) throw new TypeError('patch: wx must be an object');
  if (inSidebar) return adopt(wx);
  schedule(() => inSidebar && adopt(wx));
  return wx;
};

/** Takes over a global, now or as soon as it is assigned. */
const takeOverGlobal = (name) => {
  const found = globalOf(page, name);
  if (isObject(found)) {
    const taken = adopt(found);
    patched = taken === found || define(page, name, { value: taken, writable: true }) || patched;
  } else if (found == null) watch(page, name);
};

/** Takes over what is assigned to a global later. Until then it is not enumerable. */
const watch = (window, name) => {
  let current;
  const get = () => {
    try {
      if (current === undefined) onLookup(window.navigator, name);
    } catch {
      // A sandbox's document may be a proxy, which the platform's getters refuse. The user agent is not disguised there.
    }
    return current;
  };
  const set = (assigned) => {
    patched ||= isObject(assigned);
    current = isObject(assigned) ? adopt(assigned) : assigned;
    // Last: a sandbox reads the value now, and restores it when its sub-application is shown again.
    define(window, name, { get, set });
  };
  define(window, name, { get, set, enumerable: false });
};

// ---- WeChat's bridge ----

/** Defines `WeixinJSBridge` and dispatches its ready event. */
const provideBridge = () => {
  const found = globalOf(page, 'WeixinJSBridge');
  // The bridge of another copy is replaced: that copy could not run, otherwise it would be used.
  if (found != null && (found === ownBridge || !isHelper(found))) return;
  // The members that SDKs call. SDKs ignore promises. Their `call` is for menus and toolbars, which the sidebar lacks.
  const bridge = {
    invoke: (name, params, done) => void invoke(name, params, done, true),
    on: (name, listener) => void invoke('on', name, listener, true),
    call() {},
  };
  // Marks the bridge, so that another copy may replace it.
  define(bridge, 'isJuziWx', { value: true, enumerable: false });
  if (define(page, 'WeixinJSBridge', { value: bridge, writable: true })) {
    bridgeProvided = true;
    ownBridge = bridge;
    announce(new Event('WeixinJSBridgeReady'));
  }
};

/** Dispatches an event on the document. The document of a sandbox may be a proxy, which the platform's method refuses. */
const announce = (event) => {
  try {
    dispatchEvent(document, event);
  } catch {
    document.dispatchEvent(event);
  }
};

/** Restores the user agent. */
let endDisguise;
/**
 * Handles a script's read of a global that does not exist. An SDK reads `jWeixin` only; a script that also reads `wx` enumerates globals.
 */
const onLookup = (navigator, name) => {
  if (name != 'jWeixin') endDisguise?.();
  else if (bridgeProvided) disguise(navigator);
};

/**
 * Lets an SDK of WeChat's or WeCom's detect its client. An SDK decides by the user agent when it loads whether it uses a bridge, and
 * whether it calls the page's `ready` callbacks; inside a bundle it cannot be reached afterwards. It reads `jWeixin` and then, once, the
 * user agent. So the next read by the same script returns WeCom's. Other scripts and later reads get the real one.
 */
const disguise = (navigator) => {
  if (hasOwn(navigator, 'userAgent')) return;
  const { userAgent } = navigator;
  const script = runningScript();
  const get = () => {
    endDisguise();
    return runningScript() === script ? userAgent + WECOM : userAgent;
  };
  // Another script may have replaced the property meanwhile.
  endDisguise = () => getOwnPropertyDescriptor(navigator, 'userAgent')?.get === get && delete navigator.userAgent;
  if (define(navigator, 'userAgent', { get })) queueMicrotask(endDisguise);
};

// ---- Into the page ----

/** Defines `window.juziWx`. */
const offer = () => {
  if (offered) return;
  fill(juziWx);
  define(juziWx, 'patch', { value: patch, writable: true });
  define(juziWx, 'env', { get: () => query((core) => core.env(patched, engine)) });
  define(page, 'juziWx', { value: juziWx, writable: true });
  offered = true;
};

/**
 * WeCom's jwxwork-1.0.0.js defines `WWOpenData` only where `wx` has no `agentConfig`. A page that calls any of its functions gets one
 * that does nothing, and that can be awaited.
 */
const openData = /* @__PURE__ */ new Proxy({}, { get: (_, name) => name != 'then' && (() => {}) });

/** In the sidebar: changes the user agent, takes over the SDK's globals and provides what WeCom's client has. */
const takeOver = (bridge, agent) => {
  // An own property of the frame's `navigator`, which other scripts may replace. So it is made once.
  if (agent) agentGiven ||= define(page.navigator, 'userAgent', { value: agentOf(page) + WECOM, writable: true });
  if (!inSidebar) {
    inSidebar = true;
    takeOverGlobal('jWeixin');
    takeOverGlobal('wx');
    if (globalOf(page, 'WWOpenData') == null) define(page, 'WWOpenData', { value: openData, writable: true });
  }
  if (bridge) provideBridge();
};

/** After a failed start: defines only `juziWx`, whose calls report the failure. */
export const offerAlone = (window, object) => {
  setPage(window, object);
  offer();
};

/** Before the module runs: defines everything that pages look for. Calls wait. */
export const offerEarly = (window, options, object) => {
  setPage(window, object);
  offer();
  if (seemsInSidebar(page, options)) takeOver(isOn(options, 'bridge', true), get(options, 'userAgent') === 'wxwork');
};

/** Connects the module, which now runs, and installs the helper. */
export const connect = (core, window, options, object, runs) => {
  setPage(window, object);
  engine = runs;
  const { location } = framed;
  const dispatch = (call, params, bridged) => {
    if (inSidebar && rootOf() !== root) hear();
    return core.dispatch(call, params, bridged);
  };
  const install = () => {
    choosePrefix();
    core.install(options, agentOf(framed), framed.parent !== framed, framed, location.ancestorOrigins?.[0]);
  };
  start({ __proto__: null, ...core, dispatch }, install);
};

// ---- For the module ----

/** The host's window and its `postMessage`, captured before a page of the same origin can replace it. */
let postMessage;
let parent;
/** Posts a message to the host; false if that throws. */
export const postToHost = (message, origin) => {
  try {
    apply(postMessage, parent, [message, origin]);
    return true;
  } catch {
    return false;
  }
};

/** Installs the helper in the page. `bridge`: whether to provide `WeixinJSBridge`; `agent`: whether to change the user agent to WeCom's. */
export const enterPage = (inside, bridge, agent) => {
  offer();
  if (inside) {
    listenToHost();
    takeOver(bridge, agent);
  } else if (isOfWujie(framed) && framed.parent.parent !== framed.parent) {
    complain(
      'wujie runs this page in a frame that the console does not know: load the helper in the main application, and call window.parent.juziWx here',
    );
  }
};

/** The platform's own getters of a message event. Through other getters, a script could forge the sender. */
let dataOf;
let originOf;
let sourceOf;
/**
 * The listener of `message` events, which passes each event to the module. It is a single function, so that the page never has it twice.
 */
const heard = (event) => {
  // An event made by a script has no sender, and may lack these members.
  const { isTrusted } = event;
  const data = isTrusted ? dataOf(event) : undefined;
  const fromParent = isTrusted && sourceOf(event) === parent;
  schedule((core) => {
    let read = false;
    try {
      core.message(fromParent, data, isTrusted ? originOf(event) : '');
      read = true;
    } finally {
      if (!read && fromParent) failUnreadableAnswer(data);
    }
  });
};

/** Listens to the host from now on. */
const listenToHost = () => {
  ({ parent } = framed);
  ({ postMessage } = parent);
  const { MessageEvent } = framed;
  [dataOf, originOf, sourceOf] = ['data', 'origin', 'source'].map((name) => getter(MessageEvent, name));
  hear();
};

/** The root element when the listener was added. `document.open()` removes the listener and the element. */
let root;
const rootOf = () => ofDocument(framed.document, documentElement, 'documentElement');
/** Adds the listener, which the platform keeps once. Its method refuses a simulated window. */
const hear = () => {
  root = rootOf();
  try {
    addEventListener(framed, 'message', heard);
  } catch {
    framed.addEventListener('message', heard);
  }
};

/** A URL; undefined if it is malformed. */
const parseUrl = (url, base) => {
  try {
    return new URL(url, base);
  } catch {
    return undefined;
  }
};
/** A URL made absolute, relative to the page; undefined if it is malformed. */
export const resolve = (url) => parseUrl(url, ofDocument(document, documentUri, 'baseURI'))?.href;
/** The origins of this machine, as browsers write them. `127.evil.example` is a name. */
const LOCAL = /\/\/((.+\.)?localhost|127(\.\d+){3}|\[::1])(:|$)/;
/** Whether the page and a host of this origin are both on this machine. */
export const areLocal = (origin) => LOCAL.test(framed.location.origin) && LOCAL.test(origin);
/** The referrer's origin; undefined if there is none. */
export const referrerOrigin = () => parseUrl(ofDocument(framed.document, referrerOf, 'referrer'))?.origin;
/** Reads a member by the platform's getter. The document of a sandbox or of a test is not a node, so its plain member is read. */
const ofDocument = (document, read, name) => (passes(nodeType, document) ? read(document) : document[name]);

/** Removes the user agent of the option. Keeps one that another script has set, or that was there before. */
const takeAgentBack = (window) => {
  const { navigator } = window;
  if (!navigator.userAgent.endsWith(WECOM)) return;
  const own = agentOf(window);
  delete navigator.userAgent;
  if (navigator.userAgent !== own) define(navigator, 'userAgent', { value: own, writable: true });
};

/** For the package's testing kit; the scripts lack this. Removes the helper from the page. */
export const resetPage = () => {
  framed?.removeEventListener('message', heard);
  for (const name of ['juziWx', 'wx', 'jWeixin', 'WeixinJSBridge', 'WWOpenData']) {
    const { get, value } = (page && getOwnPropertyDescriptor(page, name)) ?? {};
    if (get || isHelper(value) || value === openData) delete page[name];
  }
  endDisguise?.();
  if (agentGiven) takeAgentBack(page);
  if (page) forgetEnvironment(framed);
  page = framed = ownBridge = undefined;
};
