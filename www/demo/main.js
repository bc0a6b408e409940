/** Connects the controls to the calls. */
import { CALLS } from '../lib/catalogue.js';
import { h } from '../lib/dom.js';
import { createI18n } from '../lib/i18n.js';
import { icon } from '../lib/icons.js';
import { followTheme, nextTheme, startTheme, THEMES } from '../lib/theme.js';
import { call, sampleOf, sdk } from './calls.js';
import { startLogin } from './login.js';
import { startMessages } from './messages.js';
import { createResults } from './results.js';
import { strings } from './strings.js';

const $ = (/** @type {string} */ id) => /** @type {any} */ (document.getElementById(id));
let theme = startTheme(null);
const i18n = createI18n(strings);
const { t } = i18n;
const results = createResults($('results'), t);
/** @type {import('./calls.js').Style} */
let style = 'callback';

/** Makes a call in the chosen style and shows how it ends. @param {string} api @param {any} [params] */
const run = (api, params = {}) => call(style, api, params, results.begin(api, style));

/**
 * A radio group of buttons; arrow keys move between them.
 * @param {HTMLElement} group @param {(value: string) => void} onChoose
 */
function radio(group, onChoose) {
  const buttons = [...group.querySelectorAll('button')];
  const choose = (/** @type {string} */ value) => {
    for (const button of buttons) {
      button.setAttribute('aria-checked', String(button.value === value));
      button.tabIndex = button.value === value ? 0 : -1;
    }
    onChoose(value);
  };
  for (const button of buttons) button.addEventListener('click', () => choose(button.value));
  group.addEventListener('keydown', (event) => {
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const next = buttons[(buttons.findIndex((button) => button.tabIndex === 0) + step + buttons.length) % buttons.length];
    choose(next.value);
    next.focus();
  });
  return choose;
}

function startChrome() {
  const label = () => {
    document.title = t('title');
    $('theme-toggle').replaceChildren(icon(theme === 'dark' ? 'moon' : theme === 'light' ? 'sun' : 'auto', 16));
    $('results-clear').replaceChildren(icon('trash', 16));
    for (const [id, key] of [
      ['theme-toggle', `theme.${theme}`],
      ['language-toggle', 'language.label'],
      ['results-clear', 'results.clear'],
    ]) {
      $(id).setAttribute('aria-label', t(key));
      $(id).title = t(key);
    }
    $('language-toggle').textContent = t('language.next');
    $('results').dataset.empty = t('results.empty');
    showEnvironment();
  };
  $('theme-toggle').addEventListener('click', () => {
    theme = nextTheme();
    label();
  });
  $('language-toggle').addEventListener('click', () => i18n.set(i18n.language === 'zh' ? 'en' : 'zh'));
  $('results-clear').addEventListener('click', results.clear);
  i18n.onChange(label);
  i18n.apply();
  label();
  // The workbench's console posts its language and theme to the demo.
  addEventListener('message', ({ source, data }) => {
    if (source !== parent || source === window || data?.type !== 'juziWorkbench') return;
    theme = THEMES.find((one) => one === data.theme) ?? 'auto';
    followTheme(theme);
    if (data.language === 'zh' || data.language === 'en') i18n.set(data.language, { store: false });
  });
  radio($('style'), (value) => {
    style = /** @type {any} */ (value);
    $('style-sample').textContent = sampleOf(style);
  })('callback');
}

function showEnvironment() {
  const { juziWx } = window;
  const missing = window.missingVendor ?? (juziWx ? null : '/vendor/juzi-helper.js');
  $('missing-helper').hidden = missing === null;
  if (missing)
    $('missing-helper').replaceChildren(h('strong', null, t('missing.title', { file: missing })), h('span', null, t('missing.text')));
  const env = juziWx?.env;
  $('env-status').textContent = t(!juziWx ? 'env.none' : env?.inSidebar ? 'env.in' : 'env.out');
  $('env-status').className = `chip ${env?.inSidebar ? 'ok' : 'warn'}`;
  $('env-json').textContent = juziWx ? JSON.stringify(env, null, 2) : '—';
  $('outside').hidden = !juziWx || env?.inSidebar === true;
  if (juziWx && !env?.inSidebar) {
    $('outside').replaceChildren(
      h('strong', null, t('outside.title')),
      h('span', null, t(`outside.${env?.reason}`)),
      window.parent === window &&
        h('a', { href: `${location.protocol}//127.0.0.1${location.port ? `:${location.port}` : ''}/` }, t('outside.link')),
    );
  }
}

