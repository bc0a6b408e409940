// @ts-check
/** Performs one step of a script. A step that fails throws a `StepFailure`; one that passes may return a note. No DOM here. */
import { NO_FAULTS } from '../host.js';
import { CALLS } from '../lib/catalogue.js';
import { difference, shown } from './match.js';
import { outcomeOf } from './watch.js';

/**
 * One step; `workbench/src/check/script.rs` describes the members. Besides `name` and `timeoutMs`, it has exactly one.
 * @typedef {object} Step
 * @property {number} [timeoutMs]
 * @property {string} [switch]
 * @property {true} [push]
 * @property {true} [reload]
 * @property {{ getUserInfo: number } & import('../host/types.js').Faults} [fault]
 * @property {{ api: string, data: object, times?: number }} [answer]
 * @property {number} [waitMs]
 * @property {{ api: string, params?: object, outcome?: string }} [expectCall]
 * @property {{ api: string, withinMs: number }} [expectNoCall]
 * @property {{ chat?: string, msgtype: string } & Record<string, any>} [expectMessage]
 */

/**
 * @typedef {object} Tools
 * @property {import('../host.js').Host} host
 * @property {import('./watch.js').Watch} watch
 * @property {(getUserInfo: number) => Promise<unknown>} setHubFault
 * @property {(ms: number) => Promise<void>} sleep
 */

/** Why a step failed. */
export class StepFailure extends Error {}

/** Why the console pushed nothing. @type {Record<string, string>} */
const NOT_PUSHED = {
  mode: 'the page is registered to be reloaded, not to be pushed to',
  'not-authorized': 'the page has not called sidebarAuth',
  superseded: 'another switch came in between',
  'no-page': 'the page is gone',
  'no-chat': 'no conversation is open',
};

/** The host's name of a call: `getContext` is posted as `getCurChatInfo`. @param {string} api */
const wireOf = (api) => CALLS.find(({ name }) => name === api)?.wire ?? api;

/**
 * @param {Step} step @param {number} timeoutMs For a step without a timeout of its own. @param {Tools} tools
 * @returns {Promise<string | null>} A note for the report, if there is one.
 */
export async function perform(step, timeoutMs, tools) {
  const ms = step.timeoutMs ?? timeoutMs;
  if (step.switch !== undefined) return switchTo(step.switch, tools);
  if (step.push) return push(tools);
  if (step.reload) return reload(tools);
  if (step.fault) return setFaults(step.fault, tools);
  if (step.answer) return answer(step.answer, tools);
  if (step.waitMs !== undefined) return tools.sleep(step.waitMs).then(() => null);
  if (step.expectCall) return expectCall(step.expectCall, ms, tools);
  if (step.expectNoCall) return expectNoCall(step.expectNoCall, tools);
  if (step.expectMessage) return expectMessage(step.expectMessage, ms, tools);
  throw new StepFailure('this version of the workbench does not know the step');
}

/** @param {string} id @param {Tools} tools */
async function switchTo(id, { host, watch }) {
  watch.restart();
  if (host.current?.id === id) return 'it was open already, so nothing happened';
  let note = null;
  const stop = host.on('push', ({ reason }) => {
    if (reason !== 'ok' && reason !== 'mode') note = `not pushed: ${NOT_PUSHED[reason]}`;
  });
  await host.switchTo(id).finally(stop);
  return note;
}

/** @param {Tools} tools */
async function push({ host, watch }) {
  watch.restart();
  const { pushed, reason } = await host.push();
  if (!pushed) throw new StepFailure(`not pushed: ${NOT_PUSHED[reason]}`);
  return null;
}

/** @param {Tools} tools */
function reload({ host, watch }) {
  watch.restart();
  host.load();
  return null;
}

/** @param {NonNullable<Step['fault']>} faults @param {Tools} tools */
async function setFaults({ getUserInfo, ...faults }, { host, setHubFault }) {
  host.setFaults({ ...NO_FAULTS, ...faults });
  await setHubFault(getUserInfo);
  return null;
}

/** @param {NonNullable<Step['answer']>} answer @param {Tools} tools */
function answer({ api, data, times }, { host }) {
  host.answer(wireOf(api), data, times === undefined ? {} : { times });
  return null;
}

/** @param {NonNullable<Step['expectCall']>} expected @param {number} ms @param {Tools} tools */
async function expectCall({ api, params = {}, outcome }, ms, { watch }) {
  const wire = wireOf(api);
  /** @param {import('./watch.js').Call} call */
  const fits = (call) => call.api === wire && difference(params, call.params ?? {}, 'params') === null;
  const found = await watch.until(
    () => watch.calls.find((call) => fits(call) && (outcome === undefined || outcomeOf(call) === outcome)),
    ms,
  );
  if (found) {
    watch.useCall(found);
    return null;
  }
  const near = watch.calls.filter((call) => call.api === wire);
  if (near.length === 0) throw new StepFailure(`no call of ${api} within ${ms} ms. ${callsSoFar(watch)}${misspelt(wire)}`);
  const why = near.map((call) => difference(params, call.params ?? {}, 'params') ?? `outcome: expected ${outcome}, got ${outcomeOf(call)}`);
  throw new StepFailure(`${api} was called, but not as expected:\n${why.join('\n')}`);
}

/** @param {NonNullable<Step['expectNoCall']>} expected @param {Tools} tools */
async function expectNoCall({ api, withinMs }, { watch }) {
  const wire = wireOf(api);
  const found = await watch.until(() => watch.calls.find((call) => call.api === wire), withinMs);
  if (found) throw new StepFailure(`${api} was called with ${shown(found.params)}`);
  return null;
}

/** @param {NonNullable<Step['expectMessage']>} expected @param {number} ms @param {Tools} tools */
async function expectMessage({ chat, msgtype, ...members }, ms, { watch }) {
  /** @param {import('./watch.js').Sent} sent */
  const differs = (sent) => {
    if (chat !== undefined && sent.chat.id !== chat) return `it went to the conversation ${sent.chat.id}, not ${chat}`;
    if (sent.message.msgtype !== msgtype) return `msgtype: expected ${shown(msgtype)}, got ${shown(sent.message.msgtype)}`;
    return difference(members[msgtype] ?? {}, sent.message.content, msgtype);
  };
  const found = await watch.until(() => watch.messages.find((sent) => differs(sent) === null), ms);
  if (found) {
    watch.useMessage(found);
    return null;
  }
  if (watch.messages.length === 0) throw new StepFailure(`no message within ${ms} ms. ${callsSoFar(watch)}`);
  throw new StepFailure(`a message was sent, but not as expected:\n${watch.messages.map(differs).join('\n')}`);
}

/** @param {import('./watch.js').Watch} watch */
function callsSoFar({ calls }) {
  if (calls.length === 0) return 'The page made no other call since the last switch, push or load.';
  return `Other calls since the last switch, push or load: ${calls.map((call) => call.api).join(', ')}.`;
}

/** @param {string} api */
const misspelt = (api) => (CALLS.some(({ wire }) => wire === api) ? '' : ` The console has no call of the name ${api}.`);
