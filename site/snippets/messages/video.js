await juziWx.sendChatMessage({
  msgtype: 'video',
  video: { url: 'https://page.example/media/pour-over.webm', title: 'pour-over.webm' },
});
