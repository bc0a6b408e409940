/** Converts between a scenario and the data that the host and the thread need. No DOM here. */

/** @typedef {import('./types.js').Scenario} Scenario */
/** @typedef {import('./types.js').Conversation} Conversation */
/** @typedef {import('./types.js').ScenarioMessage} ScenarioMessage */
/** @typedef {import('./types.js').ThreadItem} ThreadItem */

/** @param {Scenario} scenario @returns {import('../host.js').Chat[]} */
export function toChats(scenario) {
  return scenario.conversations.map(({ id, wxid, type, name, external, botId, contact, group }) => ({
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
      members: (group.members ?? []).flatMap(({ externalUserId }) => externalUserId || []),
    }),
  }));
}

/**
 * The banner's text for an invalid scenario file, with the line and the field if they are known.
 * @param {import('./types.js').ScenarioError} error The server's event.
 * @param {import('../lib/i18n.js').Translate} t
 */
export function scenarioError({ message, line, field }, t) {
  const what = field ? t('banner.scenarioField', { field, message }) : message;
  return line ? t('banner.scenarioAt', { line, message: what }) : t('banner.scenario', { message: what });
}

/**
 * The banner's text for a scenario that differs from Juzi's console: the first place, and how many more there are.
 * @param {readonly import('./types.js').ScenarioError[]} warnings @param {import('../lib/i18n.js').Translate} t
 */
export function scenarioWarnings(warnings, t) {
  if (warnings.length === 0) return '';
  const [{ message, field }] = warnings;
  const first = t('banner.warning', { message: t('banner.scenarioField', { field: field ?? '', message }) });
  return warnings.length === 1 ? first : t('banner.warnings', { first, count: warnings.length - 1 });
}

/**
 * The messages of each conversation by its id. Those that were added since the scenario was loaded stay, in the conversations
 * that are still there.
 * @param {Scenario} scenario @param {Map<string, ThreadItem[]>} [before]
 * @returns {Map<string, ThreadItem[]>}
 */
export function toThreads(scenario, before = new Map()) {
  return new Map(
    scenario.conversations.map((chat) => {
      const own = (chat.messages ?? []).map((message) => toItem(scenario, chat, message));
      const added = (before.get(chat.id) ?? []).filter((item) => item.added && !own.some((one) => isSame(one, item)));
      return [chat.id, [...own, ...added]];
    }),
  );
}

/** Whether the scenario has the message by now, because it was written back. @param {ThreadItem} one @param {ThreadItem} other */
const isSame = (one, other) =>
  one.at === other.at && one.msgtype === other.msgtype && JSON.stringify(one.content) === JSON.stringify(other.content);

/** @param {Scenario} scenario @param {Conversation} chat @param {ScenarioMessage} message @returns {ThreadItem} */
function toItem(scenario, chat, message) {
  return {
    ...senderOf(scenario, chat, message.from),
    at: Date.parse(message.time),
    msgtype: message.msgtype,
    content: message[message.msgtype] ?? {},
    trusted: true,
  };
}

/**
 * Who sent a message: `me`, `them`, or the name of a member of the group.
 * @param {Scenario} scenario @param {Conversation} chat @param {string} from
 */
export function senderOf({ account }, chat, from) {
  if (from === 'me') return { mine: true, who: account.name, avatar: account.avatar };
  const member = chat.group?.members?.find(({ name }) => name === from);
  if (member) return { mine: false, who: member.name, avatar: member.avatar };
  return { mine: false, who: from === 'them' ? chat.name : from, avatar: from === 'them' ? chat.avatar : undefined };
}

/** The scenario's faults without the hub's, which the server handles. @param {Scenario} scenario */
export function toHostFaults(scenario) {
  const { getUserInfo: _hub, ...faults } = scenario.faults ?? {};
  return faults;
}

/**
 * The scenario with what was done in the console: the messages of each conversation.
 * @param {Scenario} scenario @param {Map<string, ThreadItem[]>} threads @returns {Scenario}
 */
export function withMessages(scenario, threads) {
  const conversations = scenario.conversations.map((chat) => {
    const added = (threads.get(chat.id) ?? []).filter((item) => item.added).map((item) => toMessage(chat, item));
    return { ...chat, messages: [...(chat.messages ?? []), ...added] };
  });
  return { ...scenario, conversations };
}

/** @param {Conversation} chat @param {ThreadItem} item @returns {ScenarioMessage} */
function toMessage(chat, { mine, who, at, msgtype, content }) {
  const from = mine ? 'me' : chat.type === 'group' ? who : 'them';
  return { from, time: new Date(at).toISOString(), msgtype, [msgtype]: content };
}

/**
 * The scenario with a conversation added, or with the one of the same id replaced.
 * @param {Scenario} scenario
 * @param {Conversation} conversation
 */
export function withConversation(scenario, conversation) {
  const known = scenario.conversations.some(({ id }) => id === conversation.id);
  const conversations = known
    ? scenario.conversations.map((one) => (one.id === conversation.id ? conversation : one))
    : [...scenario.conversations, conversation];
  return { ...scenario, conversations };
}
