import { createJuzi } from 'juzi-helper-wasm/vue';
import { createApp } from 'vue';
import './page.css';
import Page from './Page.vue';

/** In production only Juzi's console may frame the page. While you develop, the workbench does. */
const OPTIONS = import.meta.env.PROD ? { allowedHosts: ['https://*.juzibot.com'] } : {};

createApp(Page).use(createJuzi(OPTIONS)).mount('#app');
