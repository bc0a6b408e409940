// @ts-check
/** The host: listens, answers, emits events for its owner, and simulates faults. */
import { consoleAnswers } from './answers.js';
import { chatsOf } from './chats.js';
import { createEmitter } from './emitter.js';
import { GARBAGE, normalizeFaults } from './faults.js';
import { errorText, isText, parseRequest, PUSH_API, sidebarUrl, UNKNOWN_TO_OLD_CONSOLE } from './protocol.js';
import { randomCode } from './random-code.js';
import { createSchedule } from './schedule.js';

/** @typedef {import('./types.js').Call} Call */
/** @typedef {import('./types.js').Chat} Chat */
/** @typedef {import('./types.js').Faults} Faults */
/** @typedef {import('./types.js').Handler} Handler */
/** @typedef {import('./types.js').HostEvents} HostEvents */
/** @typedef {import('./types.js').HostOptions} HostOptions */
/** @typedef {import('./types.js').LogEntry} LogEntry */
/** @typedef {import('./types.js').Mode} Mode */
/** @typedef {import('./types.js').Outcome} Outcome */

/** A handler returns this to answer later, through `call.answer` or `call.fail`. */
export const HOLD = Symbol('hold');

/** A handler returns this to leave the call without an answer. */
export const SILENT = Symbol('silent');

const NEXT_CALL_TIMEOUT = 5000;
/** The real ones, for the limit of `nextCall`: a test that moves a fake clock does not mean it. */
const { clearTimeout: clearRealTimeout, setTimeout: setRealTimeout } = globalThis;
const KEEP_CALLS = 10_000;

/** An own member of the object, so that an API named `constructor` finds nothing. @param {any} object @param {string} key */
const own = (object, key) => (object && Object.hasOwn(object, key) ? object[key] : undefined);

/** @param {unknown} error */
const messageOf = (error) => (error instanceof Error ? error.message : String(error));

/** @param {Mode} value @returns {Mode} */
function checkMode(value) {
  if (value !== 'postMessage' && value !== 'reload') throw new TypeError(`mode must be 'postMessage' or 'reload', not ${value}`);
  return value;
}

/** @param {HTMLIFrameElement} frame @param {string} address */
function navigate(frame, address) {
  const { parentNode, nextSibling } = frame;
  // With a fragment in the address, a frame may only scroll. Reinserting the frame makes it load.
  const scrollsOnly = address.includes('#') && parentNode !== null;
  if (scrollsOnly) frame.remove();
  frame.src = address;
  if (scrollsOnly) parentNode.insertBefore(frame, nextSibling);
}

/**
 * Starts listening and answering.
 * @param {HostOptions} [options]
 */
