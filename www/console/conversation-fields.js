/** A conversation as the fields of a form, and back. No DOM here. */

/** @typedef {import('./types.js').Conversation} Conversation */
/** @typedef {import('./types.js').Member} Member */

/**
 * Every field as text. Members are one a line: `name, externalUserId`. `wxUserId` and `wxChatId` are empty where they equal the
 * contact's or the group's id, as they do in Juzi.
 * @typedef {Record<'name' | 'type' | 'external' | 'id' | 'wxid' | 'externalUserId' | 'userId' | 'wxUserId' | 'remark'
 *   | 'company' | 'tags' | 'chatId' | 'wxChatId' | 'members', string>} Fields
 */

/** A random id in the format of Juzi's ids. */
const newId = () => Array.from(crypto.getRandomValues(new Uint8Array(12)), (byte) => byte.toString(16).padStart(2, '0')).join('');

/** @param {Conversation} [conversation] Without one, the fields of a new conversation. @returns {Fields} */
export function toFields(conversation) {
  const id = conversation?.id ?? newId();
  const short = id.slice(-8);
  const { contact, group } = conversation ?? {};
  return {
    name: conversation?.name ?? '',
    type: conversation?.type ?? 'single',
    external: String(conversation?.external ?? true),
    id,
    wxid: conversation?.wxid ?? `7881300${short}`,
    externalUserId: contact?.externalUserId ?? `wm${short}`,
    userId: contact?.userId ?? `user-${short}`,
    wxUserId: unlessEqual(contact?.wxUserId, conversation?.external ? contact?.externalUserId : contact?.userId),
    remark: contact?.remark ?? '',
    company: contact?.company ?? '',
    tags: (contact?.tags ?? []).join(', '),
    chatId: group?.chatId ?? `wr${short}`,
    wxChatId: unlessEqual(group?.wxChatId, group?.chatId),
    members: (group?.members ?? []).map(({ name, externalUserId }) => (externalUserId ? `${name}, ${externalUserId}` : name)).join('\n'),
  };
}

/** @param {string | undefined} id @param {string | undefined} own The id that it equals in Juzi. */
const unlessEqual = (id, own) => (id === undefined || id === own ? '' : id);

/**
 * @param {Fields} fields
 * @param {Conversation} [before] What the form does not show is kept: messages, avatars, the owner.
 * @returns {Conversation}
 */
export function fromFields(fields, before) {
  const { name, type, external, id, wxid } = fields;
  const { contact: _contact, group: _group, ...rest } = before ?? {};
  const common = {
    ...rest,
    id: id.trim(),
    wxid: wxid.trim(),
    name: name.trim(),
    external: external === 'true',
    messages: before?.messages ?? [],
  };
  if (type === 'group') return { ...common, type, group: groupOf(fields, before) };
  return { ...common, type: 'single', contact: contactOf(fields) };
}

/** @param {Fields} fields */
function contactOf({ external, externalUserId, userId, wxUserId, remark, company, tags }) {
  const id = (external === 'true' ? externalUserId : userId).trim();
  return {
    ...(external === 'true' ? { externalUserId: id } : { userId: id }),
    wxUserId: wxUserId.trim() || id,
    ...(remark.trim() && { remark: remark.trim() }),
    ...(company.trim() && { company: company.trim() }),
    tags: tags
      .split(/[,，]/)
      .map((tag) => tag.trim())
      .filter(Boolean),
  };
}

/** @param {Fields} fields @param {Conversation} [before] */
function groupOf({ chatId, wxChatId, members }, before) {
  const known = before?.group?.members ?? [];
  const lines = members.split('\n').map((line) => line.trim());
  const id = chatId.trim();
  return { chatId: id, wxChatId: wxChatId.trim() || id, members: lines.filter(Boolean).map((line) => memberOf(line, known)) };
}

/** @param {string} line @param {readonly Member[]} known @returns {Member} */
function memberOf(line, known) {
  const [name, externalUserId] = line.split(/[,，]/).map((part) => part.trim());
  const { externalUserId: _before, ...same } = known.find((one) => one.name === name) ?? { name };
  return { ...same, name, ...(externalUserId && { externalUserId }) };
}

/**
 * The fields of two changes of one conversation. Each field has the change of the side that made one; those that both have changed, and not
 * alike, are conflicts, and keep what the form has.
 * @param {Fields} before @param {Fields} mine @param {Fields} theirs
 * @returns {{ fields: Fields, taken: (keyof Fields)[], conflicts: (keyof Fields)[] }} `taken` are theirs alone.
 */
export function mergeFields(before, mine, theirs) {
  const names = /** @type {(keyof Fields)[]} */ (Object.keys(mine)).filter((name) => theirs[name] !== before[name]);
  const differing = names.filter((name) => theirs[name] !== mine[name]);
  const taken = differing.filter((name) => mine[name] === before[name]);
  return { fields: pick(mine, theirs, taken), taken, conflicts: differing.filter((name) => !taken.includes(name)) };
}

/** Some fields of the others. @param {Fields} fields @param {Fields} others @param {readonly (keyof Fields)[]} names @returns {Fields} */
export const pick = (fields, others, names) => ({ ...fields, ...Object.fromEntries(names.map((name) => [name, others[name]])) });
