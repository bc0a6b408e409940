// @ts-check
/**
 * The console's side of the sidebar protocol, and nothing of any interface.
 *
 * A sidebar page posts requests to the window that frames it; `createHost` listens for them, answers as the console
 * does, tells its owner what happened, and can be made to misbehave. It knows windows and messages only: what a
 * message looks like on screen is the owner's business. The workbench is one owner, a test is another.
 *
 * ```js
 * const host = createHost({ frame: document.querySelector('iframe'), contact: { externalUserId: 'wmA' } });
 * host.on('message', ({ api, outcome }) => console.log(api, outcome));
 * host.fail('sendChatMessage', 'no permission');
 * await host.switchTo('chat-2');
 * ```
 *
 * @module
 */

/* ------------------------------------------------------------------------------------------------------------------ */
/* The wire: every field name is here, so that a correction is one line.                                              */
/* ------------------------------------------------------------------------------------------------------------------ */

/** `type` of a page's request. */
export const REQUEST_TYPE = 'sidebarHelper';

/** The push that follows a switch of conversation. */
export const PUSH_API = /** @type {const} */ ('updateBaseInfo');

/** The six message types, which are also the names of the member that carries the content. */
export const MESSAGE_TYPES = Object.freeze(['text', 'image', 'video', 'file', 'news', 'miniprogram']);

/** Names and habits of the console that no public source tells. */
export const ASSUMED = Object.freeze({
  /** Member of a request's `data` with the parameters. */
  params: 'params',
  /** Member of getCurExternalChat's answer. */
  chatId: 'chatId',
  /** Member of sendMultiChatMessage's parameters: the list of messages. */
  messages: 'messages',
  /** Which id openEnterpriseChat answers with: Juzi's own. A page may give either Juzi's or WeCom's. */
  openedChatId: (/** @type {Chat} */ chat) => chat.id,
  /** What separates several external user ids, as in WeCom. */
  userIdSeparator: ';',
  /** Values of the two query parameters that mark a framed page; the page looks at their presence and at `postMessage`. */
  sidebarFlag: 'true',
});

/** Calls that an old console has never heard of: it says nothing at all. */
export const UNKNOWN_TO_OLD_CONSOLE = Object.freeze(['openEnterpriseChat', 'previewImage']);

/** The content fields of each message type that the console reads; anything else is dropped. */
const MESSAGE_FIELDS = Object.freeze({
  text: ['content'],
  image: ['url', 'title'],
  video: ['url', 'title'],
  file: ['url', 'title'],
  news: ['link', 'title', 'desc', 'imgUrl'],
  miniprogram: ['appid', 'title', 'imgUrl', 'page', 'desc', 'iconUrl', 'officialAccountId'],
});

/** The fields without which a message of the type cannot be shown. */
const REQUIRED_FIELDS = Object.freeze({
  text: ['content'],
  image: ['url'],
  video: ['url'],
  file: ['url'],
  news: ['link'],
  miniprogram: ['appid', 'title', 'imgUrl', 'page', 'desc', 'iconUrl', 'officialAccountId'],
});

/* ------------------------------------------------------------------------------------------------------------------ */
/* Types                                                                                                              */
/* ------------------------------------------------------------------------------------------------------------------ */

/**
 * A conversation of the console.
 * @typedef {object} Chat
 * @property {string} id Juzi's id of the conversation (`juziChatId`).
 * @property {string} name
 * @property {0 | 1} type 0 for a single chat, 1 for a group.
 * @property {boolean} external Whether somebody outside the company is in it.
 * @property {string} wxid Juzi's id of the contact or group (`juziChatWxid`).
 * @property {string} botId The managed account that the conversation belongs to.
 * @property {string} [externalUserId] Single chat with an outside contact: WeCom's id of the contact, which
 *   getCurExternalContact answers with.
 * @property {string} [wxUserId] Single chat: the contact's id in getCurChatInfo.
 * @property {string} [chatId] Group: WeCom's id of the group, which getCurExternalChat answers with.
 * @property {string} [wxChatId] Group: the group's id in getCurChatInfo.
 * @property {string[]} [members] Group: `externalUserId` of the contacts in it, for openEnterpriseChat with several ids.
 */

/**
 * How the page's address was registered at the console: `postMessage` (`msgType=postMessage`, switches are pushed) or
 * `reload` (a switch reloads the page with the conversation in its query).
 * @typedef {'postMessage' | 'reload'} Mode
 */

/**
 * What the host does wrong on purpose. Probabilities are 0 to 1, times are milliseconds.
 * @typedef {object} Faults
 * @property {number} latencyMs Delay before each answer.
 * @property {number} jitterMs Random extra delay, up to this; answers may overtake each other.
 * @property {number} drop Probability that an answer is never sent.
 * @property {number} duplicate Probability that an answer is sent twice.
 * @property {boolean} reorder Every other answer waits until the next one has gone (a second at most).
 * @property {boolean} oldConsole Say nothing to `openEnterpriseChat`, `previewImage` and unknown calls.
 * @property {number} garbage Probability that a message that is none of the protocol's is posted before an answer.
 * @property {Record<string, string>} errors By api: the error it fails with, whole or only the reason.
 */

