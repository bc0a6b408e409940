/** Requests to the workbench's server. */

/** The server may have the console below a path. @param {string} name */
const endpoint = (name) => new URL(`../_workbench/${name}`, import.meta.url);

/** @param {string} name @param {RequestInit} [init] */
async function request(name, init) {
  const response = await fetch(endpoint(name), init);
  if (response.ok) return response.status === 204 ? null : response.json();
  const body = await response.json().catch(() => null);
  throw new Error(body?.error ?? `HTTP ${response.status}`);
}

/** @param {string} method @param {object} body */
const json = (method, body) => ({ method, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });

/** The server's settings and the scenario. */
export const fetchConfig = () => request('config');

/** Requests a one-time code from the hub. @param {string} conversationId @param {'sidebarAuth' | 'updateBaseInfo'} via */
export const issueCode = async (conversationId, via) => (await request('codes', json('POST', { conversationId, via }))).code;

/** Tells the hub whose account authorizes now. @param {string} id */
export const putConversation = (id) => request('conversation', json('PUT', { id }));

/** Sets the errcode of every `getUserInfo` response; 0 for none. @param {number} getUserInfo */
export const putHubFault = (getUserInfo) => request('faults', json('PUT', { getUserInfo }));

/**
 * The server's events.
 * @param {Record<string, (data: any) => void>} listeners By event name.
 * @param {(online: boolean) => void} onConnection Called when the connection is lost, and when it is back.
 */
export function openEvents(listeners, onConnection) {
  const source = new EventSource(endpoint('events'));
  let lost = false;
  for (const [name, listener] of Object.entries(listeners)) {
    source.addEventListener(name, (event) => listener(JSON.parse(event.data)));
  }
  source.addEventListener('error', () => {
    if (!lost) onConnection(false);
    lost = true;
    // The browser reconnects by itself, unless the response was not an event stream.
    if (source.readyState === EventSource.CLOSED) setTimeout(() => { source.close(); openEvents(listeners, onConnection); }, 2000);
  });
  source.addEventListener('open', () => {
    if (lost) onConnection(true);
    lost = false;
  });
}
