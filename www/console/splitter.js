/** A bar between two panes, moved by mouse, touch and arrow keys (an ARIA window splitter). */

const STEP = 24;

/**
 * @param {HTMLElement} bar
 * @param {object} options
 * @param {'width' | 'height'} options.of The dimension that it changes, of the pane after the bar.
 * @param {string} options.property Custom property on the root that holds the size in pixels.
 * @param {number} options.initial
 * @param {number} options.min
 * @param {() => number} options.max
 * @param {(size: number) => void} options.onChange Called after a move with the size to store.
 * @returns {{ set: (size: number) => void }}
 */
export function splitter(bar, { of, property, initial, min, max, onChange }) {
  let size = initial;
  const vertical = of === 'width';
  bar.tabIndex = 0;
  bar.setAttribute('role', 'separator');
  bar.setAttribute('aria-orientation', vertical ? 'vertical' : 'horizontal');

  /** @param {number} wanted */
  function set(wanted) {
    size = Math.round(Math.min(Math.max(wanted, min), Math.max(min, max())));
    document.documentElement.style.setProperty(property, `${size}px`);
    bar.setAttribute('aria-valuenow', String(size));
    bar.setAttribute('aria-valuemin', String(min));
    bar.setAttribute('aria-valuemax', String(Math.round(Math.max(min, max()))));
  }

  bar.addEventListener('pointerdown', (event) => {
    event.preventDefault();
    bar.focus();
    bar.setPointerCapture(event.pointerId);
    const start = vertical ? event.clientX : event.clientY;
    const from = size;
    // An iframe under the pointer would receive the pointer events.
    document.body.classList.add('resizing');
    const move = (/** @type {PointerEvent} */ next) => set(from + start - (vertical ? next.clientX : next.clientY));
    const end = () => {
      document.body.classList.remove('resizing');
      bar.removeEventListener('pointermove', move);
      onChange(size);
    };
    bar.addEventListener('pointermove', move);
    bar.addEventListener('lostpointercapture', end, { once: true });
  });
  bar.addEventListener('keydown', (event) => {
    const grow = vertical ? 'ArrowLeft' : 'ArrowUp';
    const shrink = vertical ? 'ArrowRight' : 'ArrowDown';
    const next = { [grow]: size + STEP, [shrink]: size - STEP, Home: min, End: max() }[event.key];
    if (next === undefined) return;
    event.preventDefault();
    set(next);
    onChange(size);
  });
  bar.addEventListener('dblclick', () => {
    set(initial);
    onChange(size);
  });
  window.addEventListener('resize', () => set(size));
  set(size);
  return { set };
}
