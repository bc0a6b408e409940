import { start } from '../src/page.ts';

/** Shows the page. Returns a function that ends it. */
export const mount = (root: HTMLElement) => start(root);
