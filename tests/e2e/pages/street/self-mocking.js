// A wrapper that takes data of its own outside WeCom, so that its authors can work in a plain browser.
import { showCustomer } from './customer.js';

const isWecom = /MicroMessenger/i.test(navigator.userAgent) && /wxwork/i.test(navigator.userAgent);
const mock = {
  config() {},
  ready: (run) => setTimeout(run),
  agentConfig: ({ success }) => setTimeout(success),
  invoke: (api, _params, callback) => callback({ err_msg: `${api}:ok`, userId: 'mock' }),
};
showCustomer(isWecom ? window.wx : mock);
