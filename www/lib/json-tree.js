/** A value as a collapsible tree. A branch is built when it is opened, so a large payload costs only its open parts. */
import { h } from './dom.js';

const MAX_TEXT = 400;
const MAX_CHILDREN = 200;

/** @typedef {{ more: (hidden: number) => string }} TreeTexts */

/**
 * @param {any} value Any structured-cloneable value.
 * @param {{ open?: number, texts: TreeTexts }} options `open`: how many levels are open at first.
 */
export function jsonTree(value, { open = 2, texts }) {
  return h('div', { class: 'tree' }, node(null, value, open, texts, new Set()));
}

/** One line, for a list. @param {any} value @param {number} [length] */
export function oneLine(value, length = 160) {
  let left = length;
  /** @param {any} one @param {number} depth @returns {string} */
  const show = (one, depth) => {
    if (left <= 0) return '…';
    if (typeof one === 'string') {
      const text = JSON.stringify(one.length > left ? `${one.slice(0, left)}…` : one);
      left -= text.length;
      return text;
    }
    if (typeof one !== 'object' || one === null) {
      const text = typeof one === 'bigint' ? `${one}n` : String(one);
      left -= text.length;
      return text;
    }
    if (depth > 4) return '…';
    const parts = [];
    for (const [key, member] of Object.entries(one)) {
      if (left <= 0) {
        parts.push('…');
        break;
      }
      left -= key.length + 2;
      parts.push(Array.isArray(one) ? show(member, depth + 1) : `${key}: ${show(member, depth + 1)}`);
    }
    return Array.isArray(one) ? `[${parts.join(', ')}]` : `{ ${parts.join(', ')} }`;
  };
  return show(value, 0);
}

/**
 * @param {string | null} key @param {any} value @param {number} open @param {TreeTexts} texts
 * @param {Set<any>} above The ancestors of this object, to stop at cycles.
 */
function node(key, value, open, texts, above) {
  const name = key === null ? null : h('span', { class: 'tree-key' }, key, ': ');
  if (typeof value !== 'object' || value === null || above.has(value)) {
    return h('div', { class: 'tree-leaf' }, name, leaf(value, texts, above));
  }
  const entries = childrenOf(value);
  const [from, to] = Array.isArray(value) ? ['[', ']'] : ['{', '}'];
  const label = Array.isArray(value) ? `${from}${entries.length}${to}` : `${kind(value)}${from}${entries.length === 0 ? '' : '…'}${to}`;
  if (entries.length === 0) return h('div', { class: 'tree-leaf' }, name, h('span', { class: 'tree-punct' }, `${kind(value)}${from}${to}`));
  const body = h('div', { class: 'tree-children' });
  const details = h('details', { open: open > 0 }, h('summary', null, name, h('span', { class: 'tree-punct' }, label)), body);
  const fill = () => {
    if (body.childElementCount > 0) return;
    const inside = new Set(above).add(value);
    const add = (/** @type {number} */ from) => {
      body.append(...entries.slice(from, from + MAX_CHILDREN).map(([k, v]) => node(k, v, open - 1, texts, inside)));
      const hidden = entries.length - from - MAX_CHILDREN;
      if (hidden > 0) {
        body.append(moreButton(texts.more(hidden), () => add(from + MAX_CHILDREN)));
      }
    };
    add(0);
  };
  if (open > 0) fill();
  details.addEventListener('toggle', fill);
  return details;
}

/** @param {object} value @returns {[string, any][]} */
function childrenOf(value) {
  if (value instanceof Map) return [...value].map(([k, v]) => [String(k), v]);
  if (value instanceof Set) return [...value].map((v, i) => [String(i), v]);
  if (ArrayBuffer.isView(value) || value instanceof ArrayBuffer) return [['byteLength', value.byteLength]];
  return Object.entries(value);
}

/** A label for objects other than plain ones. @param {object} value */
function kind(value) {
  const name = Object.prototype.toString.call(value).slice(8, -1);
  return name === 'Object' || name === 'Array' ? '' : `${name} `;
}

/** A button that shows what was left out, and then removes itself. @param {string} label @param {() => void} show */
function moreButton(label, show) {
  const button = h(
    'button',
    {
      type: 'button',
      class: 'tree-more',
      on: {
        click: () => {
          button.remove();
          show();
        },
      },
    },
    label,
  );
  return button;
}

/** @param {any} value @param {TreeTexts} texts @param {Set<any>} above */
function leaf(value, texts, above) {
  if (above.has(value)) return h('span', { class: 'tree-punct' }, '[circular]');
  if (typeof value === 'string') {
    const span = h('span', { class: 'tree-string' }, JSON.stringify(value.slice(0, MAX_TEXT)));
    if (value.length <= MAX_TEXT) return span;
    const more = moreButton(texts.more(value.length - MAX_TEXT), () => {
      span.textContent = JSON.stringify(value);
    });
    return h('span', null, span, ' ', more);
  }
  const type = value === null ? 'null' : typeof value;
  return h('span', { class: `tree-${type}` }, typeof value === 'bigint' ? `${value}n` : String(value));
}
