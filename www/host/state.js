// @ts-check
/** What the host's parts share. */
import { chatsOf } from './chats.js';
import { normalizeFaults } from './faults.js';

/** @typedef {import('./types.js').Chat} Chat */
/** @typedef {import('./types.js').Mode} Mode */

/**
 * @typedef {object} State
 * @property {Chat[]} chats
 * @property {Chat | null} current Null if there is no conversation.
 * @property {Mode} mode
 * @property {string | null} url
 * @property {import('./types.js').Faults} faults
 * @property {string | null} authorized Origin of the page that called sidebarAuth; null before that.
 * @property {number} seq The number of the newest line of the log.
 * @property {boolean} destroyed
 * @property {() => Window | null} page The page's window.
 */

/** @param {Mode} value @returns {Mode} */
export function checkMode(value) {
  if (value !== 'postMessage' && value !== 'reload') throw new TypeError(`mode must be 'postMessage' or 'reload', not ${value}`);
  return value;
}

/** @param {readonly Chat[]} chats @param {string} id @returns {Chat} */
export function pick(chats, id) {
  const chat = chats.find((one) => one.id === id);
  if (!chat) throw new RangeError(`no chat with the id ${id}`);
  return chat;
}

/** @param {import('./types.js').HostOptions} options @returns {State} */
export function stateOf(options) {
  const chats = chatsOf(options);
  return {
    chats,
    current: options.current === undefined ? (chats[0] ?? null) : pick(chats, options.current),
    mode: checkMode(options.mode ?? 'postMessage'),
    url: options.url ?? null,
    faults: normalizeFaults(options.faults),
    authorized: null,
    seq: 0,
    destroyed: false,
    page() {
      if (options.frame) return options.frame.contentWindow;
      return typeof options.target === 'function' ? options.target() : (options.target ?? null);
    },
  };
}
