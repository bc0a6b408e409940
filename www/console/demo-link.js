/** The demo page is the workbench's own, and follows its language and theme. Nothing is posted to any other page. */

const LOOPBACK = ['localhost', '127.0.0.1', '[::1]'];

/** Whether an address is this workbench's demo. @param {string | null} url */
export function isDemo(url) {
  if (!url) return false;
  const { hostname, port, pathname } = new URL(url);
  return pathname.startsWith('/demo/') && port === location.port && (LOOPBACK.includes(hostname) || hostname === location.hostname);
}

/** @param {import('../host.js').Host} host @param {HTMLIFrameElement} frame @param {import('../lib/i18n.js').I18n} i18n */
export function startDemoLink(host, frame, i18n) {
  const tell = () => {
    if (!host.url || !isDemo(host.url)) return;
    const message = { type: 'juziWorkbench', language: i18n.language, theme: document.documentElement.dataset.theme };
    frame.contentWindow?.postMessage(message, new URL(host.url).origin);
  };
  frame.addEventListener('load', tell);
  i18n.onChange(tell);
  new MutationObserver(tell).observe(document.documentElement, { attributeFilter: ['data-theme'] });
}
