/** A long list with only its visible rows in the document. All rows have the same height. */
import { h } from '../lib/dom.js';
import { onceAFrame } from '../lib/frame.js';

const OVERSCAN = 8;

/**
 * @template T
 * @typedef {object} ListOptions
 * @property {number} rowHeight Pixels.
 * @property {(item: T, index: number) => HTMLElement} row Creates the row's element.
 * @property {(item: T) => void} onSelect
 * @property {(item: T) => string | number} key The item's identity.
 * @property {(item: T) => string | number} [look] A value that changes when the row must be redrawn.
 * @property {string} testId
 */

/** @typedef {{ element: HTMLElement, look: string | number }} Drawn */

/**
 * @template T
 * @param {ListOptions<T>} options
 */
export function virtualList({ rowHeight, row, onSelect, key, look = () => '', testId }) {
  const space = h('div', { class: 'vlist-space', role: 'presentation' });
  const element = h('div', { class: 'vlist', role: 'listbox', tabindex: '0', data: { testid: testId } }, space);
  /** @type {readonly T[]} */
  let items = [];
  /** How many of them the list shows. The array may be longer: its owner adds to it before it calls `set` again. */
  let count = 0;
  /** @type {string | number | null} */
  let selected = null;
  let following = true;
  /** The rows in the document. A row keeps its element while it stays visible. @type {Map<string | number, Drawn>} */
  let rows = new Map();

  function draw() {
    const first = Math.max(0, Math.floor(element.scrollTop / rowHeight) - OVERSCAN);
    const last = Math.min(count, Math.ceil((element.scrollTop + element.clientHeight) / rowHeight) + OVERSCAN);
    /** @type {typeof rows} */
    const next = new Map();
    for (let i = first; i < last; i++) {
      const id = key(items[i]);
      const known = rows.get(id);
      const drawn = known?.look === look(items[i]) ? known : { element: make(items[i], i), look: look(items[i]) };
      place(drawn.element, i, id);
      next.set(id, drawn);
    }
    putInOrder(next);
    rows = next;
    const shown = selected !== null && rows.has(selected);
    if (shown) element.setAttribute('aria-activedescendant', `${testId}-${selected}`);
    else element.removeAttribute('aria-activedescendant');
  }

  /** @param {HTMLElement} drawn @param {number} index @param {string | number} id */
  function place(drawn, index, id) {
    drawn.style.transform = `translateY(${index * rowHeight}px)`;
    drawn.setAttribute('aria-posinset', String(index + 1));
    drawn.setAttribute('aria-setsize', String(count));
    drawn.setAttribute('aria-selected', String(id === selected));
  }

  /** Puts the rows of `next` into the document, and moves only rows that are not in their place. @param {typeof rows} next */
  function putInOrder(next) {
    for (const [id, { element: old }] of rows) {
      if (next.get(id)?.element !== old) old.remove();
    }
    let at = space.firstChild;
    for (const { element: one } of next.values()) {
      if (one === at) at = one.nextSibling;
      else space.insertBefore(one, at);
    }
  }

  /** @param {T} item @param {number} index */
  function make(item, index) {
    const made = row(item, index);
    made.id = `${testId}-${key(item)}`;
    made.setAttribute('role', 'option');
    made.addEventListener('mousedown', () => select(items.indexOf(item)));
    return made;
  }

  const queue = onceAFrame(draw);
  const follow = () => {
    if (following) element.scrollTop = count * rowHeight;
  };

  /** @param {number} index */
  function select(index) {
    const at = Math.min(Math.max(index, 0), count - 1);
    const item = items[at];
    if (item === undefined) return;
    selected = key(item);
    const top = at * rowHeight;
    if (top < element.scrollTop) element.scrollTop = top;
    else if (top + rowHeight > element.scrollTop + element.clientHeight) element.scrollTop = top + rowHeight - element.clientHeight;
    queue();
    onSelect(item);
  }

  const page = () => Math.max(1, Math.floor(element.clientHeight / rowHeight) - 1);
  /** @type {Record<string, (at: number) => number>} */
  const moves = {
    ArrowDown: (at) => at + 1,
    ArrowUp: (at) => Math.max(0, at - 1),
    Home: () => 0,
    End: () => count - 1,
    PageDown: (at) => at + page(),
    PageUp: (at) => Math.max(0, at - page()),
  };
  element.addEventListener('keydown', (event) => {
    const move = moves[event.key];
    if (!move) return;
    event.preventDefault();
    select(move(items.findIndex((item) => key(item) === selected)));
  });
  element.addEventListener('scroll', () => {
    // A list scrolled to its end follows new items; one that is scrolled back keeps its position.
    following = element.scrollTop + element.clientHeight >= (count - 1) * rowHeight;
    queue();
  });
  new ResizeObserver(() => {
    follow();
    queue();
  }).observe(element);

  return {
    element,
    /** @param {readonly T[]} next */
    set(next) {
      items = next;
      count = next.length;
      space.style.height = `${count * rowHeight}px`;
      follow();
      queue();
    },
    /** Measures and draws again. */
    refresh() {
      follow();
      queue();
    },
    /** Redraws every row, after a change of language. */
    redraw() {
      for (const { element: old } of rows.values()) old.remove();
      rows = new Map();
      queue();
    },
    clearSelection() {
      selected = null;
      queue();
    },
  };
}
