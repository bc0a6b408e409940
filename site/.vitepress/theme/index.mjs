import { defineAsyncComponent } from 'vue';
import DefaultTheme from 'vitepress/theme-without-fonts';
import LiveConsole from './LiveConsole.vue';
import './site.css';

export default {
  extends: DefaultTheme,
  enhanceApp({ app }) {
    app.component('LiveConsole', LiveConsole);
    app.component('PlayGround', defineAsyncComponent(() => import('./PlayGround.vue')));
  },
};
