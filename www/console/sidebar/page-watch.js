/** What is known about the page: whether it can be reached, what is wrong with it, and whether it has made a call. */
import { onceAFrame } from '../../lib/frame.js';
import { checkPage } from '../server.js';
import { createLoadCount } from './load-count.js';

/** @typedef {import('../types.js').Finding} Finding */
/** @typedef {import('../types.js').PageCheck} PageCheck */

const SILENCE = 5000;
const RETRY = 2000;

/** @type {Pick<PageCheck, 'findings' | 'userAgentUnset'>} */
const NOTHING = { findings: [], userAgentUnset: false };

/**
 * @param {import('../../host.js').Host} host @param {HTMLIFrameElement} frame
 * @param {{ page: () => void, calls: () => void, reload: () => void }} on Called when something about the page has changed (`page`), when
 *   it has made calls (`calls`), and when it has loaded by itself (`reload`).
 */
export function watchPage(host, frame, on) {
  const page = { calls: 0, silent: false, reachable: true, unaware: false, looping: false, ...NOTHING };
  /** The server's findings, by address. They stay until the next answer, so that the list does not flicker. */
  const known = new Map();
  const loads = createLoadCount();
  let checks = 0;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let silence;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let retry;

  /** Runs at every load, so that solved problems disappear. @param {string} url */
  async function check(url) {
    const turn = ++checks;
    const result = await checkPage(url, true).catch(() => null);
    if (turn !== checks || !result) return;
    const { findings, userAgentUnset } = result;
    // If the page did not answer, there is nothing to keep.
    if (result.reachable) known.set(url, { findings, userAgentUnset });
    Object.assign(page, { reachable: result.reachable, findings, userAgentUnset });
    if (!result.reachable) retry = setTimeout(() => void lookAgain(url), RETRY);
    on.page();
  }

  /** Loads the page once it can be reached. @param {string} url */
  async function lookAgain(url) {
    const turn = ++checks;
    const result = await checkPage(url, false).catch(() => null);
    if (turn !== checks) return;
    if (result?.reachable) host.load();
    else retry = setTimeout(() => void lookAgain(url), RETRY);
  }

  host.on('load', ({ url }) => {
    clearTimeout(silence);
    clearTimeout(retry);
    loads.byConsole();
    const before = (host.url && known.get(host.url)) ?? NOTHING;
    Object.assign(page, { calls: 0, silent: false, reachable: true, unaware: false, looping: false, ...before });
    if (url && host.url) void check(host.url);
    on.page();
  });
  frame.addEventListener('load', () => {
    clearTimeout(silence);
    const { again, looping } = loads.loaded(performance.now());
    if (again) on.reload();
    if (looping && !page.looping) {
      page.looping = true;
      on.page();
    }
    if (page.calls > 0) return;
    silence = setTimeout(() => {
      page.silent = true;
      on.page();
    }, SILENCE);
  });
  // The page's calls come before its load event, and the log marks the load before them.
  host.on('message', ({ kind, reqId }) => {
    if (kind === 'request' && loads.called(reqId)) on.reload();
  });
  const changed = onceAFrame(on.calls);
  host.on('call', () => {
    page.calls++;
    page.silent = false;
    clearTimeout(silence);
    changed();
  });
  /** Whether a switch has gone unnoticed because the page had not called sidebarAuth, and still has not. @param {boolean} is */
  const setUnaware = (is) => {
    if (is === page.unaware) return;
    page.unaware = is;
    on.page();
  };
  host.on('push', ({ reason }) => {
    if (reason === 'not-authorized') setUnaware(true);
  });
  host.on('update', () => {
    if (host.authorized) setUnaware(false);
    changed();
  });
  return page;
}
