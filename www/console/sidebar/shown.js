/** What the page shows since a moment: the texts that have changed, as places that a test can look at. */
import { placeByRole, placeByText, roleOf, textOf } from './place.js';

/** @typedef {import('../log/rows.js').Shown} Shown */

/** Roles of elements that tell the user something. The name of a heading is its text. */
const TELLING = ['heading', 'status', 'alert', 'log'];
/** Of one moment. */
const MOST = 4;
/** Changed elements that are looked at: a page that draws a table anew changes thousands. */
const MOST_LOOKED_AT = 200;
/** Characters of a text that a test can sensibly repeat. */
const LONGEST = 200;
/** Changed elements that are kept until the next moment. A page may change for hours. */
const MOST_KEPT = 1_000;

/** @param {Document} document */
export function watchShown(document) {
  /** The elements whose content has changed. @type {Set<Element>} */
  let changed = new Set();
  const observer = new MutationObserver(note);
  observer.observe(document, { subtree: true, childList: true, characterData: true, attributes: true, attributeFilter: ['hidden'] });
  if (document.body) changed.add(document.body);

  /** @param {MutationRecord[]} records */
  function note(records) {
    for (const { target } of records) {
      const element = target.nodeType === Node.ELEMENT_NODE ? /** @type {Element} */ (target) : target.parentElement;
      if (element) changed.add(element);
    }
    if (changed.size > MOST_KEPT) changed = new Set([...changed].filter((one) => one.isConnected).slice(-MOST_KEPT / 2));
  }

  return {
    /** What has changed since the last time and is shown now. @returns {Shown[]} */
    take() {
      note(observer.takeRecords());
      const elements = [...changed].filter((one) => one.isConnected);
      changed = new Set();
      const inside = elements.flatMap((one) => [one, ...one.querySelectorAll('*')]).slice(0, MOST_LOOKED_AT);
      const telling = [...new Set(inside.flatMap((one) => tellingOf(one) ?? []))].flatMap((one) => shownBy(one) ?? []);
      const shown = telling.length > 0 ? telling : inside.filter(isLeaf).flatMap((one) => plainlyShown(one) ?? []);
      return [...new Map(shown.map((one) => [JSON.stringify(one), one])).values()].slice(0, MOST);
    },
  };
}

/** The element around it that tells something. @param {Element} element @returns {Element | null} */
function tellingOf(element) {
  for (let one = /** @type {Element | null} */ (element); one; one = one.parentElement) {
    if (TELLING.includes(roleOf(one) ?? '')) return one;
  }
  return null;
}

/** A leaf with a text that is not a control's. @param {Element} element */
const isLeaf = (element) =>
  element.childElementCount === 0 &&
  !/^(script|style|option|textarea|title|noscript)$/.test(element.localName) &&
  !element.closest('button, a');

/** @param {Element} element @returns {Shown | null} */
function shownBy(element) {
  const role = roleOf(element) ?? '';
  const text = textOf(element);
  const place = text === '' || text.length > LONGEST ? null : placeByRole(element, role);
  if (!place) return null;
  return role === 'heading' ? { place } : { place, text };
}

/** @param {Element} element @returns {Shown | null} */
function plainlyShown(element) {
  const place = placeByText(element);
  return place && { place };
}
