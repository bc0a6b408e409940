// A React application whose first route only leads to another one, in an effect, as `<Navigate>` does.
import { createElement as h, useEffect, useState } from 'react';
import { createRoot } from 'react-dom/client';
import { showCustomer } from './customer.js';

const Redirect = ({ to, onDone }) => {
  useEffect(() => {
    history.replaceState(null, '', to);
    onDone(to);
  }, [to, onDone]);
  return null;
};
const Customer = () => {
  useEffect(() => showCustomer(window.wx), []);
  return h('h1', null, 'Customer');
};
const App = () => {
  const [path, setPath] = useState('/');
  return path === '/' ? h(Redirect, { to: `${location.pathname}#/customer`, onDone: setPath }) : h(Customer);
};

createRoot(document.getElementById('app')).render(h(App));
