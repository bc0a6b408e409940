wx.invoke('getCurExternalContact', {}, ({ userId, err_msg }) => {
  if (err_msg !== 'getCurExternalContact:ok') return;
  document.body.append(userId);
  wx.invoke('sendChatMessage', { msgtype: 'text', text: { content: 'Hello' } }, (res) => {
    document.body.append(' ', res.err_msg);
  });
});
