// An official account's page that was not written for the sidebar: jweixin by script tag, sharing, menus, images.
function step(text) {
  var item = document.createElement('li');
  item.textContent = text;
  document.getElementById('steps').appendChild(item);
}

function outcome(name) {
  return {
    success: function (res) {
      step(name + ' success ' + (res.networkType || res.errMsg));
    },
    fail: function (res) {
      step(name + ' fail ' + res.errMsg);
    },
    complete: function () {
      step(name + ' complete');
    },
  };
}

var image = 'https://example.com/picture.png';

wx.config({
  debug: /debug/.test(location.search),
  appId: 'wx0123456789abcdef',
  timestamp: 1,
  nonceStr: 'n',
  signature: 's',
  jsApiList: ['hideMenuItems'],
});
wx.ready(function () {
  step('ready');
  wx.onMenuShareAppMessage(Object.assign({ title: 'Share', link: 'https://example.com/', imgUrl: image }, outcome('share')));
  wx.hideMenuItems(Object.assign({ menuList: ['menuItem:copyUrl'] }, outcome('hideMenuItems')));
  wx.getNetworkType(outcome('getNetworkType'));
  wx.chooseImage(Object.assign({ count: 1 }, outcome('chooseImage')));
});
document.getElementById('preview').onclick = function () {
  wx.previewImage(Object.assign({ urls: [image], current: image }, outcome('previewImage')));
};
