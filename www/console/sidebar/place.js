/** How a test finds an element of the page again: by its role and name as a screen reader has them, by its text, or by a selector. */

/** @typedef {import('../log/rows.js').Place} Place */

/** The roles of elements without the attribute `role`. The first that matches holds. @type {readonly (readonly [string, string])[]} */
const ROLES = [
  ['button, input:is([type=button], [type=submit], [type=reset], [type=image])', 'button'],
  ['a[href], area[href]', 'link'],
  ['input[type=checkbox]', 'checkbox'],
  ['input[type=radio]', 'radio'],
  ['input[type=range]', 'slider'],
  ['input[type=number]', 'spinbutton'],
  ['input[type=search]:not([list])', 'searchbox'],
  ['input:is(:not([type]), [type=""], [type=text], [type=email], [type=tel], [type=url]):not([list]), textarea', 'textbox'],
  ['select:is([multiple], [size]:not([size="1"]))', 'listbox'],
  ['select', 'combobox'],
  ['option', 'option'],
  ['h1, h2, h3, h4, h5, h6', 'heading'],
  ['output', 'status'],
];

/** What a user acts on. */
const ACTED_ON = [
  'button',
  'link',
  'checkbox',
  'radio',
  'switch',
  'tab',
  'menuitem',
  'menuitemcheckbox',
  'menuitemradio',
  'option',
  'treeitem',
];

/** Roles whose name is their content. */
const NAMED_BY_CONTENT = [...ACTED_ON, 'heading', 'cell', 'row', 'columnheader', 'tooltip'];

/** Characters of a name or a text that still says which element is meant. */
const LONGEST = 120;

/** @param {Element} element */
export function roleOf(element) {
  const [given] = (element.getAttribute('role') ?? '').trim().split(/\s+/);
  return given || ROLES.find(([selector]) => element.matches(selector))?.[1];
}

/** @param {string} text */
const tidy = (text) => text.replace(/\s+/g, ' ').trim();

/** Whether a test, like a screen reader, can find it. @param {Element} element */
const isSeen = (element) => element.checkVisibility({ visibilityProperty: true }) && !element.closest('[aria-hidden=true]');

/** The text of an element as it is read: with the names of pictures, and spaces between blocks. @param {Node} node @returns {string} */
function contentOf(node) {
  if (node.nodeType === Node.TEXT_NODE) return node.nodeValue ?? '';
  if (node.nodeType !== Node.ELEMENT_NODE) return '';
  const element = /** @type {HTMLElement} */ (node);
  if (element.localName === 'style' || element.localName === 'script' || !isSeen(element)) return '';
  const name = element.getAttribute('aria-label') ?? (element.localName === 'img' ? element.getAttribute('alt') : null);
  const text = name ?? Array.from(element.childNodes, contentOf).join('');
  const isInline = element.ownerDocument.defaultView?.getComputedStyle(element).display === 'inline';
  return isInline ? text : ` ${text} `;
}

/** The element's name. Empty if it has none. @param {Element} element @param {string | undefined} role */
export function nameOf(element, role) {
  const root = /** @type {Document} */ (element.getRootNode());
  const by = (element.getAttribute('aria-labelledby') ?? '').split(/\s+/).flatMap((id) => (id && root.getElementById?.(id)) || []);
  const input = /** @type {HTMLInputElement} */ (element);
  const labels = input.labels ? Array.from(input.labels, (label) => contentWithout(label, input)) : [];
  const candidates = [
    by.map(contentOf).join(' '),
    element.getAttribute('aria-label') ?? '',
    role === 'button' && input.localName === 'input' ? input.value || input.alt : '',
    labels.join(' '),
    role !== undefined && NAMED_BY_CONTENT.includes(role) ? contentOf(element) : '',
    element.getAttribute('title') ?? '',
    element.getAttribute('placeholder') ?? '',
  ];
  return candidates.map(tidy).find((name) => name !== '') ?? '';
}

/** A label's text without that of the control in it. @param {Element} label @param {Element} control */
const contentWithout = (label, control) =>
  Array.from(label.childNodes, (child) => (child.contains(control) ? '' : contentOf(child))).join('');

/** The text that an element shows. @param {Element} element */
export const textOf = (element) => tidy(contentOf(element));

/**
 * Adds which of several it is. Null if it is none of them: it has gone, or cannot be seen.
 * @param {Element} element @param {Place} place @param {(other: Element) => boolean} isLikeIt @returns {Place | null}
 */
function among(element, place, isLikeIt) {
  const like = [...element.ownerDocument.querySelectorAll('*')].filter((other) => isLikeIt(other) && isSeen(other));
  const nth = like.indexOf(element);
  if (nth < 0) return null;
  return like.length === 1 ? place : { ...place, nth };
}

/** A place by role, with the name if there is one. @param {Element} element @param {string} role */
export function placeByRole(element, role) {
  const name = nameOf(element, role);
  if (name.length > LONGEST) return null;
  const isLikeIt = (/** @type {Element} */ other) => roleOf(other) === role && (name === '' || nameOf(other, role) === name);
  return among(element, { role, ...(name !== '' && { name }) }, isLikeIt);
}

/** A place by the text. @param {Element} element */
export function placeByText(element) {
  const text = textOf(element);
  if (text === '' || text.length > LONGEST) return null;
  // Of an element and the one around it, the inner one has the text.
  const raw = tidy(element.textContent);
  const has = (/** @type {Element} */ other) => tidy(other.textContent) === raw && textOf(other) === text;
  const isLikeIt = (/** @type {Element} */ other) => has(other) && ![...other.children].some(has);
  return among(element, { text }, isLikeIt);
}

/** A place by a selector, for what has neither role nor text. @param {Element} element @returns {Place} */
function placeBySelector(element) {
  const test = element.getAttribute('data-testid');
  if (test) return { css: `[data-testid=${JSON.stringify(test)}]` };
  const name = element.getAttribute('name');
  if (name) return { css: `${element.localName}[name=${JSON.stringify(name)}]` };
  const path = [];
  for (let one = /** @type {Element | null} */ (element); one && one.localName !== 'html'; one = one.parentElement) {
    if (one.id) return { css: [`#${CSS.escape(one.id)}`, ...path].join(' > ') };
    const { localName, parentElement } = one;
    const same = [...(parentElement?.children ?? [])].filter((other) => other.localName === localName);
    path.unshift(same.length > 1 ? `${localName}:nth-of-type(${same.indexOf(one) + 1})` : localName);
  }
  return { css: path.join(' > ') };
}

/** What a click on an element is meant for. @param {Element} element @returns {Element} */
export function actedOn(element) {
  for (let one = /** @type {Element | null} */ (element); one; one = one.parentElement) {
    if (ACTED_ON.includes(roleOf(one) ?? '')) return one;
  }
  return element;
}

/** Where the user acts. @param {Element} element @returns {Place} */
export function placeOf(element) {
  const role = roleOf(element);
  return (role && placeByRole(element, role)) || (role ? null : placeByText(element)) || placeBySelector(element);
}

/** A place in words. @param {Place} place */
export const placeText = ({ role, name, text, css }) => [role, name ?? text ?? css].filter(Boolean).join(' ');
