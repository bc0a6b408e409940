/**
 * The console's requests to its server, answered in the page itself. The build puts this file in the place of
 * `www/console/server.js`; everything else of the console is the workbench's own. A test compares what both export.
 */
import { getUserInfo } from '../vendor/oauth.js';
import { createHub } from './hub.js';

/** The folder of the playground, to which the service worker listens. */
const scope = new URL('../', import.meta.url);
const query = new URLSearchParams(location.search);
// For the page around this one, which would not notice that the scripts are missing.
document.documentElement.dataset.playground = 'started';

/** @type {Record<string, (data: any) => void>} */
let listeners = {};
/** @type {any} */
let config;
/** @type {string | null} */
let current = null;
/** @type {ReturnType<typeof createHub>} */
let hub;

/** The workbench's own answer, recorded by the build, with current times and local addresses. */
export async function fetchConfig() {
  if (config) return config;
  // The page in the sidebar comes from the worker, which starts while the console loads.
  const [response] = await Promise.all([fetch(new URL('config.json', scope)), navigator.serviceWorker?.ready]);
  if (!response.ok) throw new Error(`HTTP ${response.status}`);
  const recorded = await response.json();
  const scenario = hereAndNow(recorded.scenario, Date.now() - recorded.recordedAt);
  const faults = query.get('faults');
  if (faults) scenario.faults = { ...scenario.faults, ...JSON.parse(faults) };
  config = { ...recorded, page: pageAddress(), hubBase: new URL('hub', scope).href, scenario };
  current = config.currentConversation;
  hub = createHub({
    scenario: () => config.scenario,
    current: () => current,
    ttl: config.codeTtlSeconds * 1000,
    emit: (event, detail) => listeners[event]?.(detail),
  });
  return config;
}

/** The page in the sidebar: one of the playground's own, or the demo. */
function pageAddress() {
  const given = new URL(query.get('page') ?? 'demo/', scope);
  return given.href.startsWith(scope.href) ? given.href : new URL('demo/', scope).href;
}

/** @param {any} scenario @param {number} later Milliseconds since it was recorded. */
function hereAndNow(scenario, later) {
  return JSON.parse(JSON.stringify(scenario), (name, value) => {
    if (name === 'time' && typeof value === 'string') return new Date(Date.parse(value) + later).toISOString();
    if (typeof value === 'string' && value.startsWith('/media/')) return new URL(`.${value}`, scope).pathname;
    return value;
  });
}

/** @param {string} conversationId @param {'sidebarAuth' | 'updateBaseInfo'} via */
export const issueCode = async (conversationId, via) => hub.issue(conversationId, via);

/** This window. The console's protocol distinguishes several. */
export const WINDOW = crypto.randomUUID();

/** @param {string} id */
export async function putConversation(id) {
  current = id;
  listeners['hub-conversation']?.({ id, window: WINDOW });
}

/** @param {number} getUserInfo */
export async function putHubFault(getUserInfo) {
  hub.setFault(getUserInfo);
  listeners['hub-faults']?.({ getUserInfo });
}

/** There is no file to write to. The console offers a download instead. */
export async function putScenario() {
  throw new Error('the playground has no scenario file');
}

/** Whether the page can be reached. @param {string} url */
export async function checkPage(url) {
  const reachable = await fetch(url, { mode: 'no-cors', credentials: 'omit' }).then(
    () => true,
    () => false,
  );
  return { url, reachable, findings: [] };
}

/** @param {Record<string, (data: any) => void>} given */
export function openEvents(given) {
  listeners = given;
}

/* --- what pages ask a server ------------------------------------------------------------------------------------------ */

/** A page's own server: it redeems the code, as a server would, with the hub's URL and the package's client. @param {string} code */
async function logIn(code) {
  try {
    return { ok: true, user: await getUserInfo(code, { base: new URL('hub', scope).href }) };
  } catch (/** @type {any} */ error) {
    return { ok: false, errcode: error.errcode ?? null, error: error.code, message: error.message };
  }
}

/** The answers to the service worker. @type {Record<string, (data: any) => any>} */
const answers = {
  authorize: ({ search }) => ({ redirect: hub.authorize(new URLSearchParams(search)) }),
  redeem: ({ code }) => hub.redeem(code),
  login: ({ code }) => logIn(code),
};

/** @param {any} message @param {readonly MessagePort[]} ports */
async function reply(message, [port]) {
  try {
    port.postMessage(await answers[message.ask](message));
  } catch (error) {
    port.postMessage({ refused: /** @type {Error} */ (error).message });
  }
}

navigator.serviceWorker?.addEventListener('message', ({ data, ports }) => {
  if (data?.type === 'playground' && Object.hasOwn(answers, data.ask)) void reply(data, ports);
});
navigator.serviceWorker?.startMessages();

// A page of the visitor's is in a sandbox, where no service worker sees its requests. `page/fetch.js` sends them here, and
// `page/report.js` the page's errors, which are for the editor. This listener comes before the host's, which would log them.
addEventListener(
  'message',
  (event) => {
    if (event.data?.type !== 'playground' || !['login', 'page'].includes(event.data.ask)) return;
    event.stopImmediatePropagation();
    const frame = /** @type {HTMLIFrameElement | null} */ (document.getElementById('frame'));
    if (event.source !== frame?.contentWindow) return;
    if (event.data.ask === 'login') void reply(event.data, event.ports);
    else if (parent !== window) parent.postMessage(event.data, location.origin);
  },
  true,
);
