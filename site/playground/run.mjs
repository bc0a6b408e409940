/** Runs a page in a console frame: stores it for the service worker, and returns the console's address. */
import { documentOf } from './examples.mjs';

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

/** @param {string} folder @param {string} id @param {{ html: string, script: string }} source */
export async function storePage(folder, id, source) {
  const cache = await caches.open(PAGES);
  const kept = await cache.keys();
  await Promise.all(kept.slice(0, Math.max(0, kept.length - MOST_PAGES)).map((request) => cache.delete(request)));
  await cache.put(`${folder}page/${id}/`, new Response(documentOf(source)));
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
