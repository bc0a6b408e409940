import { JuziProvider } from 'juzi-helper-wasm/react';
import { createElement } from 'react';
import { createRoot } from 'react-dom/client';
import { Page } from '../src/Page.tsx';

/** Shows the page. Returns a function that ends it. */
export function mount(root: HTMLElement): () => void {
  const react = createRoot(root);
  react.render(createElement(JuziProvider, null, createElement(Page)));
  return () => react.unmount();
}
