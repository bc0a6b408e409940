await juziWx.sendChatMessage({
  msgtype: 'news',
  news: {
    link: 'https://page.example/guide',
    title: 'Milk coffee for small shops',
    desc: 'Three tables to hang at the bar',
    imgUrl: 'https://page.example/media/guide.svg',
  },
});
