// A Vue application whose router leads from the first route to another one, by a redirect and a guard.
import { createApp, h, onMounted } from 'vue';
import { RouterView, createRouter, createWebHistory } from 'vue-router';
import { showCustomer } from './customer.js';

const Customer = { setup: () => (onMounted(() => showCustomer(window.wx)), () => h('h1', 'Customer')) };
const router = createRouter({
  history: createWebHistory(location.pathname),
  routes: [
    { path: '/', redirect: { name: 'home' } },
    { path: '/home', name: 'home', component: { render: () => null } },
    { path: '/customer', name: 'customer', component: Customer },
  ],
});
router.beforeEach(({ name }) => (name === 'home' ? { name: 'customer' } : true));
createApp(RouterView).use(router).mount('#app');
