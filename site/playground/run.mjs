/** Runs a page in a console frame: stores it for the service worker, and returns the console's address. */
import { documentOf, vendorIn } from './page-document.mjs';

const PAGES = 'juzi-playground-pages';
const MOST_PAGES = 20;

/** Resolves when the worker answers for the playground. @param {string} folder Absolute URL with a slash at its end. */
export async function startWorker(folder) {
  if (!('serviceWorker' in navigator)) throw new Error('no service worker');
  const registration = await navigator.serviceWorker.register(`${folder}sw.js`, { scope: folder });
  const worker = registration.active ?? registration.waiting ?? registration.installing;
  if (!worker) throw new Error('no service worker');
  if (worker.state === 'activated') return;
  await new Promise((resolve, reject) =>
    worker.addEventListener('statechange', () => {
      if (worker.state === 'activated') resolve(undefined);
      else if (worker.state === 'redundant') reject(new Error('the service worker did not start'));
    }),
  );
}

/** Texts by address. @type {Map<string, Promise<string>>} */
const texts = new Map();

/** A file of the playground, loaded once. @param {string} url */
function textAt(url) {
  const known = texts.get(url);
  if (known) return known;
  const text = load(url);
  texts.set(url, text);
  // It can be tried again.
  text.catch(() => texts.delete(url));
  return text;
}

async function load(/** @type {string} */ url) {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url}: HTTP ${response.status}`);
  return response.text();
}

/**
 * @param {string} folder @param {string} id @param {{ html: string, script: string }} source
 * @param {number} [run] What the page's reports are marked with.
 * @returns {Promise<ReturnType<typeof documentOf>['placeOf']>} Where a line of the document is in the source.
 */
export async function storePage(folder, id, source, run) {
  const paths = ['page.js', ...vendorIn(source.html)];
  const [cache, ...loaded] = await Promise.all([caches.open(PAGES), ...paths.map((path) => textAt(`${folder}${path}`))]);
  const vendor = Object.fromEntries(paths.map((path, index) => [path, loaded[index]]));
  const { text, placeOf } = documentOf(source, { first: vendor['page.js'], vendor, run });
  const kept = await cache.keys();
  await Promise.all(kept.slice(0, Math.max(0, kept.length - MOST_PAGES)).map((request) => cache.delete(request)));
  await cache.put(`${folder}page/${id}/`, new Response(text));
  return placeOf;
}

/**
 * @param {string} folder
 * @param {{ page: string, language: string, dark: boolean, faults?: object, dock?: string }} options
 */
export function consoleAddress(folder, { page, language, dark, faults, dock }) {
  const url = new URL('index.html', folder);
  url.searchParams.set('page', page);
  url.searchParams.set('lang', language);
  url.searchParams.set('theme', dark ? 'dark' : 'light');
  if (faults) url.searchParams.set('faults', JSON.stringify(faults));
  if (dock) url.searchParams.set('dock', dock);
  return url.href;
}
