/** The line under the top bar about the connection and the scenario file. */
import { h } from '../lib/dom.js';
import { icon } from '../lib/icons.js';

/** @param {HTMLElement} element */
export const createBanner = (element) => ({
  /** @param {string} text Empty hides it. */
  show(text) {
    element.hidden = text === '';
    element.replaceChildren(...(text ? [icon('alert', 16), h('span', null, text)] : []));
  },
});