/**
 * One call of the page.
 * @typedef {object} Call
 * @property {string} api
 * @property {string | number} reqId
 * @property {any} params As received. Untrusted.
 * @property {string} origin The page's origin when it called.
 * @property {number} at Milliseconds since the epoch.
 * @property {'pending' | Outcome} state
 * @property {any} [result] `data` of the answer.
 * @property {number} [duration] Milliseconds from the call to its answer.
 * @property {(data?: object) => void} answer Answer it. Once; later calls do nothing.
 * @property {(reason?: string) => void} fail Fail it, with the whole `err_msg` or only the reason.
 * @property {() => void} ignore Never answer it.
 */

/**
 * What became of a message: `ok` and `fail` answers, a request left without answer (`silent`), an answer that a fault
 * kept back (`dropped`) or repeated (`duplicate`), one that could not be posted (`unsent`), a push or garbage that went
 * out (`sent`), and a request whose page or console was gone before the answer (`forgotten`).
 * @typedef {'ok' | 'fail' | 'silent' | 'dropped' | 'duplicate' | 'unsent' | 'sent' | 'forgotten'} Outcome
 */

/**
 * One line of the log. A request's line is completed (event `update`) when its outcome is known.
 * @typedef {object} LogEntry
 * @property {number} seq Counts up from 1.
 * @property {number} at Milliseconds since the epoch.
 * @property {'in' | 'out'} direction `in` is page to host.
 * @property {'request' | 'answer' | 'push' | 'garbage'} kind
 * @property {string} api Empty for garbage.
 * @property {string | number | null} reqId
 * @property {string} origin Where it came from, or was addressed to.
 * @property {'pending' | Outcome} outcome
 * @property {number | null} duration Milliseconds between the request and its answer.
 * @property {any} payload The message as it was on the wire.
 * @property {string} [error] Why it could not be posted.
 */

/**
 * A message that was not for the host.
 * @typedef {object} Ignored
 * @property {number} seq
 * @property {number} at
 * @property {IgnoreReason} reason
 * @property {string} origin
 * @property {any} payload
 */

/**
 * Why a message was ignored: from another window, from another origin than the one allowed, not an object, `type` not
 * `sidebarHelper`, `data` not an object, `data.api` not a name, `data.reqId` missing.
 * @typedef {'source' | 'origin' | 'not-object' | 'type' | 'data' | 'api' | 'reqId'} IgnoreReason
 */

/**
 * A message of the page for the conversation, reduced to the fields the console knows; all of them are strings.
 * @typedef {{ msgtype: string, content: Record<string, string> }} ChatMessage
 */

/**
 * Answers one api. What it returns (or resolves to) becomes `data`; throwing fails the call with the error's message;
 * `HOLD` leaves it to `call.answer` and `call.fail`; `SILENT` never answers.
 * @typedef {(params: any, call: Call) => any} Handler
 */

/**
 * @typedef {object} HostOptions
 * @property {HTMLIFrameElement} [frame] The iframe with the page. Its window is looked up for every message, so the page
 *   may navigate.
 * @property {Window | (() => Window | null)} [target] The page's window, where there is no iframe element.
 * @property {Window} [window] Where to listen; default the global window.
 * @property {string} [origin] The page's origin. Messages from any other are ignored, and nothing is posted to another.
 *   Default: any origin, each answer going to the origin that asked.
 * @property {string} [url] The page's address without the console's parameters; `load()` and switches in `reload` mode
 *   navigate the iframe to it.
 * @property {Mode} [mode] Default `postMessage`.
 * @property {Partial<Chat>[]} [chats] The conversations.
 * @property {Partial<Chat>} [contact] Shorthand: one single chat with this contact, placed first.
 * @property {Partial<Chat>} [chat] Shorthand: one group chat, placed after `contact`.
 * @property {string} [current] Id of the conversation that is open; default the first.
 * @property {(chat: Chat, via: 'sidebarAuth' | 'updateBaseInfo') => string | Promise<string>} [issueCode] Makes a
 *   one-time OAuth code for a conversation; default random ones that nobody can redeem.
 * @property {(chat: Chat) => object} [baseInfo] More members for `baseInfo`.
 * @property {Record<string, Handler>} [handlers] Replace how an api is answered, or add one.
 * @property {Partial<Faults>} [faults]
 * @property {number} [keepCalls] How many calls `host.calls` keeps; default 10000, the oldest are dropped.
 * @property {() => number} [random] 0 to 1, for the faults; default `Math.random`.
 */

/**
 * @typedef {object} HostEvents
 * @property {LogEntry} message A protocol message, either direction.
 * @property {LogEntry} update An earlier entry whose outcome and duration are now known.
 * @property {Ignored} ignored A message that was not believed.
 * @property {Call} call A request was received, before it is answered.
 * @property {{ chat: Chat, messages: ChatMessage[], call: Call }} sent The page sent something to the conversation.
 * @property {{ urls: string[], index: number, call: Call }} preview The page asked to show images.
 * @property {{ from: Chat, to: Chat, by: 'page' | 'owner' }} switch Another conversation is open now.
 * @property {{ pushed: boolean, reason: 'ok' | 'mode' | 'not-authorized' | 'superseded' | 'no-page', chat: Chat }} push
 *   A switch was pushed, or why not.
 * @property {{ url: string | null }} load The page is being (re)loaded at this address.
 * @property {Faults} faults The faults were changed.
 * @property {{ error: unknown }} error Something of the owner's threw: a handler of an event, or `issueCode`.
 */

/* ------------------------------------------------------------------------------------------------------------------ */
/* Pure parts                                                                                                         */
/* ------------------------------------------------------------------------------------------------------------------ */

