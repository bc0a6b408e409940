await juziWx.sendChatMessage({
  msgtype: 'file',
  file: { url: 'https://page.example/media/quotation.pdf', title: 'quotation.pdf' },
});
