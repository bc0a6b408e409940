// A page with pending calls. Everything that ends its calls is recorded in `heard`.
window.heard = [];
window.arrived = [];
addEventListener('message', ({ data }) => {
  if (data?.mark) arrived.push(data.mark);
});
juziWx.on('updateBaseInfo', (res) => heard.push(`subscription ${res.data?.baseInfo?.juziChatId}`));
juziWx.invoke('updateBaseInfo', { reqType: 'listen' }, (res) => heard.push(`push ${res.data?.baseInfo?.juziChatId}`));
juziWx.getCurExternalContact({ complete: (res) => heard.push(res.userId ?? res.err_msg) });
