/**
 * The OAuth login of a sidebar page: a redirect with a state, a callback that checks the state, and an exchange of the
 * code by the page's server. The alternative is the code from sidebarAuth, which needs no redirect.
 */
import { h } from '../lib/dom.js';
import { icon } from '../lib/icons.js';
import { sdk } from './calls.js';

const STATE = 'juzi.demo.oauth';

/** The package's OAuth client, where the build puts it. Only a login waits for it, so that the page works without. */
const client = () => import(/** @type {any} */ ('../vendor/oauth.js'));

/** The redirect URI: the page's own address without the parameters that a callback adds. */
function callbackAddress() {
  const url = new URL(location.href);
  for (const name of ['code', 'state', 'juziBotId']) url.searchParams.delete(name);
  url.hash = '';
  return url.href;
}

/** @param {any} i18n */
export function startLogin(i18n) {
  const { t } = i18n;
  const $ = (/** @type {string} */ id) => /** @type {any} */ (document.getElementById(id));
  /** The steps shown, as string keys, so that a change of language can redraw them. @type {{ key: string, values?: any, state: 'done' | 'doing' | 'failed' }[]} */
  let steps = [];
  /** @type {{ key: string, values?: any } | null} */
  let error = null;
  /** @type {Record<string, string> | null} */
  let user = null;
  let lastCode = '';

  function render() {
    $('login-steps').hidden = steps.length === 0;
    $('login-steps').replaceChildren(...steps.map(({ key, values, state }) => h('li', { data: { state, step: key } },
      icon(state === 'done' ? 'check' : state === 'failed' ? 'close' : 'right', 15), h('span', null, t(`login.step.${key}`, values)))));
    $('login-error').hidden = error === null;
    $('login-error').textContent = error ? t(`login.error.${error.key}`, error.values) : '';
    $('login-user').hidden = user === null;
    $('login-user').replaceChildren(...Object.entries(user ?? {}).flatMap(([name, value]) => [h('dt', null, name), h('dd', { data: { testid: `user-${name}` } }, value)]));
    $('login-again').disabled = lastCode === '';
  }

  /** @param {string} key @param {any} [values] */
  function fail(key, values) {
    error = { key, values };
    steps = steps.map((step) => (step.state === 'doing' ? { ...step, state: 'failed' } : step));
    render();
  }

  function restart() {
    steps = [];
    error = null;
    user = null;
  }

  /** Shows an error of the client, or that it cannot be loaded. @param {any} reason */
  function failWith(reason) {
    if (reason?.name !== 'OAuthError') return fail('network', { reason: reason?.message });
    return fail(reason.code, { errcode: reason.errcode });
  }

  async function redirect() {
    restart();
    const base = $('login-hub').value.trim().replace(/\/+$/, '');
    try {
      const { authorizeUrl, newState } = await client();
      const state = newState();
      const login = authorizeUrl({ base, redirectUri: callbackAddress(), state });
      if (!keepState({ state, base })) return fail('storage');
      location.assign(login);
    } catch (reason) {
      failWith(reason);
    }
  }

  /** If this load is the hub's callback, goes on with the login. */
  async function continueLogin() {
    const callback = location.href;
    const query = new URLSearchParams(location.search);
    if (!query.has('state') && !query.has('juziBotId')) return;
    const sent = takeState();
    // The code is removed from the address at once: it must not end up in history, bookmarks or a `Referer`.
    history.replaceState(null, '', callbackAddress());
    if (sent) steps = [{ key: 'redirect', values: { base: sent.base }, state: 'done' }];
    try {
      const { parseCallback } = await client();
      const { code, juziBotId } = parseCallback(callback, sent?.state);
      steps.push({ key: 'callback', values: { botId: juziBotId ?? '—' }, state: 'done' });
      await exchange(code);
    } catch (/** @type {any} */ reason) {
      if (reason?.code === 'state_mismatch') steps.push({ key: 'callbackBad', state: 'failed' });
      failWith(reason);
    }
  }

  /** @param {{ state: string, base: string }} sent @returns {boolean} Whether the browser keeps it. */
  function keepState(sent) {
    try {
      sessionStorage.setItem(STATE, JSON.stringify(sent));
      return true;
    } catch {
      return false;
    }
  }

  /** Reads and removes the state: it is valid for one callback. @returns {{ state: string, base: string } | null} */
  function takeState() {
    try {
      const stored = JSON.parse(sessionStorage.getItem(STATE) ?? 'null');
      sessionStorage.removeItem(STATE);
      return stored;
    } catch {
      return null;
    }
  }

  async function withSidebarAuth() {
    restart();
    render();
    let res;
    try {
      res = await sdk().invoke('sidebarAuth', {});
    } catch (reason) {
      return fail('call', { reason: /** @type {any} */ (reason)?.err_msg ?? /** @type {any} */ (reason)?.message });
    }
    steps = [{ key: 'code', state: 'done' }];
    await exchange(res.data.baseInfo.code);
  }

  /** @param {string} code */
  async function exchange(code) {
    lastCode = code;
    steps.push({ key: 'exchange', state: 'doing' });
    render();
    let answer;
    try {
      const response = await fetch('/demo/api/login', { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ code }) });
      if (!response.ok) throw new Error(`HTTP ${response.status}`);
      answer = await response.json();
    } catch (reason) {
      return fail('network', { reason: /** @type {Error} */ (reason).message });
    }
    if (!answer.ok) return fail(answer.error, { errcode: answer.errcode });
    user = answer.user;
    error = null;
    steps = [...steps.map((step) => ({ ...step, state: /** @type {const} */ ('done') })), { key: 'user', state: 'done' }];
    render();
    $('login-user').scrollIntoView({ block: 'nearest' });
  }

  // The workbench is the hub, in place of hub.juzibot.com, unless the markup names another.
  const { hub } = document.documentElement.dataset;
  $('login-hub').value = hub ? new URL(hub, location.href).href : `${location.protocol}//127.0.0.1${location.port ? `:${location.port}` : ''}`;
  $('login-oauth').addEventListener('click', () => void redirect());
  $('login-sidebarAuth').addEventListener('click', () => void withSidebarAuth());
  $('login-again').addEventListener('click', () => {
    restart();
    void exchange(lastCode);
  });
  i18n.onChange(render);
  render();
  void continueLogin().then(() => { if (steps.length > 0) $('login-steps').scrollIntoView({ block: 'center' }); });
}
