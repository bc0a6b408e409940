/** What is known of the page: whether it can be reached, what is wrong with it, and whether it has made a call. */
import { onceAFrame } from '../../lib/frame.js';
import { checkPage } from '../server.js';

/** @typedef {import('../types.js').Finding} Finding */

const SILENCE = 5000;
const RETRY = 2000;

/**
 * @param {import('../../host.js').Host} host @param {HTMLIFrameElement} frame
 * @param {{ page: () => void, calls: () => void }} on Called when something about the page has changed, or the number of its calls.
 */
export function watchPage(host, frame, on) {
  const page = { calls: 0, silent: false, reachable: true, unaware: false, findings: /** @type {Finding[]} */ ([]) };
  /** The addresses that the server has asked for. It asks for each once; afterwards it only looks whether the page can be reached. */
  const asked = new Map();
  let checks = 0;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let silence;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let retry;

  /** @param {string} url */
  async function check(url) {
    const turn = ++checks;
    const isFirst = !asked.has(url);
    const result = await checkPage(url, isFirst).catch(() => null);
    if (turn !== checks || !result) return;
    // A page that did not answer has told nothing yet.
    if (result.reachable && isFirst) asked.set(url, result.findings);
    page.reachable = result.reachable;
    page.findings = asked.get(url) ?? result.findings;
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
    Object.assign(page, { calls: 0, silent: false, reachable: true, unaware: false, findings: asked.get(host.url) ?? [] });
    if (url && host.url) void check(host.url);
    on.page();
  });
  frame.addEventListener('load', () => {
    clearTimeout(silence);
    if (page.calls > 0) return;
    silence = setTimeout(() => {
      page.silent = true;
      on.page();
    }, SILENCE);
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
