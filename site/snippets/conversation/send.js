/** `shown` is what getCurChatInfo answered when the page showed the customer. */
async function sendTo(shown, message) {
  const open = await juziWx.getCurChatInfo();
  if (open.id !== shown.id) throw new Error('not sent: another conversation is open');
  return juziWx.sendChatMessage(message);
}
