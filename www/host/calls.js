// @ts-check
/** The page's calls: each is received, answered and settled once. */
import { Refusal } from './answers.js';
import { HOLD, SILENT } from './overrides.js';
import { errorText, isText, UNKNOWN_TO_OLD_CONSOLE } from './protocol.js';
import { clearRealTimeout, setRealTimeout } from './real-timers.js';

/** @typedef {import('./types.js').Call} Call */
/** @typedef {import('./types.js').Handler} Handler */
/** @typedef {import('./types.js').LogEntry} LogEntry */
/** @typedef {import('./types.js').Outcome} Outcome */
/** @typedef {import('./types.js').Why} Why */

/** The console's own handler of a call. An effect passed to `afterwards` runs once the answer has been sent. */
/** @typedef {(params: any, call: Call, afterwards: (effect: () => void) => void) => any} Answer */

const NEXT_CALL_TIMEOUT = 5000;
const KEEP_CALLS = 10_000;

/**
 * An own member of the object, so that an API named `constructor` finds nothing.
 * @template T
 * @param {Record<string, T> | undefined} object @param {string} key @returns {T | undefined}
 */
const own = (object, key) => (object && Object.hasOwn(object, key) ? object[key] : undefined);

/**
 * @param {object} desk
 * @param {import('./types.js').HostOptions} desk.options
 * @param {import('./state.js').State} desk.state
 * @param {ReturnType<typeof import('./emitter.js').createEmitter>} desk.emitter
 * @param {ReturnType<typeof import('./schedule.js').createSchedule>} desk.schedule
 * @param {ReturnType<typeof import('./outbox.js').createOutbox>['postAnswer']} desk.postAnswer
 * @param {ReturnType<typeof import('./overrides.js').createOverrides>} desk.overrides
 * @param {Record<string, Answer>} desk.answers The console's own.
 */
export function createCalls({ options, state, emitter: { emit, on }, schedule, postAnswer, overrides, answers }) {
  /** @type {Call[]} */
  const calls = [];
  /** Pending calls, each with a function that drops it. @type {Map<Call, () => void>} */
  const pending = new Map();

  /**
   * Turns a request into a call, which is settled once.
   * @param {{ api: string, reqId: string | number, params: any }} request
   * @param {LogEntry} entry Its line in the log.
   */
  function begin(request, entry) {
    /** What the console does once the answer has been sent. @type {(() => void)[]} */
    const effects = [];
    const { call, isSettled, forget } = settling(request, entry, effects);
    pending.set(call, forget);
    calls.push(call);
    if (calls.length > (options.keepCalls ?? KEEP_CALLS)) calls.shift();
    emit('message', entry);
    emit('call', call);
    if (!isSettled()) void respond(call, (effect) => effects.push(effect));
  }

  /**
   * The call, and the functions that end it.
   * @param {{ api: string, reqId: string | number, params: any }} request @param {LogEntry} entry @param {(() => void)[]} effects
   */
  function settling({ api, reqId, params }, entry, effects) {
    const started = performance.now();
    const dice = schedule.dice();
    let settled = false;

    /** @param {Outcome} outcome @param {any} [result] */
    const finish = (outcome, result) => {
      pending.delete(call);
      call.state = entry.outcome = outcome;
      call.result = result;
      if (entry.duration !== null) call.duration = entry.duration;
      emit('update', entry);
    };

    /** @param {any} data @param {'ok' | 'fail'} outcome @param {Why} [why] */
    const settle = (data, outcome, why) => {
      if (settled) return;
      settled = true;
      schedule.run(api, dice, () => {
        if (!pending.has(call)) return;
        entry.duration = performance.now() - started;
        if (why) entry.why = why;
        finish(postAnswer(entry, data, outcome, dice), data);
        for (const effect of effects) effect();
      });
    };

    /** @param {'silent' | 'forgotten'} outcome @param {Why} [why] */
    const end = (outcome, why) => {
      settled = true;
      if (why) entry.why = why;
      finish(outcome);
    };

    /** @type {Call} */
    const call = {
      api,
      reqId,
      params,
      origin: entry.origin,
      at: entry.at,
      state: 'pending',
      answer: (/** @type {any} */ data = {}) => settle(data, isText(data?.err_msg) && !data.err_msg.endsWith(':ok') ? 'fail' : 'ok'),
      fail: (reason, why) => settle({ err_msg: errorText(api, reason) }, 'fail', why),
      ignore(why) {
        if (!settled) end('silent', why);
      },
      proceed() {
        if (!settled) void run(call, own(answers, api), (effect) => effects.push(effect));
      },
    };
    return { call, isSettled: () => settled, forget: () => end('forgotten') };
  }

  /**
   * Answers a call: with a fault if one applies, else with the owner's handler, else with the console's answer.
   * @param {Call} call @param {(effect: () => void) => void} afterwards
   */
  async function respond(call, afterwards) {
    const { api } = call;
    const { faults } = state;
    const overridden = overrides.find(api) ?? own(options.handlers, api);
    const handler = overridden ?? own(answers, api);
    // It is not documented how a real console reacts to an unknown name. The old console is silent. This one answers with
    // an error, because that tells a developer more than a timeout.
    if (faults.oldConsole && (UNKNOWN_TO_OLD_CONSOLE.includes(api) || !handler)) return call.ignore('old-console');
    const error = own(faults.errors, api);
    if (error) return call.fail(error, 'fault');
    if (own(faults.apis, api)?.silent) return call.ignore('fault');
    if (own(faults.apis, api)?.hold) return;
    overrides.useUp(api);
    await run(call, handler, afterwards, overridden && 'owner');
  }

  /**
   * @param {Call} call @param {Answer | Handler | undefined} handler @param {(effect: () => void) => void} afterwards
   * @param {Why} [why] Why the call failed, if the handler's error gives no reason.
   */
  async function run(call, handler, afterwards, why) {
    if (!handler) return call.fail('function not exist', 'unknown-api');
    try {
      let data = handler(call.params, call, afterwards);
      // Synchronous handlers answer at once, so that answers keep the order of the calls.
      if (typeof data?.then === 'function') data = await data;
      if (data === SILENT) call.ignore(why);
      else if (data !== HOLD) call.answer(data ?? {});
    } catch (error) {
      call.fail(error instanceof Error ? error.message : String(error), error instanceof Refusal ? error.why : why);
    }
  }

  return {
    list: calls,
    begin,
    /** Drops the pending calls. */
    forget() {
      for (const forgetCall of [...pending.values()]) forgetCall();
    },
    queries: {
      /** The calls of one API, oldest first. @param {string} api */
      callsTo: (api) => calls.filter((call) => call.api === api),

      /**
       * The next call of an API. Resolves when the page makes it.
       * @param {string} api @param {{ timeout?: number }} [within] Milliseconds; default 5000.
       * @returns {Promise<Call>}
       */
      nextCall: (api, { timeout = NEXT_CALL_TIMEOUT } = {}) =>
        new Promise((resolve, reject) => {
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
    },
  };
}
