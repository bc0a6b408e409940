// The helper before its WebAssembly runs: the same calls, which wait for it.
import { define, invoke, method, patch } from 'juzi:shell';
import catalogue from '../catalogue.json';

const fill = (object) => {
  for (const name of catalogue) define(object, name, method(name));
  define(object, 'invoke', invoke);
  define(object, 'isJuziWx', true);
};

// As src/env.rs decides. Only until then: whatever is found here, the core looks again.
const inSidebar = (page, { force }) =>
  !/micromessenger|wxwork/i.test(page.navigator.userAgent) &&
  page.parent !== page &&
  ((force ?? 'false') !== 'false' || new URLSearchParams(page.location.search).has('juziSidebar'));

/** Puts calls that wait where the helper's will be: in `juziWx`, and in the sidebar in `window.wx`. */
export const placeholder = (page, options, juziWx) => {
  fill(juziWx);
  define(juziWx, 'patch', patch);
  page.juziWx = juziWx;
  if (inSidebar(page, options) && page.wx && Object.hasOwn(page, 'wx')) fill(page.wx);
};
