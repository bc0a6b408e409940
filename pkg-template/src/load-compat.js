// WebAssembly is refused: the same in JavaScript is a file beside the script.
import { PATIENCE } from './patience.js';
import { HANDOVER, imports, start } from './start.js';
import { callDocument, readDocument } from 'juzi:page';

// Taken when the script loads, before a page can replace it.
const { setTimeout } = globalThis;

/** Trusted Types want to know who makes the URL of a script: the policy `juzi-helper`, or the page's default one. */
const trusted = (url) => {
  try {
    return trustedTypes.createPolicy('juzi-helper', { createScriptURL: () => url }).createScriptURL('');
  } catch {
    return url;
  }
};

/**
 * Loads it, to answer what waits in `juziWx`.
 *
 * @param {HTMLScriptElement | null} tag the script's own, by which the page has trusted it
 * @param {(why: unknown) => void} fail called where it cannot be had; that may also be thrown
 */
export const loadCompat = (tag, options, juziWx, fail) => {
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
  Object.defineProperty(juziWx, HANDOVER, { value: waiting, configurable: true });
  const script = callDocument('createElement', 'script');
  script.nonce = tag.nonce;
  script.crossOrigin = tag.crossOrigin;
  // A page that pins the one file has pinned the other.
  if (tag.integrity) script.integrity = COMPAT_INTEGRITY;
  script.onload = script.onerror = giveUp;
  script.src = trusted(new URL('juzi-helper.compat.js', tag.src).href);
  readDocument('head').append(script);
  // A server that never answers is to leave nobody waiting.
  setTimeout(giveUp, PATIENCE, 'timeout');
};
