import { defineAsyncComponent, h } from 'vue';
import DefaultTheme from 'vitepress/theme-without-fonts';
import LiveConsole from './LiveConsole.vue';
import './site.css';

export default {
  extends: DefaultTheme,
  // The first page runs the thing, right below its heading.
  Layout: () => h(DefaultTheme.Layout, null, { 'home-hero-after': () => h('div', { class: 'home-console' }, h(LiveConsole)) }),
  enhanceApp({ app }) {
    app.component('PlayGround', defineAsyncComponent(() => import('./PlayGround.vue')));
  },
};
