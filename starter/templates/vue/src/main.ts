import { createJuzi } from 'juzi-helper-wasm/vue';
import { createApp } from 'vue';
import './page.css';
import Page from './Page.vue';

/** Only Juzi's console may frame the page, and one on this machine while the page is here too. */
const OPTIONS = { allowedHosts: ['https://*.juzibot.com', 'localhost'] };

createApp(Page).use(createJuzi(OPTIONS)).mount('#app');
