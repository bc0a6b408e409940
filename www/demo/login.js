/**
 * The OAuth login of a sidebar page: a redirect with a state, a callback that checks the state, and an exchange of the
 * code by the page's server. The alternative is the code from sidebarAuth, which needs no redirect.
 */
import { h, webUrl } from '../lib/dom.js';
import { icon } from '../lib/icons.js';
import { sdk } from './calls.js';

const STATE = 'juzi.demo.oauth';

/** 32 unguessable characters that the hub allows. */
function newState() {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

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

  function redirect() {
    restart();
    const base = webUrl($('login-hub').value.trim())?.replace(/\/+$/, '');
    if (!base) return fail('base');
    const state = newState();
    try {
      sessionStorage.setItem(STATE, JSON.stringify({ state, base }));
    } catch {
      return fail('storage');
    }
    location.assign(`${base}/oauth/connect/authorize?redirect_uri=${encodeURIComponent(callbackAddress())}&state=${state}`);
  }

  /** If this load is the hub's callback, goes on with the login. */
  async function continueLogin() {
    const query = new URLSearchParams(location.search);
    if (!query.has('state') && !query.has('juziBotId')) return;
    const sent = takeState();
    const { code, state, juziBotId } = { code: query.get('code'), state: query.get('state'), juziBotId: query.get('juziBotId') };
    // The code is removed from the address at once: it must not end up in history, bookmarks or a `Referer`.
    history.replaceState(null, '', callbackAddress());
    if (sent) steps = [{ key: 'redirect', values: { base: sent.base }, state: 'done' }];
    if (!sent || !state || state !== sent.state) {
      steps.push({ key: 'callbackBad', state: 'failed' });
      return fail('state');
    }
    if (!code) return fail('code');
    steps.push({ key: 'callback', values: { botId: juziBotId ?? '—' }, state: 'done' });
    await exchange(code);
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

  // The workbench is the hub, in place of hub.juzibot.com.
  $('login-hub').value = `${location.protocol}//127.0.0.1${location.port ? `:${location.port}` : ''}`;
  $('login-oauth').addEventListener('click', redirect);
  $('login-sidebarAuth').addEventListener('click', () => void withSidebarAuth());
  $('login-again').addEventListener('click', () => {
    restart();
    void exchange(lastCode);
  });
  i18n.onChange(render);
  render();
  void continueLogin().then(() => { if (steps.length > 0) $('login-steps').scrollIntoView({ block: 'center' }); });
}
