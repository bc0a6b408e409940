// A sidebar page in the style of WeCom's documentation: jweixin and jwxwork by script tag, everything by callback.
var chat;

function step(text) {
  var item = document.createElement('li');
  item.textContent = text;
  document.getElementById('steps').appendChild(item);
}

function report(name) {
  return function (res) {
    step(name + ' said ' + res.errMsg + ' ' + res.err_msg);
  };
}

function findChat(entry) {
  step('entry ' + entry);
  var inGroup = entry === 'group_chat_tools';
  wx.invoke(inGroup ? 'getCurExternalChat' : 'getCurExternalContact', {}, function (res) {
    chat = inGroup ? res.chatId : res.userId;
    step('chat ' + chat);
  });
}

wx.config({
  beta: true,
  debug: /debug/.test(location.search),
  appId: 'ww0123456789abcdef',
  timestamp: 1700000000,
  nonceStr: 'nonce',
  signature: 'signature',
  jsApiList: ['sendChatMessage', 'getCurExternalContact', 'getCurExternalChat', 'getContext', 'openEnterpriseChat'],
});

wx.error(report('error'));

wx.ready(function () {
  step('ready');
  wx.checkJsApi({
    jsApiList: ['agentConfig', 'sendChatMessage'],
    success: function (res) {
      step('checked ' + JSON.stringify(res.checkResult));
    },
  });
  wx.agentConfig({
    corpid: 'ww0123456789abcdef',
    agentid: '1000002',
    timestamp: 1700000000,
    nonceStr: 'nonce',
    signature: 'signature',
    jsApiList: ['sendChatMessage', 'getCurExternalContact'],
    success: function () {
      WWOpenData.bind(document.querySelector('ww-open-data'));
      step('agentConfig succeeded');
      wx.invoke('getContext', {}, function (res) {
        if (/:ok$/.test(res.err_msg)) findChat(res.entry);
        else step('getContext failed: ' + res.err_msg);
      });
    },
    fail: report('agentConfig'),
  });
});

// One message of each kind in WeCom's form: every member is present, and `msgtype` selects the one that is used.
function message(msgtype) {
  return {
    msgtype: msgtype,
    enterChat: true,
    text: { content: '你好 👋' },
    image: { mediaid: 'MEDIA' },
    video: { mediaid: 'MEDIA' },
    file: { mediaid: 'MEDIA' },
    news: { link: 'https://example.com/', title: 'News', desc: 'What is new', imgUrl: 'https://example.com/news.png' },
    miniprogram: { appid: 'wx0123', title: 'Shop', imgUrl: 'https://example.com/shop.png', page: 'pages/index.html' },
  };
}

['text', 'image', 'video', 'file', 'news', 'miniprogram'].forEach(function (msgtype) {
  document.getElementById(msgtype).onclick = function () {
    wx.invoke('sendChatMessage', message(msgtype), function (res) {
      step(msgtype + ' ' + res.err_msg);
    });
  };
});

document.getElementById('open').onclick = function () {
  wx.openEnterpriseChat({
    userIds: 'zhangsan',
    externalUserIds: 'wmContact',
    groupName: '',
    success: report('open'),
    fail: report('open'),
  });
};
