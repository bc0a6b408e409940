// Refuses to start outside WeCom.
import { showCustomer } from './customer.js';

if (/wxwork/i.test(navigator.userAgent)) showCustomer(window.wx);
else document.body.append('请在企业微信客户端中打开');
