// @ts-check
/**
 * The console's side of the sidebar protocol, without any user interface.
 *
 * A sidebar page posts requests to the window that frames it. `createHost` listens for them, answers as the console
 * does, emits events for its owner, and can simulate faults. It handles only windows and messages: its owner decides what
 * a message looks like on screen. The workbench is one owner, a test is another.
 *
 * ```js
 * const host = createHost({ frame: document.querySelector('iframe'), contact: { externalUserId: 'wmA' } });
 * host.on('message', ({ api, outcome }) => console.log(api, outcome));
 * host.fail('sendChatMessage', 'no permission');
 * await host.switchTo('chat-2');
 * ```
 *
 * @module
 */

export { createHost } from './host/create-host.js';
export { HOLD, SILENT } from './host/overrides.js';
export { hasFaults, NO_FAULTS, normalizeFaults, REORDER_WAIT } from './host/faults.js';
export { frameWindow } from './host/frame-window.js';
export { hasNoTimers } from './host/real-timers.js';
export { findChat } from './host/chats.js';
export { readChatMessage } from './host/messages.js';
export {
  ASSUMED,
  bareUrl,
  errorText,
  MESSAGE_TYPES,
  parseRequest,
  PUSH_API,
  REQUEST_TYPE,
  sidebarUrl,
  UNKNOWN_TO_OLD_CONSOLE,
} from './host/protocol.js';

/** @typedef {import('./host/types.js').Call} Call */
/** @typedef {import('./host/types.js').Chat} Chat */
/** @typedef {import('./host/types.js').ChatMessage} ChatMessage */
/** @typedef {import('./host/types.js').Faults} Faults */
/** @typedef {import('./host/types.js').Handler} Handler */
/** @typedef {import('./host/create-host.js').Host} Host */
/** @typedef {import('./host/types.js').HostEvents} HostEvents */
/** @typedef {import('./host/types.js').HostOptions} HostOptions */
/** @typedef {import('./host/types.js').Ignored} Ignored */
/** @typedef {import('./host/types.js').IgnoreReason} IgnoreReason */
/** @typedef {import('./host/types.js').LogEntry} LogEntry */
/** @typedef {import('./host/types.js').Mode} Mode */
/** @typedef {import('./host/types.js').Outcome} Outcome */
/** @typedef {import('./host/types.js').Why} Why */
/** @typedef {import('./host/types.js').ApiFaults} ApiFaults */
