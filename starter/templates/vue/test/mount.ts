import { createJuzi } from 'juzi-helper-wasm/vue';
import { createApp } from 'vue';
import Page from '../src/Page.vue';

/** Shows the page. Returns a function that ends it. */
export function mount(root: HTMLElement): () => void {
  const app = createApp(Page).use(createJuzi());
  app.mount(root);
  return () => app.unmount();
}
