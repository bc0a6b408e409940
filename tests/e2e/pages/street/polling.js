// Waits until somebody has put `wx` in place.
import { showCustomer } from './customer.js';

const timer = setInterval(() => {
  if (!window.wx?.agentConfig) return;
  clearInterval(timer);
  showCustomer(window.wx);
}, 20);
