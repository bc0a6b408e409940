wx.config({ appId: 'ww1', timestamp: 1, nonceStr: 'n', signature: 's', jsApiList: ['agentConfig'] });

wx.ready(() => {
  wx.agentConfig({
    corpid: 'ww1',
    agentid: '1',
    timestamp: 1,
    nonceStr: 'n',
    signature: 's',
    jsApiList: ['getCurExternalContact', 'sendChatMessage'],
    success: showCustomer,
  });
});

function showCustomer() {
  wx.invoke('getCurExternalContact', {}, (res) => {
    const text = res.err_msg === 'getCurExternalContact:ok' ? res.userId : res.err_msg;
    document.getElementById('customer').textContent = text;
  });
}
