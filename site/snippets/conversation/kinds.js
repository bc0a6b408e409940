async function kindOf(chat) {
  if (chat.type === 1) return `the group ${(await juziWx.getCurExternalChat()).chatId}`;
  if (chat.external) return `the customer ${(await juziWx.getCurExternalContact()).userId}`;
  return `the colleague ${chat.name}`;
}

const chat = await juziWx.getCurChatInfo();
const kind = await kindOf(chat);
const after = await juziWx.getCurChatInfo();
// If the user has switched between the answers, they are about two conversations: ask again.
if (after.id === chat.id) render(kind);
