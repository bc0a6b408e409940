// The six messages, valid and with one fault each.
const url = 'https://files.example.com/2026/catalogue.png';
const miniprogram = {
  appid: 'wx0123456789abcdef',
  title: '会员中心',
  imgUrl: url,
  page: 'pages/member/index.html',
  desc: '查看积分与优惠券',
  iconUrl: 'https://files.example.com/icon.png',
  officialAccountId: 'gh_0123456789ab',
};
const news = { link: 'https://www.example.com/news/42', title: '新品上市', desc: '点击查看详情', imgUrl: url };

export const VALID = {
  text: { msgtype: 'text', text: { content: '您好，您的订单已经发出，请注意查收。' } },
  image: { msgtype: 'image', image: { url, title: 'catalogue.png' } },
  video: { msgtype: 'video', video: { url, title: 'catalogue.mp4' } },
  file: { msgtype: 'file', file: { url, title: 'catalogue.pdf' } },
  news: { msgtype: 'news', news },
  miniprogram: { msgtype: 'miniprogram', miniprogram },
};

export const INVALID = {
  text: { msgtype: 'text', text: { content: '' } },
  image: { msgtype: 'image', image: { title: 'catalogue.png' } },
  video: { msgtype: 'video', video: { url: '', title: 'catalogue.mp4' } },
  file: { msgtype: 'file', file: { url, title: 42 } },
  news: { msgtype: 'news', news: { ...news, link: undefined } },
  miniprogram: { msgtype: 'miniprogram', miniprogram: { ...miniprogram, imgUrl: 'ftp://files.example.com/a.png' } },
};
