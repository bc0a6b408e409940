// The export `isInSidebar`, and the detection that it shares with the helper. A file of its own in the package, so that a page that
// imports this alone has nothing else of the helper.
import { detectedBy, seemsInSidebar } from 'juzi:environment';
import { tried } from 'juzi:members';
import { framedWindow, isHelper } from 'juzi:platform';

export * from 'juzi:environment';
export * from 'juzi:platform';

export const hasWindow = () => typeof window == 'object' && typeof document == 'object';

// When the page imports the package, before a router can change the URL. It throws where there is no window, and may in a sandbox, whose
// window may be a proxy.
tried(() => detectedBy(framedWindow(window)));

/** This copy's `juziWx`, once a page has imported it. */
let ours;
export const setOurs = (juziWx) => {
  ours = juziWx;
};

/** Whether the page is in the sidebar: what the running helper has found, else what `init` with these options would find. */
export const isInSidebar = (options) => {
  if (!hasWindow()) return false;
  // Nothing from the markup has a member that is `true`, so `globalOf` is not needed.
  const other = tried(() => window.juziWx);
  const env = (ours && ours.env) || (isHelper(other) && other.env);
  return env ? env.inSidebar : seemsInSidebar(window, options);
};