/** Calls that are posted without parameters: a click is all that they need. */
const PLAIN = CALLS.filter(({ params }) => params === false).map(({ name }) => name);

/** Adds a button for each of them that the markup lacks, and suggests every call in the form for any call. */
function drawCalls() {
  $('plain-calls').replaceChildren(
    ...PLAIN.filter((name) => !$(name)).map((name) => h('button', { type: 'button', class: 'button', id: name }, name)),
  );
  $('raw-apis').replaceChildren(...CALLS.map(({ name }) => h('option', { value: name })));
}

function startCalls() {
  for (const api of [...PLAIN, 'agentConfig']) {
    // The helper may learn `hostOrigin` from an answer, so the environment is redrawn after each.
    $(api).addEventListener('click', () => {
      run(api);
      setTimeout(showEnvironment, 300);
    });
  }
  $('checkJsApi').addEventListener('click', () =>
    run('checkJsApi', {
      jsApiList: $('checkJsApi-list')
        .value.split(/[\s,]+/)
        .filter(Boolean),
    }),
  );
  $('config').addEventListener('click', () => {
    // The helper accepts WeCom's signature parameters without checking them.
    const end = results.begin('config', 'config + ready');
    sdk()?.config({
      beta: true,
      debug: false,
      appId: 'ww0000000000000000',
      timestamp: 1,
      nonceStr: 'n',
      signature: 's',
      jsApiList: ['sendChatMessage'],
    });
    sdk()?.ready(() => end('ok', { err_msg: 'config:ok', note: 'ready() called its callback' }));
  });

  $('updateBaseInfo-once').addEventListener('click', () => {
    const end = results.begin('updateBaseInfo', 'listen once');
    sdk()?.invoke('updateBaseInfo', { reqType: 'listen' }, (/** @type {any} */ res) => end('ok', res));
  });
  const onPush = (/** @type {any} */ res) => results.begin('updateBaseInfo', t('result.push'))('ok', res);
  const listening = (/** @type {boolean} */ on) => {
    $('updateBaseInfo-on').disabled = on;
    $('updateBaseInfo-off').disabled = !on;
  };
  $('updateBaseInfo-on').addEventListener('click', () => {
    window.juziWx?.on('updateBaseInfo', onPush);
    listening(true);
  });
  $('updateBaseInfo-off').addEventListener('click', () => {
    window.juziWx?.off('updateBaseInfo', onPush);
    listening(false);
  });

  onSubmit('open-form', () => {
    const ids = ['userIds', 'externalUserIds', 'chatId'].map((name) => [name, $(`open-${name}`).value.trim()]);
    run('openEnterpriseChat', Object.fromEntries(ids.filter(([, value]) => value !== '')));
  });
  onSubmit('preview-form', () => {
    const current = $('preview-current').value.trim();
    run('previewImage', {
      urls: $('preview-urls')
        .value.split('\n')
        .map((/** @type {string} */ line) => line.trim())
        .filter(Boolean),
      ...(current && { current }),
    });
  });
  onSubmit('raw-form', () => {
    let params;
    try {
      params = JSON.parse($('raw-params').value || '{}');
    } catch (error) {
      results.begin($('raw-api').value, style)('fail', { err_msg: t('raw.bad', { reason: /** @type {Error} */ (error).message }) });
      return;
    }
    run($('raw-api').value.trim(), params);
  });
}

/** @param {string} id @param {() => void} handle */
function onSubmit(id, handle) {
  $(id).addEventListener('submit', (/** @type {Event} */ event) => {
    event.preventDefault();
    handle();
  });
}

function fillSamples() {
  $('preview-urls').value = ['menu.svg', 'latte.svg', 'storefront.svg'].map((name) => `${location.origin}/media/${name}`).join('\n');
  // The account and the second contact of the default scenario.
  $('open-userIds').value = 'GuYan';
  $('open-externalUserIds').value = 'wmSonghuoAAAzhouzimo00002';
}

startChrome();
fillSamples();
startMessages({ i18n, run, radio });
drawCalls();
startCalls();
startLogin(i18n);
