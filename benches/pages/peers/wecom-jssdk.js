import * as ww from '@wecom/jssdk';

ww.register({
  corpId: 'ww7ca4776b2a70000',
  jsApiList: ['sendChatMessage'],
  getConfigSignature: () => ({ timestamp: 1, nonceStr: 'nonce', signature: 'signature' }),
});
contender.call = (message) => ww.sendChatMessage(message);
