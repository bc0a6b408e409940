/**
 * The OAuth login of a sidebar page: a redirect with a state, a callback that checks the state, and an exchange of the
 * code by the page's server. The alternative is the code from sidebarAuth, which needs no redirect.
 */
import { sdk } from './calls.js';
import { callbackAddress, keepState, takeState } from './login-state.js';
import { createLoginView } from './login-view.js';

/** @typedef {ReturnType<typeof createLoginView>} View */

/** The package's OAuth client, where the build puts it. It is imported at a login only, so the rest of the page works without it. */
const client = () => import(/** @type {any} */ ('../vendor/oauth.js'));

/** @param {import('../lib/i18n.js').I18n} i18n */
export function startLogin(i18n) {
  const $ = (/** @type {string} */ id) => /** @type {any} */ (document.getElementById(id));
  const view = createLoginView(i18n);
  let lastCode = '';
  const exchange = (/** @type {string} */ code) => {
    lastCode = code;
    view.allowRepeat();
    return exchangeCode(view, code);
  };

  // The workbench is the hub, in place of hub.juzibot.com, unless the markup names another.
  const { hub } = document.documentElement.dataset;
  $('login-hub').value = hub
    ? new URL(hub, location.href).href
    : `${location.protocol}//127.0.0.1${location.port ? `:${location.port}` : ''}`;
  $('login-oauth').addEventListener('click', () => void redirect(view, $('login-hub').value.trim().replace(/\/+$/, '')));
  $('login-sidebarAuth').addEventListener('click', () => void withSidebarAuth(view, exchange));
  $('login-again').addEventListener('click', () => {
    view.restart();
    void exchange(lastCode);
  });
  void continueLogin(view, exchange).then(() => {
    if (view.hasSteps) $('login-steps').scrollIntoView({ block: 'center' });
  });
}

/** Shows an error of the client, or that it cannot be loaded. @param {View} view @param {any} reason */
function failWith(view, reason) {
  if (reason?.name !== 'OAuthError') view.fail('network', { reason: reason?.message });
  else view.fail(reason.code, { errcode: reason.errcode });
}

/** @param {View} view @param {string} base The hub. */
async function redirect(view, base) {
  view.restart();
  try {
    const { authorizeUrl, newState } = await client();
    const state = newState();
    const login = authorizeUrl({ base, redirectUri: callbackAddress(), state });
    if (keepState({ state, base })) location.assign(login);
    else view.fail('storage');
  } catch (reason) {
    failWith(view, reason);
  }
}

/** If this load is the hub's callback, goes on with the login. @param {View} view @param {(code: string) => Promise<void>} exchange */
async function continueLogin(view, exchange) {
  const callback = location.href;
  const query = new URLSearchParams(location.search);
  if (!query.has('state') && !query.has('juziBotId')) return;
  const sent = takeState();
  // The code is removed from the address at once: it must not end up in history, bookmarks or a `Referer`.
  history.replaceState(null, '', callbackAddress());
  if (sent) view.restart({ key: 'redirect', values: { base: sent.base }, state: 'done' });
  try {
    const { parseCallback } = await client();
    const { code, juziBotId } = parseCallback(callback, sent?.state);
    view.add({ key: 'callback', values: { botId: juziBotId ?? '—' }, state: 'done' });
    await exchange(code);
  } catch (/** @type {any} */ reason) {
    if (reason?.code === 'state_mismatch') view.add({ key: 'callbackBad', state: 'failed' });
    failWith(view, reason);
  }
}

/** @param {View} view @param {(code: string) => Promise<void>} exchange */
async function withSidebarAuth(view, exchange) {
  view.restart();
  try {
    const res = await sdk().invoke('sidebarAuth', {});
    view.restart({ key: 'code', state: 'done' });
    await exchange(res.data.baseInfo.code);
  } catch (/** @type {any} */ reason) {
    view.fail('call', { reason: reason?.err_msg ?? reason?.message });
  }
}

/** The page's server redeems the code. @param {View} view @param {string} code */
async function exchangeCode(view, code) {
  view.add({ key: 'exchange', state: 'doing' });
  let answer;
  try {
    const response = await fetch('/demo/api/login', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ code }),
    });
    if (!response.ok) throw new Error(`HTTP ${response.status}`);
    answer = await response.json();
  } catch (reason) {
    view.fail('network', { reason: /** @type {Error} */ (reason).message });
    return;
  }
  if (answer.ok) view.succeed(answer.user);
  else view.fail(answer.error, { errcode: answer.errcode });
}
