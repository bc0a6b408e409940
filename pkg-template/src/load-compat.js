// WebAssembly is refused: the same in JavaScript is a file beside the script.
import { HANDOVER, imports, start } from './start.js';

/** Trusted Types want to know who makes the URL of a script: the policy `juzi-helper`, or the page's default one. */
const trusted = (url) => {
  try {
    return trustedTypes.createPolicy('juzi-helper', { createScriptURL: () => url }).createScriptURL('');
  } catch {
    return url;
  }
};

/**
 * Loads it, to answer what waits in `juziWx`. Rejects where it cannot be had.
 *
 * @param {HTMLScriptElement | null} tag the script's own, by which the page has trusted it
 */
export const loadCompat = (tag, options, juziWx) =>
  new Promise((resolve, reject) => {
    const script = document.createElement('script');
    // Hidden, and gone once it is used.
    const waiting = (instantiate) => {
      delete juziWx[HANDOVER];
      start(instantiate(imports()), options, juziWx, 'js');
    };
    Object.defineProperty(juziWx, HANDOVER, { value: waiting, configurable: true });
    script.nonce = tag.nonce;
    script.crossOrigin = tag.crossOrigin;
    // A page that pins the one file has pinned the other.
    if (tag.integrity) script.integrity = COMPAT_INTEGRITY;
    script.onerror = reject;
    script.onload = () => (juziWx[HANDOVER] ? reject() : resolve());
    script.src = trusted(new URL('juzi-helper.compat.js', tag.src).href);
    document.head.append(script);
  });
