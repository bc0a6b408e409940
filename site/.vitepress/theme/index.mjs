import { defineAsyncComponent, h, onMounted, watch } from 'vue';
import { useData } from 'vitepress';
import DefaultTheme from 'vitepress/theme-without-fonts';
import LiveConsole from './LiveConsole.vue';
import './site.css';

const Layout = {
  setup() {
    const { frontmatter } = useData();
    // VitePress marks the main part of an article only.
    const markMain = () => {
      const isArticle = !frontmatter.value.layout || frontmatter.value.layout === 'doc';
      const content = document.getElementById('VPContent');
      if (isArticle) content?.removeAttribute('role');
      else content?.setAttribute('role', 'main');
    };
    onMounted(markMain);
    watch(frontmatter, markMain, { flush: 'post' });
    // The home page runs the console, right below its heading.
    return () => h(DefaultTheme.Layout, null, { 'home-hero-after': () => h('div', { class: 'home-console' }, h(LiveConsole)) });
  },
};

export default {
  extends: DefaultTheme,
  Layout,
  enhanceApp({ app }) {
    app.component(
      'PlayGround',
      defineAsyncComponent(() => import('./PlayGround.vue')),
    );
  },
};
