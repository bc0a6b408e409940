/** A long list with only its visible rows in the document. All rows have the same height. */
import { h } from '../lib/dom.js';
import { onceAFrame } from '../lib/frame.js';

const OVERSCAN = 8;

/**
 * @template T
 * @param {object} options
 * @param {number} options.rowHeight Pixels.
 * @param {(item: T, index: number) => HTMLElement} options.row Creates the row's element.
 * @param {(item: T) => void} options.onSelect
 * @param {(item: T) => string | number} options.key The item's identity.
 * @param {(item: T) => string} [options.look] A value that changes when the row must be redrawn.
 * @param {string} options.testId
 */
export function virtualList({ rowHeight, row, onSelect, key, look = () => '', testId }) {
  const space = h('div', { class: 'vlist-space', role: 'presentation' });
  const element = h('div', { class: 'vlist', role: 'listbox', tabindex: '0', data: { testid: testId } }, space);
  /** @type {readonly T[]} */
  let items = [];
  /** @type {string | number | null} */
  let selected = null;
  let following = true;
  /** The rows in the document. A row keeps its element while it stays visible. @type {Map<string | number, { element: HTMLElement, look: string }>} */
  let rows = new Map();

  function draw() {
    const first = Math.max(0, Math.floor(element.scrollTop / rowHeight) - OVERSCAN);
    const last = Math.min(items.length, Math.ceil((element.scrollTop + element.clientHeight) / rowHeight) + OVERSCAN);
    space.style.height = `${items.length * rowHeight}px`;
    /** @type {typeof rows} */
    const next = new Map();
    for (let i = first; i < last; i++) {
      const id = key(items[i]);
      const known = rows.get(id);
      const drawn = known?.look === look(items[i]) ? known : { element: make(items[i], i), look: look(items[i]) };
      drawn.element.style.transform = `translateY(${i * rowHeight}px)`;
      drawn.element.setAttribute('aria-posinset', String(i + 1));
      drawn.element.setAttribute('aria-setsize', String(items.length));
      drawn.element.setAttribute('aria-selected', String(id === selected));
      next.set(id, drawn);
    }
    for (const [id, { element: old }] of rows) {
      if (next.get(id)?.element !== old) old.remove();
    }
    let place = space.firstChild;
    for (const { element: one } of next.values()) {
      if (one === place) place = one.nextSibling;
      else space.insertBefore(one, place);
    }
    rows = next;
    if (selected !== null) element.setAttribute('aria-activedescendant', `${testId}-${selected}`);
    else element.removeAttribute('aria-activedescendant');
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

  /** @param {number} index */
  function select(index) {
    const item = items[Math.min(Math.max(index, 0), items.length - 1)];
    if (item === undefined) return;
    selected = key(item);
    const top = items.indexOf(item) * rowHeight;
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
    End: () => items.length - 1,
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
    following = element.scrollTop + element.clientHeight >= items.length * rowHeight - rowHeight;
    queue();
  });
  new ResizeObserver(() => {
    if (following) element.scrollTop = items.length * rowHeight;
    queue();
  }).observe(element);

  return {
    element,
    /** @param {readonly T[]} next */
    set(next) {
      items = next;
      space.style.height = `${items.length * rowHeight}px`;
      if (following) element.scrollTop = items.length * rowHeight;
      queue();
    },
    /** Measures and draws again. */
    refresh: queue,
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
