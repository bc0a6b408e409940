/** Converts a scenario to the data that the host and the thread need. No DOM here. */

/**
 * @typedef {object} ThreadItem One message in a conversation.
 * @property {boolean} mine Sent by the managed account.
 * @property {string} who Name of the sender.
 * @property {string | undefined} avatar
 * @property {number} at Milliseconds since the epoch.
 * @property {string} msgtype
 * @property {Record<string, string>} content The member named by `msgtype`.
 * @property {boolean} trusted From the scenario or typed in the console, not from the page.
 */

/** @param {any} scenario @returns {import('../host.js').Chat[]} */
export function toChats(scenario) {
  return scenario.conversations.map((/** @type {any} */ { id, wxid, type, name, external, botId, contact, group }) => ({
    id,
    wxid,
    name,
    external,
    type: type === 'group' ? 1 : 0,
    botId: botId ?? scenario.account.botId,
    ...(contact && { wxUserId: contact.wxUserId, ...(external && { externalUserId: contact.externalUserId }) }),
    ...(group && {
      chatId: group.chatId,
      wxChatId: group.wxChatId,
      members: (group.members ?? []).map((/** @type {any} */ member) => member.externalUserId).filter(Boolean),
    }),
  }));
}

/**
 * The banner's text for an invalid scenario file, with the line and the field if they are known.
 * @param {{ message: string, line: number | null, field: string | null }} error The server's event.
 * @param {(key: string, values?: Record<string, string | number>) => string} t
 */
export function scenarioError({ message, line, field }, t) {
  const what = field ? t('banner.scenarioField', { field, message }) : message;
  return line ? t('banner.scenarioAt', { line, message: what }) : t('banner.scenario', { message: what });
}

/** The messages of each conversation by its id. @param {any} scenario @returns {Map<string, ThreadItem[]>} */
export function toThreads(scenario) {
  return new Map(
    scenario.conversations.map((/** @type {any} */ chat) => [
      chat.id,
      (chat.messages ?? []).map((/** @type {any} */ message) => {
        const mine = message.from === 'me';
        const member = chat.group?.members?.find((/** @type {any} */ one) => one.name === message.from);
        return {
          mine,
          who: mine ? scenario.account.name : (member?.name ?? (message.from === 'them' ? chat.name : message.from)),
          avatar: mine ? scenario.account.avatar : (member?.avatar ?? (message.from === 'them' ? chat.avatar : undefined)),
          at: Date.parse(message.time),
          msgtype: message.msgtype,
          content: message[message.msgtype] ?? {},
          trusted: true,
        };
      }),
    ]),
  );
}

/** The scenario's faults without the hub's, which the server handles. @param {any} scenario */
export function toHostFaults(scenario) {
  const { getUserInfo, ...faults } = scenario.faults ?? {};
  return faults;
}
