// Loads another script of the release from the folder of juzi-helper.js. The other script hands over what it has through a member of
// `juziWx`, which is there meanwhile.
import { define } from 'juzi:members';
import { getter, methodOf, realDocument } from 'juzi:platform';
import { PATIENCE } from './patience.js';

// Captured when the script loads, before the page can replace them. Members of the document and of elements are read by prototype
// getters: a named element may hide the members themselves.
const { Document, HTMLElement, HTMLScriptElement, Node, setTimeout } = globalThis;
const createElement = methodOf(Document, 'createElement');
const head = getter(Document, 'head');
const appendChild = methodOf(Node, 'appendChild');
const nonce = getter(HTMLElement, 'nonce');
const [source, crossOrigin, integrity] = ['src', 'crossOrigin', 'integrity'].map((name) => getter(HTMLScriptElement, name));

/** The policy `juzi-helper`, which a page allows once. */
let policy;
/** The URL as a `TrustedScriptURL`; as it is if the page has no Trusted Types or refuses the policy. */
const trusted = (url) => {
  try {
    policy ??= trustedTypes.createPolicy('juzi-helper', { __proto__: null, createScriptURL: (same) => same });
    return policy.createScriptURL(url);
  } catch {
    return url;
  }
};

/**
 * Loads the script.
 *
 * @param {HTMLScriptElement | null} tag the element of juzi-helper.js, whose nonce and integrity are used; null for a module script, and
 *   without `src` for a script that a loader runs as text
 * @param {object} script `file`: its name, `hash`: what pins it, `member`: through which it hands over
 * @param {(brought: unknown) => void} take called with what the script hands over, unless `fail` has been called
 * @param {(why: unknown) => void} fail called if the script cannot be loaded; some errors are thrown instead
 */
export const loadScript = (tag, { file, hash, member }, juziWx, take, fail) => {
  if (!tag || !source(tag))
    throw new Error(`a script with type="module", or without src, does not know where ${file} is: load juzi-helper.js by a plain tag`);
  let waits = true;
  const giveUp = (why) => {
    if (waits) fail(why);
    waits = false;
  };
  const waiting = (brought) => {
    // After `giveUp`, a late script changes nothing.
    if (waits) take(brought);
    waits = false;
    delete juziWx[member];
  };
  // Not enumerable, and deleted after use.
  define(juziWx, member, { value: waiting, enumerable: false });
  const document = realDocument();
  const script = createElement(document, 'script');
  script.nonce = nonce(tag) ?? '';
  script.crossOrigin = crossOrigin(tag);
  // If the page pins juzi-helper.js, the other file is pinned too.
  if (integrity(tag)) script.integrity = hash;
  script.onload = script.onerror = giveUp;
  script.src = trusted(new URL(file, source(tag)).href);
  appendChild(head(document), script);
  // The server may never answer.
  setTimeout(giveUp, PATIENCE, 'timeout');
};
