// Finds the helper's own script element and reads its data-* attributes.
import { complain } from 'juzi:calls';
import { getter, methodOf, passes, runningScript } from 'juzi:page';
import { OPTIONS, nearest } from './option-names.js';

const { Document, HTMLElement, HTMLScriptElement } = globalThis;
const dataset = getter(HTMLElement, 'dataset');
const source = getter(HTMLScriptElement, 'src');
const querySelectorAll = methodOf(Document, 'querySelectorAll');

const kebab = (name) => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
const attribute = (name) => `data-${kebab(name)}`;

const isScript = (element) => passes(source, element);

/** The element of the running script; null for a module script. */
export const ownTag = () => {
  const element = runningScript(document);
  return isScript(element) ? element : null;
};

/** The options of the tag; undefined if the tag is not known. Misspelled ones are reported. */
export const tagOptions = (tag) => {
  const options = tag ? attributesOf(tag) : ofModule();
  for (const name of Object.keys(options ?? {})) {
    const meant = OPTIONS.includes(name) ? undefined : nearest(name);
    if (!meant) continue;
    complain(`${attribute(name)} is not an option; write ${attribute(meant)}`);
    // Fail closed: a misspelled data-allowed-hosts allows no host.
    if (meant == 'allowedHosts') options.allowedHosts ??= '';
  }
  return options;
};

/**
 * The options of a module script, which has no `currentScript`. Its tag is the only one with the name of our file or with one of our
 * options. If there are several, none is read, and if one of them has `data-allowed-hosts`, no host is allowed.
 */
const ofModule = () => {
  const named = OPTIONS.map((name) => `script[${attribute(name)}]`);
  const found = [...querySelectorAll(document, ['script[src]', ...named].join())].filter(isScript);
  const ours = found.filter((element) => isOurs(source(element)) || OPTIONS.some((name) => name in attributesOf(element)));
  if (ours.length < 2) return ours.length ? attributesOf(ours[0]) : undefined;
  const limited = ours.some((element) => 'allowedHosts' in attributesOf(element));
  complain(
    `${ours.length} script elements look like the helper's: their data-* options are not read${
      limited ? ', and no host is allowed' : ''
    }. Load it without type="module", or keep one.`,
  );
  return limited ? { allowedHosts: '' } : undefined;
};

const isOurs = (url) => /\/juzi-helper(\.compat)?\.js(\?|#|$)/.test(url);
/** Without a prototype, so that members of `Object.prototype` are no attributes. */
const attributesOf = (element) => ({ __proto__: null, ...dataset(element) });
