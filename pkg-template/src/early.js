// The helper before its WebAssembly runs: the same calls, which wait for it.
import { expect, member, provide } from 'juzi:shell';
import catalogue from '../catalogue.json';

const fill = (object) => {
  // Defined, not assigned, and no error where it cannot be: the core will find another way.
  const define = (name, value) =>
    Reflect.defineProperty(object, name, { value, writable: true, enumerable: true, configurable: true });
  for (const name of ['invoke', ...catalogue]) define(name, member(name));
  define('isJuziWx', true);
};

// As src/env.rs decides. Only until then: whatever is found here, the core looks again.
const inSidebar = (page, { force }) =>
  !/micromessenger|wxwork/i.test(page.navigator.userAgent) &&
  page.parent !== page &&
  ((force ?? 'false') !== 'false' || new URLSearchParams(page.location.search).has('juziSidebar'));

/** Takes a global over in place, or when it is assigned. */
const takeOver = (page, name) => {
  const found = Object.prototype.hasOwnProperty.call(page, name) ? page[name] : undefined;
  if (Object(found) === found) fill(found);
  else if (found === undefined) expect(page, name, fill);
};

/** Puts calls that wait where the helper's will be: in `juziWx`, and in the sidebar in `window.wx` and in WeChat's bridge. */
export const placeholder = (page, options, juziWx) => {
  fill(juziWx);
  juziWx.patch = member('patch');
  page.juziWx = juziWx;
  if (!inSidebar(page, options)) return;
  for (const name of ['wx', 'jWeixin']) takeOver(page, name);
  if (String(options.bridge ?? true) !== 'false' && page.WeixinJSBridge === undefined) provide(page);
};