/** A handler returns this to answer later, through `call.answer` or `call.fail`. */
export const HOLD = Symbol('hold');

/** A handler returns this to leave the call without an answer. */
export const SILENT = Symbol('silent');

/** No fault at all. @type {Readonly<Faults>} */
export const NO_FAULTS = Object.freeze({
  latencyMs: 0, jitterMs: 0, drop: 0, duplicate: 0, reorder: false, oldConsole: false, garbage: 0, errors: Object.freeze({}),
});

/** How long a reordered answer waits for another to overtake it, in milliseconds. */
export const REORDER_WAIT = 1000;

const MAX_DELAY = 600_000;
const MAX_API_LENGTH = 128;

/** @param {unknown} value @returns {value is Record<string, any>} */
const isObject = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);

/** @param {unknown} value @returns {value is string} */
const isText = (value) => typeof value === 'string' && value !== '';

/**
 * Reads a message as a page's request.
 * @param {unknown} message What arrived: anything.
 * @returns {{ request: { api: string, reqId: string | number, params: any } } | { ignored: IgnoreReason }}
 */
export function parseRequest(message) {
  if (!isObject(message)) return { ignored: 'not-object' };
  if (message.type !== REQUEST_TYPE) return { ignored: 'type' };
  const { data } = message;
  if (!isObject(data)) return { ignored: 'data' };
  if (!isText(data.api) || data.api.length > MAX_API_LENGTH) return { ignored: 'api' };
  // The protocol's reqId is a string. A number is taken too, and given back as it came: a page that talks the protocol
  // by hand may well count its calls.
  if (!isText(data.reqId) && typeof data.reqId !== 'number') return { ignored: 'reqId' };
  return { request: { api: data.api, reqId: data.reqId, params: data[ASSUMED.params] } };
}

/**
 * The whole `err_msg` for a reason; a text that is whole already stays as it is.
 * @param {string} api @param {string} [reason]
 */
export function errorText(api, reason) {
  if (!reason) return `${api}:fail`;
  return /^\w+:fail\b/.test(reason) ? reason : `${api}:fail ${reason}`;
}

/**
 * The page's address as the console frames it. Whatever the page's own query holds is left as it is written.
 * @param {string} pageUrl Absolute address.
 * @param {{ mode: Mode, chat?: Chat | null }} registration
 * @returns {string}
 */
export function sidebarUrl(pageUrl, { mode, chat }) {
  const url = new URL(pageUrl);
  const ours = ['juziSidebar', 'msgType', 'juziChatId', 'juziChatWxid'];
  const kept = url.search.slice(1).split('&').filter((pair) => pair && !ours.includes(pair.split('=')[0]));
  kept.push(`juziSidebar=${ASSUMED.sidebarFlag}`);
  if (mode === 'postMessage') kept.push('msgType=postMessage');
  else if (chat) {
    kept.push(`juziChatId=${encodeURIComponent(chat.id)}`, `juziChatWxid=${encodeURIComponent(chat.wxid)}`);
  }
  url.search = kept.join('&');
  return url.href;
}

/**
 * Faults with every member present and within bounds; what is not understood becomes no fault.
 * @param {Partial<Faults> | null | undefined} faults
 * @returns {Faults}
 */
export function normalizeFaults(faults) {
  const given = isObject(faults) ? faults : {};
  const within = (/** @type {any} */ value, /** @type {number} */ max) =>
    (Number.isFinite(Number(value)) ? Math.min(Math.max(Number(value), 0), max) : 0);
  const errors = isObject(given.errors) ? Object.entries(given.errors).filter(([, text]) => isText(text)) : [];
  return {
    latencyMs: within(given.latencyMs, MAX_DELAY),
    jitterMs: within(given.jitterMs, MAX_DELAY),
    drop: within(given.drop, 1),
    duplicate: within(given.duplicate, 1),
    reorder: given.reorder === true,
    oldConsole: given.oldConsole === true,
    garbage: within(given.garbage, 1),
    errors: Object.fromEntries(errors),
  };
}

/** Whether any fault is on. @param {Faults} faults */
export const hasFaults = (faults) =>
  Object.keys(faults.errors).length > 0 ||
  [faults.latencyMs, faults.jitterMs, faults.drop, faults.duplicate, faults.reorder, faults.oldConsole, faults.garbage].some(Boolean);

/**
 * One message of the page, checked and reduced to the fields that the console knows.
 * @param {unknown} params A `SendParams`; anything may arrive.
 * @returns {ChatMessage}
 * @throws {Error} with the reason, naming the field.
 */
export function readChatMessage(params) {
  if (!isObject(params)) throw new Error('params must be an object');
  const { msgtype } = params;
  if (!MESSAGE_TYPES.includes(msgtype)) throw new Error(`msgtype must be one of ${MESSAGE_TYPES.join(', ')}`);
  const type = /** @type {keyof typeof MESSAGE_FIELDS} */ (msgtype);
  const given = params[type];
  if (!isObject(given)) throw new Error(`${type} is required`);
  /** @type {Record<string, string>} */
  const content = {};
  for (const field of MESSAGE_FIELDS[type]) {
    const value = given[field];
    if (value === undefined || value === null) continue;
    if (typeof value !== 'string') throw new Error(`${type}.${field} must be a string`);
    content[field] = value;
  }
  for (const field of REQUIRED_FIELDS[type]) {
    if (!content[field]) throw new Error(`${type}.${field} is empty`);
  }
  return { msgtype: type, content };
}

