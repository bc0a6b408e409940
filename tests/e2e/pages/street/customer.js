// What the pages of the street have in common: the calls of WeCom's documentation, and an element that shows the customer.
const sign = { timestamp: 1700000000, nonceStr: 'nonce', signature: 'signature' };

const show = (text) => {
  const element = document.createElement('output');
  element.id = 'customer';
  element.textContent = text;
  document.body.append(element);
};

/** As WeCom's documentation has it: config, ready, agentConfig, then the call. */
export const showCustomer = (sdk) => {
  sdk.config({ beta: true, debug: false, appId: 'ww0123456789abcdef', ...sign, jsApiList: ['getCurExternalContact'] });
  sdk.ready(() => {
    const fail = ({ errMsg, err_msg: reason }) => show(`failed: ${errMsg ?? reason}`);
    const success = () =>
      sdk.invoke('getCurExternalContact', {}, (res) => {
        if (res.err_msg === 'getCurExternalContact:ok') show(res.userId);
        else fail(res);
      });
    sdk.agentConfig({ corpid: 'ww0123456789abcdef', agentid: '1000002', ...sign, jsApiList: ['getCurExternalContact'], success, fail });
  });
};
