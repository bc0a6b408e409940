await juziWx.sendChatMessage({
  msgtype: 'image',
  image: { url: 'https://page.example/media/latte.svg', title: 'latte.svg' },
});
