// The playground's service worker: it serves the page that the visitor edits, and stands in for the hub and for the demo page's
// server. The console page keeps the codes, because a browser may stop a worker at any time.

const scope = new URL(self.registration.scope);
const PAGES = 'juzi-playground-pages';

self.addEventListener('install', () => self.skipWaiting());
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (url.origin !== scope.origin) return;
  const path = url.pathname.startsWith(scope.pathname) ? url.pathname.slice(scope.pathname.length) : null;
  if (path?.startsWith('page/')) event.respondWith(page(url));
  else if (path === 'hub/oauth/connect/authorize') event.respondWith(authorize(request, url));
  else if (path === 'hub/api/v1/oauth/getUserInfo')
    event.respondWith(ask({ ask: 'redeem', code: url.searchParams.get('code') ?? '' }).then(json));
  else if (url.pathname === '/demo/api/login' && request.method === 'POST') event.respondWith(login(request));
});

/** The visitor's page. It gets an origin of its own, so that it can read nothing of this site. */
async function page(url) {
  const stored = await caches.open(PAGES).then((cache) => cache.match(url.origin + url.pathname));
  if (!stored) return new Response('This page is no longer there: run it again in the playground.', { status: 404 });
  const headers = {
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'no-store',
    'content-security-policy': 'sandbox allow-scripts allow-forms allow-modals allow-popups allow-downloads',
  };
  return new Response(stored.body, { headers });
}

/** Only a navigation gets a code, as from the workbench's hub. */
async function authorize(request, url) {
  if (request.mode !== 'navigate') return new Response('only a navigation gets a code', { status: 403 });
  const { redirect, refused } = await ask({ ask: 'authorize', search: url.search });
  return redirect ? Response.redirect(redirect, 302) : new Response(refused, { status: 400 });
}

async function login(request) {
  const { code = '' } = await request.json().catch(() => ({}));
  return json(await ask({ ask: 'login', code: String(code) }));
}

const json = (body) => new Response(JSON.stringify(body), { headers: { 'content-type': 'application/json', 'cache-control': 'no-store' } });

/** Asks the console page: the one that the visitor sees, if there are several. */
async function ask(question) {
  const windows = await self.clients.matchAll({ type: 'window', includeUncontrolled: true });
  const consoles = windows.filter(({ url }) => new URL(url).pathname.replace(/index\.html$/, '') === scope.pathname);
  const chosen = consoles.find(({ visibilityState }) => visibilityState === 'visible') ?? consoles[0];
  if (!chosen) return { refused: 'no console is open' };
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = ({ data }) => resolve(data);
    chosen.postMessage({ type: 'playground', ...question }, [port2]);
  });
}
