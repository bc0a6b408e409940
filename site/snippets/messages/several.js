await juziWx.sendMultiChatMessage([
  { msgtype: 'text', text: { content: 'Here is our menu:' } },
  { msgtype: 'image', image: { url: 'https://page.example/media/menu.svg' } },
]);
