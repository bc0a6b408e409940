// @ts-check
/** The console's conversations: fills in defaults, and finds one for `openEnterpriseChat`. */
import { ASSUMED, isObject, isText } from './protocol.js';

/** @typedef {import('./types.js').Chat} Chat */
/** @typedef {import('./types.js').HostOptions} HostOptions */

/**
 * The conversation that `openEnterpriseChat` asks for: the single chat with one external contact, the group that contains
 * all of several, or the conversation with the id. `externalUserIds` takes precedence over `chatId`.
 * @param {readonly Chat[]} chats @param {unknown} params
 * @returns {Chat}
 * @throws {Error} with the reason.
 */
export function findChat(chats, params) {
  if (!isObject(params)) throw new Error('params must be an object');
  if (!isText(params.userIds)) throw new Error('userIds is required');
  const { externalUserIds, chatId } = params;
  if (isText(externalUserIds)) {
    const ids = externalUserIds
      .split(ASSUMED.userIdSeparator)
      .map((id) => id.trim())
      .filter(Boolean);
    const found =
      ids.length === 1
        ? chats.find((chat) => chat.type === 0 && chat.external && chat.externalUserId === ids[0])
        : chats.find((chat) => chat.type === 1 && ids.length > 0 && ids.every((id) => chat.members?.includes(id)));
    if (!found) throw new Error(`no conversation with ${externalUserIds}`);
    return found;
  }
  if (!isText(chatId)) throw new Error('externalUserIds or chatId is required');
  const found = chats.find((chat) => [chat.chatId, chat.wxChatId, chat.id].includes(chatId));
  if (!found) throw new Error(`no conversation ${chatId}`);
  return found;
}

/**
 * A conversation with every member that the protocol needs; missing ones get default values.
 * @param {Partial<Chat>} chat @param {number} index
 * @returns {Chat}
 */
function completeChat(chat, index) {
  const type = chat.type ?? 0;
  const id = chat.id ?? `chat-${index + 1}`;
  const external = chat.external ?? true;
  const made = { name: `Chat ${index + 1}`, wxid: `wxid-${id}`, botId: 'bot-1' };
  return Object.freeze({ ...made, ...idsOf(type, external, chat, id), ...chat, id, type, external });
}

/**
 * WeCom's id of the contact or the group, under both of its names. In Juzi the id in the answer of getCurChatInfo equals the id in
 * the answer of getCurExternalContact or getCurExternalChat. Neither of those answers for a colleague, whose id is an employee's user id.
 * @param {0 | 1} type @param {boolean} external @param {Partial<Chat>} chat @param {string} id
 */
function idsOf(type, external, chat, id) {
  if (type === 1) {
    const group = chat.chatId ?? chat.wxChatId ?? `wr-${id}`;
    return { chatId: group, wxChatId: group };
  }
  const contact = chat.externalUserId ?? chat.wxUserId ?? (external ? `wm-${id}` : `user-${id}`);
  return { wxUserId: contact, ...(external && { externalUserId: contact }) };
}

/**
 * The owner's conversations. Without any option there is one default conversation; an empty list is kept empty.
 * @param {Pick<HostOptions, 'chats' | 'contact' | 'chat'>} options
 * @returns {Chat[]}
 * @throws {TypeError} when two have one id.
 */
export function chatsOf({ chats, contact, chat }) {
  const list = [
    ...(contact ? [{ type: /** @type {0} */ (0), ...contact }] : []),
    ...(chat ? [{ type: /** @type {1} */ (1), ...chat }] : []),
    ...(chats ?? []),
  ];
  const complete = (list.length > 0 || chats ? list : [{}]).map(completeChat);
  const ids = complete.map(({ id }) => id);
  const twice = ids.find((id, i) => ids.indexOf(id) !== i);
  if (twice !== undefined) throw new TypeError(`createHost: two chats have the id ${twice}`);
  return complete;
}
