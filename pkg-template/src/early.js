// The helper before its WebAssembly runs: the same calls, which wait for it.
import { expect, globalOf, isHelper, member, memberOf, provide, tryDefine } from 'juzi:shell';
import catalogue from '../catalogue.json';

const fill = (object) => {
  // Defined, not assigned, and no error where it cannot be: the core will find another way.
  const define = (name, value) => tryDefine(object, name, { value, writable: true });
  for (const name of ['invoke', ...catalogue]) define(name, member(name));
  define('isJuziWx', true);
};

/** An option that is on or off, as src/options.rs reads it. */
const isOn = (options, name, otherwise) => {
  const given = memberOf(options, name);
  if (given === true || given === '' || given === 'true') return true;
  return given === false || given === 'false' ? false : otherwise;
};

/** Whether the page is in the sidebar, as src/env.rs decides. tests/vectors/environments.json holds the two together. */
export const seemsInSidebar = (page, options) =>
  !/micromessenger|wxwork/i.test(page.navigator.userAgent) &&
  page.parent !== page &&
  (isOn(options, 'force', false) || new URLSearchParams(page.location.search).has('juziSidebar'));

/** Takes a global over in place, or when it is assigned. */
const takeOver = (page, name) => {
  const found = globalOf(page, name);
  if (Object(found) === found) fill(found);
  else if (found === undefined) expect(page, name, fill);
};

/** Puts calls that wait where the helper's will be: in `juziWx`, and in the sidebar in `window.wx` and in WeChat's bridge. */
export const placeholder = (page, options, juziWx) => {
  fill(juziWx);
  tryDefine(juziWx, 'patch', { value: member('patch'), writable: true });
  tryDefine(page, 'juziWx', { value: juziWx, writable: true });
  if (!seemsInSidebar(page, options)) return;
  for (const name of ['jWeixin', 'wx']) takeOver(page, name);
  const bridge = globalOf(page, 'WeixinJSBridge');
  // One of another copy's goes with that copy, which cannot run, or this one would not be here.
  if (isOn(options, 'bridge', true) && (bridge === undefined || isHelper(bridge))) provide(page);
};
