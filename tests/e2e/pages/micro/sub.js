// The script of a sub-application: it calls as a page for WeCom does, and tells the main application what has come.
window.wx ??= {};
(window.ask ?? window.parent.ask)(async () => {
  const asked = new Promise((resolve) => wx.invoke('getCurExternalContact', {}, resolve));
  return { contact: await asked, env: juziWx.env };
});
// What qiankun asks of a sub-application.
window.sub = { bootstrap: async () => {}, mount: async () => {}, unmount: async () => {} };
