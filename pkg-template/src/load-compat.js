// WebAssembly is refused: the same in JavaScript is a file beside the script.
import { getter, methodOf } from 'juzi:page';
import { define } from 'juzi:values';
import { PATIENCE } from './patience.js';
import { HANDOVER, imports, start } from './start.js';

// Taken when the script loads, before a page can replace it. Of the document and of elements only what prototypes have, which no
// markup can name.
const { Document, HTMLElement, HTMLScriptElement, Node, setTimeout } = globalThis;
const createElement = methodOf(Document, 'createElement');
const head = getter(Document, 'head');
const appendChild = methodOf(Node, 'appendChild');
const nonce = getter(HTMLElement, 'nonce');
const [source, crossOrigin, integrity] = ['src', 'crossOrigin', 'integrity'].map((name) => getter(HTMLScriptElement, name));

/** Trusted Types want to know who makes the URL of a script: the policy `juzi-helper`, or the page's default one. */
const trusted = (url) => {
  try {
    return trustedTypes.createPolicy('juzi-helper', { __proto__: null, createScriptURL: () => url }).createScriptURL('');
  } catch {
    return url;
  }
};

/**
 * Loads it, to answer what waits in `juziWx`.
 *
 * @param {HTMLScriptElement | null} tag the script's own, by which the page has trusted it; null for a module, of which nobody knows
 * @param {(why: unknown) => void} fail called where it cannot be had; that may also be thrown
 */
export const loadCompat = (tag, options, juziWx, fail) => {
  if (!tag) throw new Error('a script with type="module" does not know where juzi-helper.compat.js is: load that file instead');
  let waits = true;
  const giveUp = (why) => {
    if (waits) fail(why);
    waits = false;
  };
  const waiting = (instantiate) => {
    // When it comes too late, it changes nothing.
    if (waits) start(instantiate(imports), options, juziWx, 'js');
    waits = false;
    delete juziWx[HANDOVER];
  };
  // Hidden, and gone once it is used.
  define(juziWx, HANDOVER, { value: waiting, enumerable: false });
  const script = createElement(document, 'script');
  script.nonce = nonce(tag) ?? '';
  script.crossOrigin = crossOrigin(tag);
  // A page that pins the one file has pinned the other.
  if (integrity(tag)) script.integrity = COMPAT_INTEGRITY;
  script.onload = script.onerror = giveUp;
  script.src = trusted(new URL('juzi-helper.compat.js', source(tag)).href);
  appendChild(head(document), script);
  // A server that never answers is to leave nobody waiting.
  setTimeout(giveUp, PATIENCE, 'timeout');
};
