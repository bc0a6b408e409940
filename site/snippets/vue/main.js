import { createApp } from 'vue';
import Customer from './Customer.vue';

createApp(Customer).mount('#root');
