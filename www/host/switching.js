// @ts-check
/** Which conversation is open, and how the page learns of a switch: by a push, or by a reload. */
import { navigate } from './navigate.js';
import { PUSH_API, sidebarUrl } from './protocol.js';
import { randomCode } from './random-code.js';
import { pick } from './state.js';

/** @typedef {import('./types.js').Chat} Chat */
/** @typedef {import('./types.js').HostEvents} HostEvents */
/** @typedef {import('./types.js').HostOptions} HostOptions */

/**
 * The `baseInfo` of a conversation, with a fresh code.
 * @param {HostOptions} options @param {Chat} chat @param {'sidebarAuth' | 'updateBaseInfo'} via
 */
export async function baseInfoOf(options, chat, via) {
  const code = await (options.issueCode ?? randomCode)(chat, via);
  return { ...options.baseInfo?.(chat), code, juziChatId: chat.id, juziChatWxid: chat.wxid };
}

/**
 * @param {object} desk
 * @param {HostOptions} desk.options
 * @param {import('./state.js').State} desk.state
 * @param {ReturnType<typeof import('./emitter.js').createEmitter>['emit']} desk.emit
 * @param {ReturnType<typeof import('./outbox.js').createOutbox>['post']} desk.post
 * @param {(from: Chat | null) => void} desk.switched Called at each switch, before the page learns of it.
 * @param {() => void} desk.forget Drops the page's pending calls and its authorization.
 */
export function createSwitching({ options, state, emit, post, switched, forget }) {
  let pushTurn = 0;

  /** @param {string} id @param {'page' | 'owner'} by */
  async function switchTo(id, by) {
    const to = pick(state.chats, id);
    const from = state.current;
    if (to === from) return;
    state.current = to;
    switched(from);
    emit('switch', { from, to, by });
    if (state.mode === 'reload') load();
    else await push();
  }

  /** Pushes the open conversation to the page, if the console would. Rejects when no code can be issued. */
  async function push() {
    const chat = state.current;
    const turn = ++pushTurn;
    /** @param {HostEvents['push']['reason']} reason */
    const done = (reason) => {
      const result = { pushed: reason === 'ok', reason, chat };
      emit('push', result);
      return result;
    };
    if (!chat) return done('no-chat');
    if (state.mode !== 'postMessage') return done('mode');
    if (state.authorized === null) return done('not-authorized');
    const info = await baseInfoOf(options, chat, PUSH_API);
    // The user may have switched again while the code was fetched. An older conversation must not be pushed after a newer one.
    if (turn !== pushTurn || state.destroyed) return done('superseded');
    if (state.authorized === null) return done('not-authorized');
    const about = /** @type {const} */ ({ kind: 'push', api: PUSH_API, reqId: null, outcome: 'sent', duration: null });
    return done(post(about, { api: PUSH_API, data: { baseInfo: info } }, state.authorized) === 'sent' ? 'ok' : 'no-page');
  }

  /** Reloads the page with the parameters for its registration and the open conversation. */
  function load() {
    forget();
    const { url, mode, current } = state;
    const address = url === null ? null : sidebarUrl(url, { mode, chat: current });
    if (options.frame && address !== null) navigate(options.frame, address);
    emit('load', { url: address });
    return address;
  }

  return { switchTo, push, load };
}
