/** The sidebar page in its iframe: address, reload, registration, and whether it has made a call. */
import { h, webUrl } from '../lib/dom.js';
import { onceAFrame } from '../lib/frame.js';
import { icon } from '../lib/icons.js';

const SILENCE = 5000;

/**
 * The iframe is created here, before the host that listens to it exists.
 *
 * It has no `sandbox`, because the real console has none: a page must have the same permissions here as there. `allow`
 * lets a page use the clipboard and full screen, as console users expect.
 */
export function createFrame() {
  return /** @type {HTMLIFrameElement} */ (
    h('iframe', {
      id: 'frame',
      class: 'frame',
      data: { testid: 'frame' },
      allow: 'clipboard-read; clipboard-write; fullscreen; microphone; camera',
      referrerpolicy: 'strict-origin-when-cross-origin',
    })
  );
}

/**
 * @param {HTMLElement} root
 * @param {HTMLIFrameElement} frame
 * @param {import('./main.js').App} app
 */
export function createSidebarPanel(root, frame, app) {
  const { t } = app.i18n;
  const { host } = app;
  let calls = 0;
  let silent = false;
  let reachable = true;
  let checks = 0;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let silenceTimer;

  const address = h('input', {
    type: 'url',
    class: 'field mono',
    data: { testid: 'sidebar-address' },
    spellcheck: 'false',
    autocomplete: 'off',
  });
  const form = h('form', { class: 'address' }, address);
  const reload = h(
    'button',
    { type: 'button', class: 'icon-button', data: { testid: 'sidebar-reload' }, on: { click: () => host.load() } },
    icon('reload'),
  );
  const external = h('a', { class: 'icon-button', target: '_blank', rel: 'noopener', data: { testid: 'sidebar-open' } }, icon('external'));
  const modes = /** @type {const} */ (['postMessage', 'reload']).map((mode) =>
    h('button', {
      type: 'button',
      role: 'radio',
      data: { testid: `mode-${mode}`, mode },
      on: { click: () => app.setMode(mode) },
    }),
  );
  const modeGroup = h('div', { class: 'segmented', role: 'radiogroup' }, ...modes);
  const title = h('h2');
  const status = h('div', { class: 'sidebar-status', data: { testid: 'sidebar-status' }, role: 'status' });
  const problem = h('div', { class: 'frame-problem', data: { testid: 'sidebar-problem' }, hidden: true });
  root.append(
    h(
      'header',
      { class: 'sidebar-head' },
      h('div', { class: 'sidebar-line' }, title, h('span', { class: 'spacer' }), modeGroup),
      h('div', { class: 'sidebar-line' }, form, reload, external),
    ),
    h('div', { class: 'frame-box' }, frame, problem),
    status,
  );

  modeGroup.addEventListener('keydown', (event) => {
    if (!['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown'].includes(event.key)) return;
    event.preventDefault();
    app.setMode(host.mode === 'postMessage' ? 'reload' : 'postMessage');
    modes.find((button) => button.dataset.mode === host.mode)?.focus();
  });
  form.noValidate = true;
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const url = webUrl(address.value.trim());
    address.setAttribute('aria-invalid', String(url === null));
    if (url) host.load({ url });
    else app.toast(t('sidebar.badAddress'), 'bad');
  });
  address.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape') return;
    address.value = host.url ?? '';
    address.removeAttribute('aria-invalid');
  });

  /** A frame does not report that its page could not be fetched, so this makes a request of its own. @param {string} url */
  async function checkReachable(url) {
    const check = ++checks;
    const ok = await fetch(url, { mode: 'no-cors', cache: 'no-store', credentials: 'omit' }).then(
      () => true,
      () => false,
    );
    if (check !== checks) return;
    reachable = ok;
    render();
  }

  host.on('load', ({ url }) => {
    calls = 0;
    silent = false;
    clearTimeout(silenceTimer);
    address.value = host.url ?? '';
    address.removeAttribute('aria-invalid');
    if (url) void checkReachable(url);
    render();
  });
  frame.addEventListener('load', () => {
    clearTimeout(silenceTimer);
    if (calls > 0) return;
    silenceTimer = setTimeout(() => {
      silent = true;
      render();
    }, SILENCE);
  });
  host.on('call', () => {
    calls++;
    silent = false;
    clearTimeout(silenceTimer);
    updateStatus();
  });
  const updateStatus = onceAFrame(renderStatus);
  host.on('update', updateStatus);

  function renderStatus() {
    const dot = h('span', { class: `dot ${calls > 0 ? 'ok' : silent || !reachable ? 'bad' : ''}` });
    const text = !reachable
      ? t('sidebar.unreachable')
      : calls > 0
        ? t('sidebar.connected', { count: calls })
        : silent
          ? t('sidebar.silent')
          : t('sidebar.waiting');
    const sameOrigin = reachable && host.url !== null && new URL(host.url).origin === location.origin;
    const noChat = reachable && host.current === null;
    const authorized =
      calls > 0 &&
      h(
        'span',
        { class: `chip ${host.authorized ? 'ok' : ''}`, data: { testid: 'sidebar-auth' } },
        t(host.authorized ? 'sidebar.authorized' : 'sidebar.notAuthorized'),
      );
    status.replaceChildren(
      dot,
      h('span', { class: 'status-text' }, text),
      ...(noChat ? [h('span', { class: 'chip warn', title: t('sidebar.noChat.hint') }, t('sidebar.noChat'))] : []),
      ...(sameOrigin ? [h('span', { class: 'chip warn' }, t('sidebar.sameOrigin'))] : []),
      ...(authorized ? [authorized] : []),
    );
  }

  function render() {
    root.setAttribute('aria-label', t('sidebar.label'));
    frame.title = t('sidebar.label');
    title.textContent = t('sidebar.label');
    for (const [element, key] of /** @type {[HTMLElement, string][]} */ ([
      [reload, 'sidebar.reload'],
      [external, 'sidebar.external'],
      [address, 'sidebar.address'],
    ])) {
      element.setAttribute('aria-label', t(key));
      element.title = t(key);
    }
    modeGroup.setAttribute('aria-label', t('sidebar.mode'));
    for (const button of modes) {
      button.textContent = t(`sidebar.mode.${button.dataset.mode}`);
      button.title = t(`sidebar.mode.${button.dataset.mode}.hint`);
      const checked = button.dataset.mode === host.mode;
      button.setAttribute('aria-checked', String(checked));
      button.tabIndex = checked ? 0 : -1;
    }
    external.setAttribute('href', host.url ?? '#');
    problem.hidden = reachable;
    if (!reachable) {
      problem.replaceChildren(
        icon('alert', 32),
        h('h3', null, t('sidebar.unreachable')),
        h('p', null, t('sidebar.unreachable.hint', { url: host.url ?? '' })),
        h('button', { type: 'button', class: 'button', on: { click: () => host.load() } }, icon('reload', 16), t('app.retry')),
      );
    }
    renderStatus();
  }

  app.i18n.onChange(render);
  return { render };
}
