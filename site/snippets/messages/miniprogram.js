await juziWx.sendChatMessage({
  msgtype: 'miniprogram',
  miniprogram: {
    appid: 'wx00songhuo0demo01',
    title: 'Ridge blend, 1 kg',
    imgUrl: 'https://page.example/media/beans.svg',
    page: 'pages/goods/detail?id=ridge-1kg',
    desc: 'Songhuo Coffee',
    iconUrl: 'https://page.example/media/logo.svg',
    officialAccountId: 'gh_songhuo00demo@app',
  },
});
