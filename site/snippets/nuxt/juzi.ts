import { createJuzi } from 'juzi-helper-wasm/vue';

export default defineNuxtPlugin(({ vueApp }) => {
  vueApp.use(createJuzi({ allowedHosts: ['https://*.juzibot.com', 'localhost'] }));
});
