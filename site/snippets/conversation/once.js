function wait() {
  // Each registration is for one switch: register again for the next.
  juziWx.invoke('updateBaseInfo', { reqType: 'listen' }, (res) => {
    render(res.data.baseInfo.juziChatId);
    wait();
  });
}
wait();
await juziWx.sidebarAuth();