/**
 * The conversation that openEnterpriseChat means: with one external contact, the group that has all of several, or the
 * one with the id. `externalUserIds` wins over `chatId`.
 * @param {readonly Chat[]} chats @param {unknown} params
 * @returns {Chat}
 * @throws {Error} with the reason.
 */
export function findChat(chats, params) {
  if (!isObject(params)) throw new Error('params must be an object');
  if (!isText(params.userIds)) throw new Error('userIds is required');
  const { externalUserIds, chatId } = params;
  if (isText(externalUserIds)) {
    const ids = externalUserIds.split(ASSUMED.userIdSeparator).map((id) => id.trim()).filter(Boolean);
    const found = ids.length === 1
      ? chats.find((chat) => chat.type === 0 && chat.external && chat.externalUserId === ids[0])
      : chats.find((chat) => chat.type === 1 && ids.length > 0 && ids.every((id) => chat.members?.includes(id)));
    if (!found) throw new Error(`no conversation with ${externalUserIds}`);
    return found;
  }
  if (!isText(chatId)) throw new Error('externalUserIds or chatId is required');
  const found = chats.find((chat) => [chat.chatId, chat.wxChatId, chat.id].includes(chatId));
  if (!found) throw new Error(`no conversation ${chatId}`);
  return found;
}

/**
 * A conversation with every member that the protocol needs; those not given are made up.
 * @param {Partial<Chat>} chat @param {number} index
 * @returns {Chat}
 */
function completeChat(chat, index) {
  const type = chat.type ?? 0;
  const id = chat.id ?? `chat-${index + 1}`;
  const external = chat.external ?? true;
  const made = { name: `Chat ${index + 1}`, wxid: `wxid-${id}`, botId: 'bot-1' };
  const ids = type === 1
    ? { chatId: chat.wxChatId ?? `wr-${id}`, wxChatId: chat.chatId ?? `wr-${id}` }
    : { wxUserId: chat.externalUserId ?? `wm-${id}`, ...(external && { externalUserId: chat.wxUserId ?? `wm-${id}` }) };
  return Object.freeze({ ...made, ...ids, ...chat, id, type, external });
}

/** @param {HostOptions} options @returns {Chat[]} */
function chatsOf({ chats, contact, chat }) {
  const list = [...(contact ? [{ type: /** @type {0} */ (0), ...contact }] : []),
    ...(chat ? [{ type: /** @type {1} */ (1), ...chat }] : []),
    ...(chats ?? [])];
  const complete = (list.length > 0 ? list : [{}]).map(completeChat);
  const ids = complete.map(({ id }) => id);
  const twice = ids.find((id, i) => ids.indexOf(id) !== i);
  if (twice !== undefined) throw new TypeError(`createHost: two chats have the id ${twice}`);
  return complete;
}

