// @ts-check
/** The host: listens, answers, emits events for its owner, and simulates faults. This file puts its parts together. */
import { consoleAnswers, Refusal } from './answers.js';
import { createCalls } from './calls.js';
import { chatsOf } from './chats.js';
import { createEmitter } from './emitter.js';
import { GARBAGE, normalizeFaults } from './faults.js';
import { createFormer } from './former.js';
import { createOutbox } from './outbox.js';
import { createOverrides } from './overrides.js';
import { parseRequest } from './protocol.js';
import { createSchedule } from './schedule.js';
import { checkMode, stateOf } from './state.js';
import { baseInfoOf, createSwitching } from './switching.js';

/** @typedef {import('./types.js').Call} Call */
/** @typedef {import('./types.js').Chat} Chat */
/** @typedef {import('./types.js').Faults} Faults */
/** @typedef {import('./types.js').HostOptions} HostOptions */
/** @typedef {import('./types.js').Mode} Mode */

/**
 * Starts listening and answering.
 * @param {HostOptions} [options]
 */
export function createHost(options = {}) {
  const listenWindow = options.window ?? globalThis.window;
  if (!listenWindow) throw new TypeError('createHost: no window to listen on; give `window`');
  if (!options.frame && !options.target) throw new TypeError('createHost: `frame` or `target` is required');
  const parts = partsOf(options);
  const { state, emitter, calls, overrides, switching } = parts;
  const receive = receiver(options, parts);
  listenWindow.addEventListener('message', receive);

  return {
    /** The conversations. */
    get chats() {
      return state.chats;
    },
    /** The open conversation; null if there is none. */
    get current() {
      return state.current;
    },
    /** How the page is registered. */
    get mode() {
      return state.mode;
    },
    /** The current faults. */
    get faults() {
      return state.faults;
    },
    /** The page's address, without the console's parameters. */
    get url() {
      return state.url;
    },
    /** Whether the page has called sidebarAuth since the host loaded it. */
    get authorized() {
      return state.authorized !== null;
    },
    /** The calls received, oldest first. @returns {readonly Call[]} */
    get calls() {
      return calls.list;
    },
    on: emitter.on,
    ...calls.queries,
    ...overrides.controls,
    ...settings(parts),
    ...messages(options, parts),

    /** Opens another conversation, and pushes it or reloads the page, as registered. Rejects when `issueCode` does. @param {string} id */
    switchTo: (id) => switching.switchTo(id, 'owner'),

    /** Pushes `updateBaseInfo` for the open conversation, if the console would. Resolves with whether it did. */
    push: switching.push,

    /** Simulates a restart of the console: pending calls are dropped, and the page must call sidebarAuth again. */
    restart: parts.forget,

    /** Stops listening. Nothing is posted any more, and pending calls get no answer. */
    destroy() {
      if (state.destroyed) return;
      parts.forget();
      parts.former.end();
      state.destroyed = true;
      listenWindow.removeEventListener('message', receive);
      emitter.clear();
    },
  };
}

/** @param {HostOptions} options */
function partsOf(options) {
  const state = stateOf(options);
  const emitter = createEmitter();
  const { emit } = emitter;
  const schedule = createSchedule(() => state.faults, options.random ?? Math.random);
  const outbox = createOutbox({ state, emit });
  const overrides = createOverrides();
  const former = createFormer(() => state.faults);
  /** Drops the page's pending calls and its authorization. */
  const forget = () => {
    state.authorized = null;
    schedule.clear();
    schedule.rewind();
    calls.forget();
  };
  const switching = createSwitching({ options, state, emit, post: outbox.post, switched: former.switched, forget });
  const answers = consoleAnswers({
    emit,
    current: () => state.current,
    told: () => former.told(state.current),
    chats: () => state.chats,
    openChat: (id) => void switching.switchTo(id, 'page').catch((error) => emit('error', { error, from: 'issueCode' })),
    async authorize(chat, call) {
      const info = await baseInfoOf(options, chat, 'sidebarAuth').catch((error) => {
        // The page learns only that the call failed; the owner gets the reason.
        emit('error', { error, from: 'issueCode' });
        throw new Refusal('no-code');
      });
      state.authorized = call.origin;
      return info;
    },
  });
  const { postAnswer } = outbox;
  const calls = createCalls({ options, state, emitter, schedule, postAnswer, overrides, answers });
  return { state, emitter, schedule, former, outbox, overrides, switching, calls, forget };
}