export function createHost(options = {}) {
  const listenWindow = options.window ?? globalThis.window;
  if (!listenWindow) throw new TypeError('createHost: no window to listen on; give `window`');
  if (!options.frame && !options.target) throw new TypeError('createHost: `frame` or `target` is required');
  const { emit, on, clear: forgetListeners } = createEmitter();
  const schedule = createSchedule(() => faults, options.random ?? Math.random);

  let chats = chatsOf(options);
  /** Null if there is no conversation. @type {Chat | null} */
  let current = options.current === undefined ? chats[0] ?? null : pick(options.current);
  let mode = checkMode(options.mode ?? 'postMessage');
  let url = options.url ?? null;
  let faults = normalizeFaults(options.faults);
  let seq = 0;
  let garbageTurn = 0;
  let pushTurn = 0;
  let destroyed = false;
  /** Origin of the page that called sidebarAuth; null before that. @type {string | null} */
  let authorized = null;
  /** @type {Call[]} */
  const calls = [];
  /** Pending calls, each with a function that drops it. @type {Map<Call, () => void>} */
  const pending = new Map();
  /** The owner's handler for an API, and how many more calls it applies to. @type {Map<string, { handler: Handler, left: number }>} */
  const overrides = new Map();

  const answers = consoleAnswers({
    emit,
    current: () => current,
    chats: () => chats,
    openChat: (id) => void switchTo(id, 'page').catch((error) => emit('error', { error })),
    async authorize(chat, call) {
      const info = await baseInfo(chat, 'sidebarAuth').catch((error) => {
        // The page is told only that the call failed; the owner gets the reason.
        emit('error', { error });
        throw new Error('');
      });
      authorized = call.origin;
      return info;
    },
  });

  /** @param {string} id @returns {Chat} */
  function pick(id) {
    const chat = chats.find((one) => one.id === id);
    if (!chat) throw new RangeError(`no chat with the id ${id}`);
    return chat;
  }

  /** @returns {Window | null} */
  function page() {
    if (options.frame) return options.frame.contentWindow;
    return typeof options.target === 'function' ? options.target() : options.target ?? null;
  }

  /** @param {Chat} chat @param {'sidebarAuth' | 'updateBaseInfo'} via */
  async function baseInfo(chat, via) {
    const code = await (options.issueCode ?? randomCode)(chat, via);
    return { ...options.baseInfo?.(chat), code, juziChatId: chat.id, juziChatWxid: chat.wxid };
  }

  /* --- to the page ------------------------------------------------------------------------------------------------ */

  /**
   * Posts one message, unless a fault has dropped it, and logs it.
   * @param {Pick<LogEntry, 'kind' | 'api' | 'reqId' | 'outcome' | 'duration'>} about
   * @param {any} payload @param {string} origin The origin of the receiving page.
   */
  function post(about, payload, origin) {
    /** @type {LogEntry} */
    const entry = { seq: ++seq, at: Date.now(), direction: 'out', origin, payload, ...about };
    if (about.outcome !== 'dropped') {
      try {
        const target = page();
        if (!target) throw new Error('the page is gone');
        // An opaque origin (a sandboxed frame) cannot be a target origin; only '*' reaches it.
        target.postMessage(payload, origin === 'null' || origin === '' ? '*' : origin);
      } catch (error) {
        entry.outcome = 'unsent';
        entry.error = messageOf(error);
      }
    }
    emit('message', entry);
    return entry.outcome;
  }

  /** @param {string} api @param {string} origin */
  function postGarbage(api, origin) {
    const payload = GARBAGE[garbageTurn++ % GARBAGE.length](api);
    post({ kind: 'garbage', api: '', reqId: null, outcome: 'sent', duration: null }, payload, origin);
  }

  /**
   * Posts an answer with the current faults, and returns its outcome.
   * @param {LogEntry} request @param {any} data @param {'ok' | 'fail'} outcome
   * @returns {Outcome}
   */
  function postAnswer({ api, reqId, origin, duration }, data, outcome) {
    if (schedule.chance(faults.garbage)) postGarbage(api, origin);
    const about = { kind: /** @type {const} */ ('answer'), api, reqId, duration };
    const message = { reqId, api, data };
    if (schedule.chance(faults.drop)) {
      post({ ...about, outcome: 'dropped' }, message, origin);
      return 'dropped';
    }
    const sent = post({ ...about, outcome }, message, origin);
    if (schedule.chance(faults.duplicate)) post({ ...about, outcome: 'duplicate' }, message, origin);
    return sent === 'unsent' ? 'unsent' : outcome;
  }

  /* --- from the page ---------------------------------------------------------------------------------------------- */

  /** @param {Event} event */
  function receive(event) {
    const { data, origin = '', source } = /** @type {MessageEvent} */ (event);
    const ignore = (/** @type {import('./types.js').IgnoreReason} */ reason) =>
      emit('ignored', { seq: ++seq, at: Date.now(), reason, origin, payload: data });
    const from = page();
    if (!from || source !== from) return ignore('source');
    if (options.origin !== undefined && origin !== options.origin) return ignore('origin');
    const parsed = parseRequest(data);
    if ('ignored' in parsed) return ignore(parsed.ignored);
    const { api, reqId } = parsed.request;
    begin(parsed.request, { seq: ++seq, at: Date.now(), direction: 'in', kind: 'request', api, reqId, origin, outcome: 'pending', duration: null, payload: data });
  }

  /**
   * Turns a request into a call, which is settled once.
   * @param {{ api: string, reqId: string | number, params: any }} request
   * @param {LogEntry} entry Its line in the log.
   */
  function begin({ api, reqId, params }, entry) {
    const { origin, at } = entry;
    const started = performance.now();
    let settled = false;
    /** What the console does once the answer has been sent. @type {(() => void)[]} */
    const effects = [];

    /** @param {Outcome} outcome @param {any} [result] */
    const finish = (outcome, result) => {
      pending.delete(call);
      call.state = entry.outcome = outcome;
      call.result = result;
      if (entry.duration !== null) call.duration = entry.duration;
      emit('update', entry);
    };

    /** @param {any} data @param {'ok' | 'fail'} outcome */
    const settle = (data, outcome) => {
      if (settled) return;
      settled = true;
      schedule.run(() => {
        if (!pending.has(call)) return;
        entry.duration = performance.now() - started;
        finish(postAnswer(entry, data, outcome), data);
        for (const effect of effects) effect();
      });
    };

    /** @param {'silent' | 'forgotten'} outcome */
    const end = (outcome) => {
      settled = true;
      finish(outcome);
    };

    /** @type {Call} */
    const call = {
      api, reqId, params, origin, at, state: 'pending',
      answer: (/** @type {any} */ data = {}) => settle(data, isText(data?.err_msg) && !data.err_msg.endsWith(':ok') ? 'fail' : 'ok'),
      fail: (reason) => settle({ err_msg: errorText(api, reason) }, 'fail'),
      ignore: () => {
        if (!settled) end('silent');
      },
    };
    pending.set(call, () => end('forgotten'));
    calls.push(call);
    if (calls.length > (options.keepCalls ?? KEEP_CALLS)) calls.shift();
    emit('message', entry);
    emit('call', call);
    if (!settled) void respond(call, (effect) => effects.push(effect));
  }

  /**
   * Answers a call: with a fault if one applies, else with the owner's handler, else with the console's answer.
   * @param {Call} call @param {(effect: () => void) => void} afterwards
   */
  async function respond(call, afterwards) {
    const { api, params } = call;
    const handler = overrides.get(api)?.handler ?? own(options.handlers, api) ?? own(answers, api);
    // It is not documented how a real console reacts to an unknown name. The old console is silent. This one answers with
    // an error, because that tells a developer more than a timeout.
    if (faults.oldConsole && (UNKNOWN_TO_OLD_CONSOLE.includes(api) || !handler)) return call.ignore();
    if (own(faults.errors, api)) return call.fail(faults.errors[api]);
    if (!handler) return call.fail('function not exist');
    useUp(api);
    try {
      let data = handler(params, call, afterwards);
      // Synchronous handlers answer at once, so that answers keep the order of the calls.
      if (typeof data?.then === 'function') data = await data;
      if (data === SILENT) call.ignore();
      else if (data !== HOLD) call.answer(data ?? {});
    } catch (error) {
      call.fail(messageOf(error));
    }
  }

  /** Counts down the calls that the owner's handler still applies to. @param {string} api */
  function useUp(api) {
    const override = overrides.get(api);
    if (override && --override.left <= 0) overrides.delete(api);
  }

  /** @param {string} api @param {Handler} handler @param {{ times?: number }} [limit] */
  function override(api, handler, { times = Infinity } = {}) {
    overrides.set(api, { handler, left: times });
  }

  /* --- switching -------------------------------------------------------------------------------------------------- */

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

  /** Pushes the open conversation to the page, if the console would. Rejects when no code can be issued. */
  async function push() {
    const chat = current;
    const turn = ++pushTurn;
    /** @param {HostEvents['push']['reason']} reason */
    const done = (reason) => {
      const result = { pushed: reason === 'ok', reason, chat };
      emit('push', result);
      return result;
    };
    if (!chat) return done('no-chat');
    if (mode !== 'postMessage') return done('mode');
    if (authorized === null) return done('not-authorized');
    const info = await baseInfo(chat, PUSH_API);
    // The user may have switched again while the code was fetched. An older conversation must not be pushed after a newer one.
    if (turn !== pushTurn || destroyed) return done('superseded');
    if (authorized === null) return done('not-authorized');
    const about = { kind: /** @type {const} */ ('push'), api: PUSH_API, reqId: null, outcome: /** @type {const} */ ('sent'), duration: null };
    return done(post(about, { api: PUSH_API, data: { baseInfo: info } }, authorized) === 'sent' ? 'ok' : 'no-page');
  }

  /** Drops the page's pending calls and its authorization. */
  function forget() {
    authorized = null;
    schedule.clear();
    for (const forgetCall of [...pending.values()]) forgetCall();
  }

  /** Reloads the page with the parameters for its registration and the open conversation. */
  function load() {
    forget();
    const address = url === null ? null : sidebarUrl(url, { mode, chat: current });
    if (options.frame && address !== null) navigate(options.frame, address);
    emit('load', { url: address });
    return address;
  }

  listenWindow.addEventListener('message', receive);

  return {
    /** The conversations. */
    get chats() { return chats; },
    /** The open conversation; null if there is none. */
    get current() { return current; },
    /** How the page is registered. */
    get mode() { return mode; },
    /** The current faults. */
    get faults() { return faults; },
    /** The page's address, without the console's parameters. */
    get url() { return url; },
    /** Whether the page has called sidebarAuth since the host loaded it. */
    get authorized() { return authorized !== null; },
    /** The calls received, oldest first. @returns {readonly Call[]} */
    get calls() { return calls; },

    on,

    /** The calls of one API, oldest first. @param {string} api */
    callsTo: (api) => calls.filter((call) => call.api === api),

    /**
     * The next call of an API. Resolves when the page makes it.
     * @param {string} api @param {{ timeout?: number }} [within] Milliseconds; default 5000.
     * @returns {Promise<Call>}
     */
    nextCall: (api, { timeout = NEXT_CALL_TIMEOUT } = {}) => new Promise((resolve, reject) => {
      const stop = on('call', (call) => {
        if (call.api !== api) return;
        clearRealTimeout(timer);
        stop();
        resolve(call);
      });
      const timer = setRealTimeout(() => {
        stop();
        reject(new Error(`no call of ${api} within ${timeout} ms`));
      }, timeout);
    }),

    /** Answers an API with this data, or with the result of a function. @param {string} api @param {object | Handler} data @param {{ times?: number }} [limit] */
    answer: (api, data, limit) => override(api, typeof data === 'function' ? /** @type {Handler} */ (data) : () => data, limit),

    /** Fails an API. @param {string} api @param {string} [reason] @param {{ times?: number }} [limit] */
    fail: (api, reason = '', limit) => override(api, () => { throw new Error(reason); }, limit),

    /** Leaves an API's calls pending until `call.answer` or `call.fail`. @param {string} api @param {{ times?: number }} [limit] */
    hold: (api, limit) => override(api, () => HOLD, limit),

    /** Never answers an API. @param {string} api @param {{ times?: number }} [limit] */
    silence: (api, limit) => override(api, () => SILENT, limit),

    /** Restores the console's own answers, for one API or for all. @param {string} [api] */
    restore(api) {
      if (api === undefined) overrides.clear();
      else overrides.delete(api);
    },

    /** Opens another conversation, and pushes it or reloads the page, as registered. Rejects when `issueCode` does. @param {string} id */
    switchTo: (id) => switchTo(id, 'owner'),

    /** Pushes `updateBaseInfo` for the open conversation, if the console would. Resolves with whether it did. */
    push,

    /** (Re)loads the page. @param {{ url?: string | null }} [at] A new address for the page. */
    load({ url: next } = {}) {
      if (next !== undefined) url = next;
      return load();
    },

    /** Changes the registration. The page keeps its address until `load()`. @param {Mode} next */
    setMode(next) { mode = checkMode(next); },

    /** Replaces the conversations. The open one stays open if its id is still there. @param {Partial<Chat>[]} next */
    setChats(next) {
      chats = chatsOf({ chats: next });
      current = chats.find(({ id }) => id === current?.id) ?? chats[0] ?? null;
    },

    /** Changes some faults and keeps the others; `setFaults(NO_FAULTS)` ends them all. @param {Partial<Faults>} some */
    setFaults(some) {
      faults = normalizeFaults({ ...faults, ...some });
      if (!faults.reorder) schedule.release();
      emit('faults', faults);
    },

    /** Posts messages to the page that do not follow the protocol: one of each kind, unless a number is given. @param {number} [count] */
    garbage(count = GARBAGE.length) {
      const origin = options.origin ?? authorized ?? calls.at(-1)?.origin ?? '';
      for (let i = 0; i < count; i++) postGarbage('getCurExternalContact', origin);
    },

    /** Simulates a restart of the console: pending calls are dropped, and the page must call sidebarAuth again. */
    restart: forget,

    /** Stops listening. Nothing is posted any more, and pending calls get no answer. */
    destroy() {
      if (destroyed) return;
      forget();
      destroyed = true;
      listenWindow.removeEventListener('message', receive);
      forgetListeners();
    },
  };
}

/** @typedef {ReturnType<typeof createHost>} Host */
