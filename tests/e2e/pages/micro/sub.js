// The script of a sub-application: it makes a call as a page for WeCom does, and reports the result to the main application.
window.wx ??= {};
(window.ask ?? window.parent.ask)(async () => {
  const asked = new Promise((resolve) => wx.invoke('getCurExternalContact', {}, resolve));
  return { contact: await asked, env: juziWx.env };
});
// The functions that qiankun requires of a sub-application.
window.sub = { bootstrap: async () => {}, mount: async () => {}, unmount: async () => {} };
