// Stands in for the second script that WeCom's documentation requires, as a plain browser gets it. If the existing `wx` has no
// `agentConfig`, it adds one, and only then defines `WWOpenData`, which fills `<ww-open-data>` elements with names.
(function () {
  if (window.wx.agentConfig) return;
  window.wx.agentConfig = function (options) {
    if (!window.WeixinJSBridge) return;
    WeixinJSBridge.invoke('agentConfig', { agentid: options.agentid, corpid: options.corpid }, function (res) {
      var callback = /:ok$/.test(res.err_msg) ? options.success : options.fail;
      if (callback) callback(res);
      if (options.complete) options.complete(res);
    });
  };
  var nothing = function () {};
  window.WWOpenData = { bind: nothing, bindAll: nothing, on: nothing, off: nothing, prefetch: nothing, checkSession: nothing };
})();
