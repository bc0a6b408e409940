/**
 * What the user does in the page, and what the page shows then, for a test. Only the document of a page of the console's own origin can be
 * seen: in Vite's console and in the playground.
 */
import { actedOn, placeOf, roleOf } from './place.js';
import { watchShown } from './shown.js';

/** @typedef {import('../log/rows.js').Act} Act */
/** @typedef {import('../log/rows.js').Shown} Shown */

/** Keys that act on a field. Others are typed into it. */
const KEYS = ['Enter', 'Escape'];
/** What is typed. A date, a colour and a file have other ways. */
const TYPED = ['textbox', 'searchbox', 'spinbutton', 'combobox'];
const UNTOLD = 'PASSWORD';

/**
 * @param {HTMLIFrameElement} frame
 * @param {{ act: (act: Act) => void, shows: (shown: Shown) => void }} on In order: what the page shows comes before the next act.
 */
export function watchGestures(frame, on) {
  /** @type {ReturnType<typeof watchDocument> | null} */
  let watched = null;
  frame.addEventListener('load', () => {
    const page = documentOf(frame);
    watched = page && watchDocument(page, on);
  });
  return {
    /** Tells what has been typed so far. */
    typed: () => watched?.typed(),
    /** Tells what has been typed and is shown so far. */
    settle: () => watched?.settle(),
  };
}

/** The page's document; null if it is of another origin. @param {HTMLIFrameElement} frame */
function documentOf(frame) {
  const page = frame.contentDocument;
  return page && page.URL !== 'about:blank' ? page : null;
}

/** @param {Document} page @param {{ act: (act: Act) => void, shows: (shown: Shown) => void }} on */
function watchDocument(page, on) {
  const shown = watchShown(page);
  /** A field that is being typed in: one act for all its characters. @type {HTMLInputElement | null} */
  let field = null;
  /** Enter in a field also clicks the form's button. */
  let isEnter = false;

  function typed() {
    if (!field) return;
    const { value, type } = field;
    const place = placeOf(field);
    field = null;
    tell({ does: 'fill', place, value: type === 'password' ? UNTOLD : value });
  }
  function settle() {
    typed();
    for (const one of shown.take()) on.shows(one);
  }
  /** @param {Act} act */
  function tell(act) {
    for (const one of shown.take()) on.shows(one);
    on.act(act);
  }
  /** @param {string} name @param {(event: any, target: any) => void} act */
  const listen = (name, act) =>
    page.addEventListener(
      name,
      (event) => {
        const [target] = event.composedPath();
        if (event.isTrusted && /** @type {Node} */ (target).nodeType === Node.ELEMENT_NODE) act(event, target);
      },
      { capture: true, passive: true },
    );

  listen('click', (_event, target) => {
    const element = actedOn(target);
    // A click on the page itself leaves a field, and no test repeats it.
    if (isEnter || isField(element) || element.closest('label') || /^(html|body)$/.test(element.localName)) return;
    typed();
    tell({ does: 'click', place: placeOf(element) });
  });
  listen('input', (_event, target) => {
    if (!TYPED.includes(roleOf(target) ?? '') && target.type !== 'password') return;
    if (target.localName === 'select') return;
    if (field !== target) typed();
    field = target;
  });
  listen('change', (_event, target) => {
    typed();
    if (target.type === 'checkbox' || target.type === 'radio') tell({ does: target.checked ? 'check' : 'uncheck', place: placeOf(target) });
    else if (target.localName === 'select' && !target.multiple) tell({ does: 'selectOption', place: placeOf(target), value: target.value });
  });
  listen('keydown', (event, target) => {
    if (!KEYS.includes(event.key) || event.isComposing || target.localName === 'button' || target.localName === 'a') return;
    typed();
    if (!isField(target) && event.key === 'Enter') return;
    tell({ does: 'press', place: placeOf(target), value: event.key });
    isEnter = event.key === 'Enter' && target.localName === 'input';
  });
  listen('keyup', () => (isEnter = false));
  return { typed, settle };
}

/** What is filled or chosen rather than clicked. @param {Element} element */
const isField = (element) =>
  /^(select|textarea|option)$/.test(element.localName) || (element.localName === 'input' && roleOf(element) !== 'button');
