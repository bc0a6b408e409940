// Loads juzi-helper.compat.js from the folder of juzi-helper.js, if WebAssembly is refused.
import { define } from 'juzi:members';
import { getter, methodOf, realDocument } from 'juzi:platform';
import { PATIENCE } from './patience.js';
import { HANDOVER, imports, start } from './start.js';

// Captured when the script loads, before the page can replace them. Members of the document and of elements are read by prototype
// getters: a named element may hide the members themselves.
const { Document, HTMLElement, HTMLScriptElement, Node, setTimeout } = globalThis;
const createElement = methodOf(Document, 'createElement');
const head = getter(Document, 'head');
const appendChild = methodOf(Node, 'appendChild');
const nonce = getter(HTMLElement, 'nonce');
const [source, crossOrigin, integrity] = ['src', 'crossOrigin', 'integrity'].map((name) => getter(HTMLScriptElement, name));

/** The URL as a `TrustedScriptURL` of the policy `juzi-helper`; as it is if the page has no Trusted Types or refuses the policy. */
const trusted = (url) => {
  try {
    return trustedTypes.createPolicy('juzi-helper', { __proto__: null, createScriptURL: () => url }).createScriptURL('');
  } catch {
    return url;
  }
};

/**
 * Loads the script, which then answers the calls that wait.
 *
 * @param {HTMLScriptElement | null} tag the element of juzi-helper.js, whose nonce and integrity are used; null for a module script, and
 *   without `src` for a script that a loader runs as text
 * @param {(why: unknown) => void} fail called if the script cannot be loaded; some errors are thrown instead
 */
export const loadCompat = (tag, options, juziWx, fail) => {
  if (!tag || !source(tag))
    throw new Error('a script with type="module", or without src, does not know where juzi-helper.compat.js is: load that file instead');
  let waits = true;
  const giveUp = (why) => {
    if (waits) fail(why);
    waits = false;
  };
  const waiting = (instantiate) => {
    // After `giveUp` the calls have failed: a late script changes nothing.
    if (waits) start(() => instantiate(imports), options, juziWx, 'js');
    waits = false;
    delete juziWx[HANDOVER];
  };
  // Not enumerable, and deleted after use.
  define(juziWx, HANDOVER, { value: waiting, enumerable: false });
  const document = realDocument();
  const script = createElement(document, 'script');
  script.nonce = nonce(tag) ?? '';
  script.crossOrigin = crossOrigin(tag);
  // If the page pins juzi-helper.js, the other file is pinned too.
  if (integrity(tag)) script.integrity = COMPAT_INTEGRITY;
  script.onload = script.onerror = giveUp;
  script.src = trusted(new URL('juzi-helper.compat.js', source(tag)).href);
  appendChild(head(document), script);
  // The server may never answer.
  setTimeout(giveUp, PATIENCE, 'timeout');
};