/** @typedef {ReturnType<typeof partsOf>} Parts */

/** The listener for the page's messages. @param {HostOptions} options @param {Parts} parts @returns {(event: Event) => void} */
function receiver(options, { state, emitter: { emit }, calls }) {
  return (event) => {
    const { data, origin = '', source } = /** @type {MessageEvent} */ (event);
    /** @param {import('./types.js').IgnoreReason} reason */
    const ignore = (reason) => emit('ignored', { seq: ++state.seq, at: Date.now(), reason, origin, payload: data });
    const from = state.page();
    if (!from || source !== from) return ignore('source');
    if (options.origin !== undefined && origin !== options.origin) return ignore('origin');
    const parsed = parseRequest(data);
    if ('ignored' in parsed) return ignore(parsed.ignored);
    const { api, reqId } = parsed.request;
    calls.begin(parsed.request, {
      seq: ++state.seq,
      at: Date.now(),
      direction: 'in',
      kind: 'request',
      api,
      reqId,
      origin,
      outcome: 'pending',
      duration: null,
      payload: data,
    });
  };
}

/** The methods that change the host's settings. @param {Parts} parts */
function settings({ state, emitter, schedule, former, switching }) {
  return {
    /** (Re)loads the page. @param {{ url?: string | null }} [at] A new address for the page. */
    load({ url } = {}) {
      if (url !== undefined) state.url = url;
      return switching.load();
    },

    /** Changes the registration. The page keeps its address until `load()`. @param {Mode} next */
    setMode(next) {
      state.mode = checkMode(next);
    },

    /** Replaces the conversations. The open one stays open if its id is still there. @param {Partial<Chat>[]} next */
    setChats(next) {
      state.chats = chatsOf({ chats: next });
      state.current = state.chats.find(({ id }) => id === state.current?.id) ?? state.chats[0] ?? null;
      former.replaced(state.chats);
    },

    /** Changes some faults and keeps the others; `setFaults(NO_FAULTS)` ends them all. @param {Partial<Faults>} some */
    setFaults(some) {
      const before = state.faults.seed;
      state.faults = normalizeFaults({ ...state.faults, ...some });
      if (state.faults.seed !== before) schedule.rewind();
      if (!state.faults.reorder) schedule.release();
      if (state.faults.staleMs === 0) former.end();
      emitter.emit('faults', state.faults);
    },
  };
}

/** The methods with which the owner posts to the page directly. @param {HostOptions} options @param {Parts} parts */
function messages(options, { state, calls, outbox }) {
  const origin = () => options.origin ?? state.authorized ?? calls.list.at(-1)?.origin ?? '';
  return {
    /** Posts messages to the page that do not follow the protocol: one of each kind, unless a number is given. @param {number} [count] */
    garbage(count = GARBAGE.length) {
      for (let i = 0; i < count; i++) outbox.postGarbage('getCurExternalContact', origin());
    },

    /**
     * Posts a message to the page unchanged and without faults: a repeated answer, another answer, or a push.
     * @param {any} message @param {{ origin?: string }} [to] The page's origin; default that of its last call.
     * @returns {boolean} Whether it could be posted.
     */
    post: (message, to = {}) => outbox.postByHand(message, to.origin ?? origin()),
  };
}

/** @typedef {ReturnType<typeof createHost>} Host */
