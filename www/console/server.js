/** Requests to the workbench's server (docs/workbench-protocol.md). */
import { ServerError } from './server-error.js';

/** @typedef {import('./types.js').Config} Config */

/** This window, for the hub: it authorizes for one window's conversation at a time. */
export const WINDOW = crypto.randomUUID();

/** The server may have the console below a path. @param {string} name */
const endpoint = (name) => new URL(`../_workbench/${name}`, import.meta.url);

/** @param {string} name @param {RequestInit} [init] */
async function request(name, init) {
  const response = await fetch(endpoint(name), init);
  if (response.ok) return response.status === 204 ? null : response.json();
  const body = await response.json().catch(() => null);
  throw new ServerError(response.status, body?.error ?? `HTTP ${response.status}`, body?.field ?? null);
}

/** @param {string} method @param {object} body */
const json = (method, body) => ({ method, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });

/** The server's settings, the scenario, and what is in force. @returns {Promise<Config>} */
export const fetchConfig = () => request('config');

/**
 * Requests a one-time code from the hub.
 * @param {string} conversationId @param {'sidebarAuth' | 'updateBaseInfo'} via @returns {Promise<string>}
 */
export const issueCode = async (conversationId, via) => (await request('codes', json('POST', { conversationId, via }))).code;

/** Tells the hub whose account authorizes now. @param {string} id @returns {Promise<null>} */
export const putConversation = (id) => request('conversation', json('PUT', { id, window: WINDOW }));

/** Sets the errcode of every `getUserInfo` response; 0 for none. @param {number} getUserInfo @returns {Promise<null>} */
export const putHubFault = (getUserInfo) => request('faults', json('PUT', { getUserInfo }));

/** Writes the scenario to its file. @param {import('./types.js').Scenario} scenario @returns {Promise<null>} */
export const putScenario = (scenario) => request('scenario', json('PUT', scenario));

/**
 * Lets the server check the page.
 * @param {string} url @param {boolean} askForIt Whether to request the page; else only whether it can be reached.
 * @returns {Promise<import('./types.js').PageCheck>}
 */
export const checkPage = (url, askForIt) => request('page-check', json('POST', { url, request: askForIt }));

/**
 * The server's events.
 * @param {Record<string, (data: any) => void>} listeners By event name.
 * @param {(online: boolean) => void} onConnection Called when the connection is lost, and when it is back.
 * @param {number} after The newest request to the hub that is known.
 * @param {boolean} [lost] Whether the connection was lost before.
 */
export function openEvents(listeners, onConnection, after, lost = false) {
  const source = new EventSource(endpoint(`events?window=${WINDOW}&after=${after}`));
  let known = after;
  for (const [name, listener] of Object.entries(listeners)) {
    source.addEventListener(name, (event) => {
      const data = JSON.parse(event.data);
      if (name === 'hub-request') known = data.id;
      listener(data);
    });
  }
  source.addEventListener('error', () => {
    if (!lost) onConnection(false);
    lost = true;
    // The browser reconnects by itself, unless the response was not an event stream: a gateway's 502.
    if (source.readyState === EventSource.CLOSED) {
      setTimeout(() => {
        source.close();
        openEvents(listeners, onConnection, known, true);
      }, 2000);
    }
  });
  source.addEventListener('open', () => {
    if (lost) onConnection(true);
    lost = false;
  });
}
