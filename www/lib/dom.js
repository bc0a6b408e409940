/**
 * Builds DOM without markup strings. All content from a page, a scenario or the user is inserted as text or as a checked
 * attribute, so there is nothing to escape and no way to inject markup.
 */

/** @typedef {Node | string | number | null | undefined | false} Child */

/**
 * Makes an element.
 * @template {keyof HTMLElementTagNameMap} K
 * @param {K} tag
 * @param {Record<string, any> | null} [props] Attributes; `class`, `on` (listeners), `data` (dataset) and `style` (custom
 *   properties and plain ones) are understood, `false`, `null` and `undefined` leave an attribute out, `true` makes it empty.
 * @param {...(Child | Child[])} children
 * @returns {HTMLElementTagNameMap[K]}
 */
export function h(tag, props, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(props ?? {})) {
    if (value !== false && value !== null && value !== undefined) setProperty(element, name, value);
  }
  for (const child of children.flat()) {
    if (child !== null && child !== undefined && child !== false) element.append(child instanceof Node ? child : String(child));
  }
  return element;
}

/** @param {HTMLElement} element @param {string} name @param {any} value */
function setProperty(element, name, value) {
  if (name === 'on') for (const [event, listener] of Object.entries(value)) element.addEventListener(event, listener);
  else if (name === 'data') Object.assign(element.dataset, value);
  else if (name === 'style') for (const [property, text] of Object.entries(value)) element.style.setProperty(property, text);
  else if (name === 'value' && 'value' in element) element.value = value;
  else element.setAttribute(name, value === true ? '' : String(value));
}

/** Names a control: its accessible name and its tooltip. @param {HTMLElement} element @param {string} text */
export function label(element, text) {
  element.setAttribute('aria-label', text);
  element.title = text;
}

/**
 * The address if it is an absolute http or https URL, else null. A page may supply no other.
 * @param {unknown} text
 */
export function webUrl(text) {
  if (typeof text !== 'string') return null;
  try {
    const url = new URL(text);
    return url.protocol === 'http:' || url.protocol === 'https:' ? url.href : null;
  } catch {
    return null;
  }
}

/**
 * Like `webUrl`, but also allows what a scenario may name: a path of the workbench, or an image in a data: address.
 * @param {unknown} text
 */
export function mediaUrl(text) {
  if (typeof text !== 'string') return null;
  if (text.startsWith('/') && !text.startsWith('//')) return text;
  if (/^data:image\/[a-z0-9.+-]+[;,]/i.test(text)) return text;
  return webUrl(text);
}

/** @param {string} name @param {HTMLElement | Document} [within] @returns {HTMLElement} */
export function byTestId(name, within = document) {
  const found = within.querySelector(`[data-testid="${name}"]`);
  if (!(found instanceof HTMLElement)) throw new Error(`no element with the test id ${name}`);
  return found;
}