/** 128 random bits in hex, the form of the hub's codes. */
function randomCode() {
  return Array.from(globalThis.crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/**
 * Messages that no page should take for an answer: every shape but the right one. None carries the id of a call that
 * waits, so a page that ignores them gets its answer all the same.
 * @type {readonly ((api: string) => any)[]}
 */
const GARBAGE = Object.freeze([
  () => null,
  () => 'garbage',
  () => 42,
  () => true,
  () => [1, 2, 3],
  () => ({}),
  (api) => ({ reqId: 'nobody-asked', api, data: { externalUserId: 'forged' } }),
  (api) => ({ api, data: {} }),
  () => ({ reqId: {}, api: [], data: 'not an object' }),
  () => ({ api: PUSH_API, data: 'not an object' }),
  () => ({ type: REQUEST_TYPE, data: { api: 'getCurChatInfo', reqId: 'an-echo', params: {} } }),
  () => ({ source: 'react-devtools-bridge', payload: { event: 'noise' } }),
]);

/* ------------------------------------------------------------------------------------------------------------------ */
/* The host                                                                                                           */
/* ------------------------------------------------------------------------------------------------------------------ */

/**
 * Starts to listen and to answer.
 * @param {HostOptions} [options]
 */
export function createHost(options = {}) {
  const listenWindow = options.window ?? globalThis.window;
  if (!listenWindow) throw new TypeError('createHost: no window to listen on; give `window`');
  if (!options.frame && !options.target) throw new TypeError('createHost: `frame` or `target` is required');
  const random = options.random ?? Math.random;
  const keepCalls = options.keepCalls ?? 10_000;

  let chats = chatsOf(options);
  let current = pick(options.current);
  let mode = checkMode(options.mode ?? 'postMessage');
  let url = options.url ?? null;
  let faults = normalizeFaults(options.faults);
  let seq = 0;
  let garbageTurn = 0;
  let switchTurn = 0;
  let destroyed = false;
  /** Origin of the page that called sidebarAuth; null until it has. @type {string | null} */
  let authorized = null;

  /** @type {Call[]} */
  const calls = [];
  /** @type {Map<string, { handler: Handler, left: number }>} */
  const overrides = new Map();
  /** Calls that wait for an answer, and what forgets them. @type {Map<Call, () => void>} */
  const pending = new Map();
  /** @type {Set<ReturnType<typeof setTimeout>>} */
  const timers = new Set();
  /** Answers that wait for another to overtake them. @type {(() => void)[]} */
  const parked = [];
  /** @type {Map<string, Set<(detail: any) => void>>} */
  const listeners = new Map();

  /** @param {string} [id] @returns {Chat} */
  function pick(id) {
    const chat = id === undefined ? chats[0] : chats.find((one) => one.id === id);
    if (!chat) throw new RangeError(`no chat with the id ${id}`);
    return chat;
  }

  /** @param {Mode} value @returns {Mode} */
  function checkMode(value) {
    if (value !== 'postMessage' && value !== 'reload') throw new TypeError(`mode must be 'postMessage' or 'reload', not ${value}`);
    return value;
  }

  /** @returns {Window | null} */
  function page() {
    if (options.frame) return options.frame.contentWindow;
    return typeof options.target === 'function' ? options.target() : options.target ?? null;
  }

  /**
   * @template {keyof HostEvents} K
   * @param {K} name @param {HostEvents[K]} detail
   */
  function emit(name, detail) {
    for (const listener of [...(listeners.get(name) ?? [])]) {
      try {
        listener(detail);
      } catch (error) {
        // An owner's mistake must not keep the page from its answer. Errors of error listeners end here.
        if (name === 'error') console.error(error);
        else emit('error', { error });
      }
    }
    if (name === 'error' && !listeners.get('error')?.size) console.error(/** @type {any} */ (detail).error);
  }

  /** @param {() => void} run @param {number} ms */
  function later(run, ms) {
    const timer = setTimeout(() => {
      timers.delete(timer);
      run();
    }, ms);
    timers.add(timer);
  }

  /* --- out ------------------------------------------------------------------------------------------------------- */

  /**
   * Posts one message and logs it.
   * @param {Pick<LogEntry, 'kind' | 'api' | 'reqId' | 'outcome' | 'duration'>} about
   * @param {any} payload @param {string} origin Of the page that it is meant for.
   */
  function post(about, payload, origin) {
    /** @type {LogEntry} */
    const entry = { seq: ++seq, at: Date.now(), direction: 'out', origin, payload, ...about };
    if (about.outcome !== 'dropped') {
      try {
        const target = page();
        if (!target) throw new Error('the page is gone');
        // An opaque origin (a sandboxed frame) cannot be named; '*' is the only address it has.
        target.postMessage(payload, origin === 'null' || origin === '' ? '*' : origin);
      } catch (error) {
        entry.outcome = 'unsent';
        entry.error = error instanceof Error ? error.message : String(error);
      }
    }
    emit('message', entry);
    return entry;
  }

  /** @param {string} api @param {string} origin */
  function postGarbage(api, origin) {
    const payload = GARBAGE[garbageTurn++ % GARBAGE.length](api);
    post({ kind: 'garbage', api: '', reqId: null, outcome: 'sent', duration: null }, payload, origin);
  }

  /** Lets the answers go that waited to be overtaken. */
  function unpark() {
    for (const release of parked.splice(0)) release();
  }

  /* --- in -------------------------------------------------------------------------------------------------------- */

  /** @param {MessageEvent} event */
  function receive(event) {
    const origin = event.origin ?? '';
    const ignore = (/** @type {IgnoreReason} */ reason) =>
      emit('ignored', { seq: ++seq, at: Date.now(), reason, origin, payload: event.data });
    const from = page();
    if (!from || event.source !== from) return ignore('source');
    if (options.origin !== undefined && origin !== options.origin) return ignore('origin');
    const parsed = parseRequest(event.data);
    if ('ignored' in parsed) return ignore(parsed.ignored);
    begin(parsed.request, origin, event.data);
  }

  /**
   * @param {{ api: string, reqId: string | number, params: any }} request
   * @param {string} origin @param {any} payload
   */
  function begin({ api, reqId, params }, origin, payload) {
    const started = performance.now();
    /** @type {LogEntry} */
    const entry = {
      seq: ++seq, at: Date.now(), direction: 'in', kind: 'request', api, reqId, origin, outcome: 'pending', duration: null, payload,
    };
    let settled = false;

    /** @param {Outcome} outcome @param {any} [result] */
    const finish = (outcome, result) => {
      pending.delete(call);
      call.state = entry.outcome = outcome;
      call.result = result;
      if (outcome !== 'silent' && outcome !== 'forgotten') call.duration = entry.duration = performance.now() - started;
      emit('update', entry);
    };

    /** @param {any} data @param {'ok' | 'fail'} outcome */
    const settle = (data, outcome) => {
      if (settled || destroyed) return;
      settled = true;
      const send = () => {
        if (!pending.has(call)) return;
        if (chance(faults.garbage)) postGarbage(api, origin);
        const about = { kind: /** @type {const} */ ('answer'), api, reqId, duration: performance.now() - started };
        const message = { reqId, api, data };
        if (chance(faults.drop)) {
          post({ ...about, outcome: 'dropped' }, message, origin);
          finish('dropped', data);
        } else {
          const sent = post({ ...about, outcome }, message, origin);
          if (chance(faults.duplicate)) post({ ...about, outcome: 'duplicate' }, message, origin);
          finish(sent.outcome === 'unsent' ? 'unsent' : outcome, data);
        }
        for (const effect of effects) effect();
        unpark();
      };
      const delay = faults.latencyMs + faults.jitterMs * random();
      const dispatch = () => {
        if (!faults.reorder || parked.length > 0) return send();
        parked.push(send);
        later(() => {
          const index = parked.indexOf(send);
          if (index >= 0) parked.splice(index, 1)[0]();
        }, REORDER_WAIT);
      };
      if (delay > 0) later(dispatch, delay);
      else dispatch();
    };

    /** What the console does once the answer is on its way. @type {(() => void)[]} */
    const effects = [];
    /** @type {Call} */
    const call = {
      api, reqId, params, origin, at: entry.at, state: 'pending',
      answer: (/** @type {any} */ data = {}) => settle(data, isText(data?.err_msg) && !data.err_msg.endsWith(':ok') ? 'fail' : 'ok'),
      fail: (reason) => settle({ err_msg: errorText(api, reason) }, 'fail'),
      ignore: () => {
        if (settled || destroyed) return;
        settled = true;
        finish('silent');
      },
    };
    pending.set(call, () => {
      settled = true;
      finish('forgotten');
    });
    calls.push(call);
    if (calls.length > keepCalls) calls.shift();
    emit('message', entry);
    emit('call', call);
    if (!settled) void respond(call, (effect) => effects.push(effect));
  }

  /** @param {number} probability */
  const chance = (probability) => probability > 0 && random() < probability;

  /**
   * Answers a call: a fault first, then the owner's word, then what the console does.
   * @param {Call} call @param {(effect: () => void) => void} afterwards
   */
  async function respond(call, afterwards) {
    const { api, params } = call;
    // What a real console does with a name it does not know cannot be known from outside. The old one is told to be
    // silent; this one says so, because a developer learns more from an answer than from a timeout.
    const known = overrides.has(api) || own(options.handlers, api) || own(builtin, api);
    if (faults.oldConsole && (UNKNOWN_TO_OLD_CONSOLE.includes(api) || !known)) return call.ignore();
    if (own(faults.errors, api)) return call.fail(faults.errors[api]);
    const handler = takeOverride(api) ?? own(options.handlers, api) ?? own(builtin, api);
    if (!handler) return call.fail('function not exist');
    try {
      let data = handler(params, call, afterwards);
      // Synchronous handlers answer at once, so that answers keep the order of the calls.
      if (typeof data?.then === 'function') data = await data;
      if (data === SILENT) call.ignore();
      else if (data !== HOLD) call.answer(data ?? {});
    } catch (error) {
      call.fail(error instanceof Error ? error.message : String(error));
    }
  }

  /** A member of the object's own, so that an api named `constructor` finds nothing. @param {any} object @param {string} key */
  const own = (object, key) => (object && Object.hasOwn(object, key) ? object[key] : undefined);

  /** @param {string} api */
  function takeOverride(api) {
    const override = overrides.get(api);
    if (override && --override.left <= 0) overrides.delete(api);
    return override?.handler;
  }

  /** @param {Chat} chat @param {'sidebarAuth' | 'updateBaseInfo'} via */
  async function baseInfo(chat, via) {
    const code = await (options.issueCode ?? randomCode)(chat, via);
    return { ...options.baseInfo?.(chat), code, juziChatId: chat.id, juziChatWxid: chat.wxid };
  }

  /* --- what the console answers ---------------------------------------------------------------------------------- */

  /** @type {Record<string, (params: any, call: Call, afterwards: (effect: () => void) => void) => any>} */
  const builtin = {
    getCurExternalContact() {
      if (current.type !== 0 || !current.external || !current.externalUserId) throw new Error('');
      return { externalUserId: current.externalUserId };
    },

    getCurExternalChat() {
      if (current.type !== 1 || !current.chatId) throw new Error('');
      return { [ASSUMED.chatId]: current.chatId };
    },

    getCurChatInfo() {
      const { id, name, type, external, wxUserId, wxChatId, botId, wxid } = current;
      return { id, name, type, external, ...(wxUserId && { wxUserId }), ...(wxChatId && { wxChatId }), botId, wxid };
    },

    async sidebarAuth(_params, call) {
      const info = await baseInfo(current, 'sidebarAuth').catch((error) => {
        emit('error', { error });
        throw new Error('');
      });
      authorized = call.origin;
      return { baseInfo: info };
    },

    sendChatMessage(params, call) {
      emit('sent', { chat: current, messages: [readChatMessage(params)], call });
      return { err_msg: 'sendChatMessage:ok' };
    },

    sendMultiChatMessage(params, call) {
      const list = isObject(params) ? params[ASSUMED.messages] : undefined;
      if (!Array.isArray(list) || list.length === 0) throw new Error(`${ASSUMED.messages} must be a list with at least one message`);
      const messages = list.map((one, i) => {
        try {
          return readChatMessage(one);
        } catch (error) {
          throw new Error(`${ASSUMED.messages}[${i}]: ${/** @type {Error} */ (error).message}`);
        }
      });
      emit('sent', { chat: current, messages, call });
      return { err_msg: 'sendMultiChatMessage:ok' };
    },

    openEnterpriseChat(params, _call, afterwards) {
      const chat = findChat(chats, params);
      // The answer goes first: in `reload` mode the switch takes the page that waits for it away.
      afterwards(() => void switchTo(chat.id, 'page'));
      return { chatId: ASSUMED.openedChatId(chat), err_msg: 'openEnterpriseChat:ok' };
    },

    previewImage(params, call) {
      const urls = isObject(params) ? params.urls : undefined;
      if (!Array.isArray(urls) || urls.length === 0 || !urls.every(isText)) throw new Error('urls must be a list of addresses');
      const index = Math.max(0, urls.indexOf(params.current));
      emit('preview', { urls: [...urls], index, call });
      return { err_msg: 'previewImage:ok' };
    },
  };

  /* --- switching ------------------------------------------------------------------------------------------------- */

  /** @param {string} id @param {'page' | 'owner'} by */
  async function switchTo(id, by) {
    const to = pick(id);
    const from = current;
    if (to === from) return;
    current = to;
    emit('switch', { from, to, by });
    if (mode === 'reload') load();
    else await push();
  }

  /** Tells the page about the open conversation, if the console would. */
  async function push() {
    const chat = current;
    const turn = ++switchTurn;
    /** @param {HostEvents['push']['reason']} reason */
    const done = (reason) => {
      const result = { pushed: reason === 'ok', reason, chat };
      emit('push', result);
      return result;
    };
    if (mode !== 'postMessage') return done('mode');
    if (authorized === null) return done('not-authorized');
    /** @type {object} */
    let info;
    try {
      info = await baseInfo(chat, PUSH_API);
    } catch (error) {
      emit('error', { error });
      throw error;
    }
    // While the code was fetched the user may have moved on: an older conversation must not be pushed after a newer one.
    if (turn !== switchTurn || destroyed) return done('superseded');
    if (authorized === null) return done('not-authorized');
    const entry = post(
      { kind: 'push', api: PUSH_API, reqId: null, outcome: 'sent', duration: null },
      { api: PUSH_API, data: { baseInfo: info } },
      authorized,
    );
    return done(entry.outcome === 'sent' ? 'ok' : 'no-page');
  }

  /** Forgets what the page said: the calls that wait, and that it has called sidebarAuth. */
  function forget() {
    authorized = null;
    parked.length = 0;
    for (const forgetCall of [...pending.values()]) forgetCall();
  }

  /** Loads the page anew, with the parameters that its registration and the open conversation ask for. */
  function load() {
    forget();
    const address = url === null ? null : sidebarUrl(url, { mode, chat: current });
    if (options.frame && address !== null) options.frame.src = address;
    emit('load', { url: address });
    return address;
  }

  /** @param {string} api @param {Handler} handler @param {number} [times] */
  function override(api, handler, times = Infinity) {
    overrides.set(api, { handler, left: times });
  }

  const onMessage = (/** @type {Event} */ event) => receive(/** @type {MessageEvent} */ (event));
  listenWindow.addEventListener('message', onMessage);

  return {
    /** The conversations. */
    get chats() { return chats; },
    /** The open conversation. */
    get current() { return current; },
    /** How the page is registered. */
    get mode() { return mode; },
    /** The faults in force. */
    get faults() { return faults; },
    /** The page's address, without the console's parameters. */
    get url() { return url; },
    /** Whether the page has called sidebarAuth since it was loaded by the host. */
    get authorized() { return authorized !== null; },
    /** The calls received, oldest first. @returns {readonly Call[]} */
    get calls() { return calls; },

    /** The calls of one api, oldest first. @param {string} api */
    callsTo: (api) => calls.filter((call) => call.api === api),

    /**
     * The next call of an api. Resolves when the page makes it.
     * @param {string} api @param {{ timeout?: number }} [within] Milliseconds; default 5000.
     * @returns {Promise<Call>}
     */
    nextCall(api, { timeout = 5000 } = {}) {
      return new Promise((resolve, reject) => {
        const stop = this.on('call', (call) => {
          if (call.api !== api) return;
          clearTimeout(timer);
          stop();
          resolve(call);
        });
        const timer = setTimeout(() => {
          stop();
          reject(new Error(`no call of ${api} within ${timeout} ms`));
        }, timeout);
      });
    },

    /**
     * Listens to an event of the host.
     * @template {keyof HostEvents} K
     * @param {K} name @param {(detail: HostEvents[K]) => void} listener
     * @returns {() => void} Stops listening.
     */
    on(name, listener) {
      if (!listeners.has(name)) listeners.set(name, new Set());
      listeners.get(name)?.add(listener);
      return () => void listeners.get(name)?.delete(listener);
    },

    /** Answer an api with this data, or with what a function makes of the call. @param {string} api @param {object | Handler} data @param {{ times?: number }} [limit] */
    answer: (api, data, { times } = {}) => override(api, typeof data === 'function' ? /** @type {Handler} */ (data) : () => data, times),

    /** Fail an api. @param {string} api @param {string} [reason] @param {{ times?: number }} [limit] */
    fail: (api, reason = '', { times } = {}) => override(api, () => { throw new Error(reason); }, times),

    /** Leave an api's calls open until `call.answer` or `call.fail`. @param {string} api @param {{ times?: number }} [limit] */
    hold: (api, { times } = {}) => override(api, () => HOLD, times),

    /** Never answer an api. @param {string} api @param {{ times?: number }} [limit] */
    silence: (api, { times } = {}) => override(api, () => SILENT, times),

    /** Back to the console's own answers, for one api or for all. @param {string} [api] */
    restore(api) {
      if (api === undefined) overrides.clear();
      else overrides.delete(api);
    },

    /** Opens another conversation, and tells the page as its registration says. Rejects when `issueCode` does. @param {string} id */
    switchTo: (id) => switchTo(id, 'owner'),

    /** Pushes `updateBaseInfo` for the open conversation, if the console would; tells whether it did. */
    push,

    /** (Re)loads the page. @param {{ url?: string | null }} [at] Another address of the page. */
    load({ url: next } = {}) {
      if (next !== undefined) url = next;
      return load();
    },

    /** Changes the registration. The page keeps its address until `load()`. @param {Mode} next */
    setMode(next) { mode = checkMode(next); },

    /** Replaces the conversations. The open one stays open if its id is still there. @param {Partial<Chat>[]} next */
    setChats(next) {
      chats = chatsOf({ chats: next });
      current = chats.find(({ id }) => id === current.id) ?? chats[0];
    },

    /** Changes some faults and keeps the others; `setFaults(NO_FAULTS)` ends them all. @param {Partial<Faults>} some */
    setFaults(some) {
      faults = normalizeFaults({ ...faults, ...some });
      if (!faults.reorder) unpark();
      emit('faults', faults);
    },

    /** Posts messages to the page that are none of the protocol's: one of each kind, unless a number is given. @param {number} [count] */
    garbage(count = GARBAGE.length) {
      const origin = options.origin ?? authorized ?? calls.at(-1)?.origin ?? '';
      for (let i = 0; i < count; i++) postGarbage('getCurExternalContact', origin);
    },

    /** The console restarts under the page: calls that wait are forgotten, and the page must call sidebarAuth again. */
    restart: forget,

    /** Stops listening. Nothing is posted any more, and calls that wait stay without an answer. */
    destroy() {
      if (destroyed) return;
      forget();
      destroyed = true;
      listenWindow.removeEventListener('message', onMessage);
      for (const timer of timers) clearTimeout(timer);
      timers.clear();
      listeners.clear();
    },
  };
}

/** @typedef {ReturnType<typeof createHost>} Host */

/* ------------------------------------------------------------------------------------------------------------------ */
/* A frame without a browser                                                                                          */
/* ------------------------------------------------------------------------------------------------------------------ */

/**
 * Makes a page believe that it is framed, where there are no frames: in jsdom and its like, whose messages have neither
 * a source nor an origin. The page's `window.parent` becomes a stand-in; what it posts there reaches the host. Call it
 * before the page's own code is loaded.
 *
 * ```js
 * const framed = frameWindow(window);
 * const host = createHost({ ...framed, contact: { externalUserId: 'wmA' } });
 * // … load the page's code, then:
 * host.destroy();
 * framed.restore();
 * ```
 *
 * @param {Window & typeof globalThis} pageWindow
 * @param {{ hostOrigin?: string, pageOrigin?: string }} [origins]
 * @returns {{ window: Window, target: Window, restore: () => void }} `window` and `target` are options of `createHost`.
 */
export function frameWindow(pageWindow, { hostOrigin = 'https://console.example', pageOrigin = pageWindow.location.origin } = {}) {
  const names = /** @type {const} */ (['parent', 'postMessage']);
  const before = names.map((name) => Object.getOwnPropertyDescriptor(pageWindow, name));
  const own = pageWindow.postMessage;
  const mark = `framed by ${randomCode()} `;
  /** On their way to the page, by the token that stands for them. @type {Map<string, any>} */
  const underWay = new Map();
  let count = 0;

  /** As browsers deliver: a copy, and only to the origin that it is addressed to. @param {any} message @param {any} address @param {string} origin */
  const sealed = (message, address, origin) => {
    const wanted = typeof address === 'string' ? address : address?.targetOrigin;
    const data = structuredClone(message);
    return wanted === '*' || wanted === origin ? { data } : null;
  };

  const parent = Object.assign(new EventTarget(), {
    postMessage(/** @type {any} */ message, /** @type {any} */ address) {
      const letter = sealed(message, address, hostOrigin);
      if (!letter) return;
      setTimeout(() => parent.dispatchEvent(Object.assign(new Event('message'), letter, { origin: pageOrigin, source: target })), 0);
    },
  });

  // Pages believe only what the browser itself delivers, so an event made here would not do. The page's window posts a
  // token to itself instead, and this listener, the first, turns the token's event into the one that the page expects.
  const target = {
    postMessage(/** @type {any} */ message, /** @type {any} */ address) {
      const letter = sealed(message, address, pageOrigin);
      if (!letter) return;
      const token = `${mark}${++count}`;
      underWay.set(token, letter.data);
      Reflect.apply(own, pageWindow, [token, '*']);
    },
  };
  const unwrap = (/** @type {MessageEvent} */ event) => {
    if (!underWay.has(event.data)) return;
    const data = underWay.get(event.data);
    underWay.delete(event.data);
    Object.defineProperties(event, { data: { value: data }, origin: { value: hostOrigin }, source: { value: parent } });
  };
  pageWindow.addEventListener('message', unwrap, true);

  Object.defineProperty(pageWindow, 'parent', { configurable: true, value: parent });
  // A page may call its own window's postMessage upon its parent (the helper does, so that nobody can get in between).
  // A browser then posts to the parent; jsdom's function knows no window but its own.
  Object.defineProperty(pageWindow, 'postMessage', {
    configurable: true,
    writable: true,
    value: /** @this {any} */ function postMessage(/** @type {any[]} */ ...given) {
      return this === parent ? parent.postMessage(given[0], given[1]) : Reflect.apply(own, pageWindow, given);
    },
  });
  return {
    window: /** @type {any} */ (parent),
    target: /** @type {any} */ (target),
    restore() {
      pageWindow.removeEventListener('message', unwrap, true);
      names.forEach((name, i) => {
        const descriptor = before[i];
        if (descriptor) Object.defineProperty(pageWindow, name, descriptor);
        else delete (/** @type {any} */ (pageWindow)[name]);
      });
    },
  };
}
