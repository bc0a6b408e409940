// Inserts WeChat's SDK itself, once the application runs, and uses its global.
import { showCustomer } from './customer.js';

const script = document.createElement('script');
script.src = '/node_modules/jweixin-module/lib/index.js';
script.onload = () => showCustomer(window.wx);
document.head.append(script);
