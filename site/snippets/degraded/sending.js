try {
  await juziWx.sendChatMessage({ msgtype: 'text', text: { content: 'Hello' } });
  render('Sent');
} catch (error) {
  // The console may have sent the message all the same: do not send it again by itself.
  if (error.code === 'timeout') render('No answer: look at the conversation before you send again.');
  else render(`Not sent: ${error.message}`);
}
