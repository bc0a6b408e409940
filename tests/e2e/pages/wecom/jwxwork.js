// Stands in for the second script that WeCom's documentation requires: it adds `agentConfig` to the existing `wx`.
(function () {
  window.wx.agentConfig = function (options) {
    if (!window.WeixinJSBridge) return;
    WeixinJSBridge.invoke('agentConfig', { agentid: options.agentid, corpid: options.corpid }, function (res) {
      var callback = /:ok$/.test(res.err_msg) ? options.success : options.fail;
      if (callback) callback(res);
      if (options.complete) options.complete(res);
    });
  };
})();
