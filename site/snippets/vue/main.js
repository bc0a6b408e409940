import { createApp } from 'vue';
import { createJuzi } from 'juzi-helper-wasm/vue';
import Page from './Page.vue';

createApp(Page).use(createJuzi()).mount('#root');
