// @ts-check
/** The console's answer to each call, unless a fault or the owner overrides it. */
import { findChat } from './chats.js';
import { readChatMessage } from './messages.js';
import { ASSUMED, isObject, isText } from './protocol.js';

/** @typedef {import('./types.js').Call} Call */
/** @typedef {import('./types.js').Chat} Chat */

/**
 * What the answers need from the host.
 * @typedef {object} Desk
 * @property {() => Chat | null} current The open conversation; null when the console has none.
 * @property {() => Chat | null} told The conversation that the console reports. It differs from `current` during the fault `staleMs`.
 * @property {() => readonly Chat[]} chats
 * @property {(chat: Chat, call: Call) => Promise<object>} authorize Resolves with `baseInfo` and a fresh code; the page gets
 *   pushes from then on.
 * @property {(id: string) => void} openChat Opens a conversation.
 * @property {ReturnType<typeof import('./emitter.js').createEmitter>['emit']} emit
 */

/**
 * A refusal. Its reason is for the log only. Without a message, the page learns only that the call failed.
 */
export class Refusal extends Error {
  /** @param {import('./types.js').Why} why @param {string} [message] */
  constructor(why, message = '') {
    super(message);
    this.why = why;
  }
}

/**
 * The answers by API: each makes `data` from the parameters, or throws an error with the reason. An effect passed to
 * `afterwards` runs once the answer has been sent.
 * @param {Desk} desk
 * @returns {Record<string, (params: any, call: Call, afterwards: (effect: () => void) => void) => any>}
 */
export function consoleAnswers({ current, told, chats, authorize, openChat, emit }) {
  const some = (/** @type {Chat | null} */ chat) => {
    if (!chat) throw new Refusal('no-chat', 'no conversation is open');
    return chat;
  };
  const open = () => some(current());
  return {
    getCurExternalContact() {
      const chat = told();
      if (!chat) throw new Refusal('no-chat');
      if (chat.type !== 0) throw new Refusal('is-group');
      if (!chat.external) throw new Refusal('is-internal');
      if (!chat.externalUserId) throw new Refusal('no-contact-id');
      return { externalUserId: chat.externalUserId };
    },

    getCurExternalChat() {
      const chat = told();
      if (!chat) throw new Refusal('no-chat');
      if (chat.type !== 1) throw new Refusal('is-single');
      if (!chat.chatId) throw new Refusal('no-chat-id');
      return { [ASSUMED.chatId]: chat.chatId };
    },

    getCurChatInfo() {
      const { id, name, type, external, wxUserId, wxChatId, botId, wxid } = some(told());
      return { id, name, type, external, ...(wxUserId && { wxUserId }), ...(wxChatId && { wxChatId }), botId, wxid };
    },

    sidebarAuth: async (_params, call) => ({ baseInfo: await authorize(some(told()), call) }),

    sendChatMessage(params, call) {
      emit('sent', { chat: open(), messages: [readChatMessage(params)], call });
      return { err_msg: 'sendChatMessage:ok' };
    },

    sendMultiChatMessage(params, call) {
      // A page may pass the list itself as the params.
      const list = isObject(params) ? params[ASSUMED.messages] : params;
      if (!Array.isArray(list) || list.length === 0) throw new Error(`${ASSUMED.messages} must be a list with at least one message`);
      const messages = list.map((one, i) => {
        try {
          return readChatMessage(one);
        } catch (error) {
          throw new Error(`${ASSUMED.messages}[${i}]: ${/** @type {Error} */ (error).message}`);
        }
      });
      emit('sent', { chat: open(), messages, call });
      return { err_msg: 'sendMultiChatMessage:ok' };
    },

    openEnterpriseChat(params, _call, afterwards) {
      const chat = findChat(chats(), params);
      // The answer is sent first: in `reload` mode the switch reloads the page that waits for it.
      afterwards(() => openChat(chat.id));
      return { chatId: ASSUMED.openedChatId(chat), err_msg: 'openEnterpriseChat:ok' };
    },

    previewImage(params, call) {
      const urls = isObject(params) ? params.urls : undefined;
      if (!Array.isArray(urls) || urls.length === 0 || !urls.every(isText)) throw new Error('urls must be a list of addresses');
      emit('preview', { urls: [...urls], index: Math.max(0, urls.indexOf(params.current)), call });
      return { err_msg: 'previewImage:ok' };
    },
  };
}
