// A page with a session: without one it leads to the login, which leads back to an address without the console's parameters.
import { showCustomer } from './customer.js';

const { login } = document.currentScript?.dataset ?? document.querySelector('[data-login]').dataset;
if (sessionStorage.getItem('session')) showCustomer(window.wx);
else location.replace(`${login}?next=${encodeURIComponent(location.pathname)}`);
