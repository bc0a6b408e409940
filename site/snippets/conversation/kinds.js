const chat = await juziWx.getCurChatInfo();

if (chat.type === 1) {
  const { chatId } = await juziWx.getCurExternalChat();
  render(`the group ${chatId}`);
} else if (chat.external) {
  const { userId } = await juziWx.getCurExternalContact();
  render(`the customer ${userId}`);
} else {
  render(`the colleague ${chat.name}`);
}
