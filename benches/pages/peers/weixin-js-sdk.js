import wx from 'weixin-js-sdk';

wx.config({ appId: 'ww7ca4776b2a70000', timestamp: 1, nonceStr: 'nonce', signature: 'signature', jsApiList: ['sendChatMessage'] });
contender.call = (message) => new Promise((resolve) => wx.invoke('sendChatMessage', message, resolve));
