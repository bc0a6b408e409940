// Options as a script element has them, and how their names are checked.
import { complain } from 'juzi:calls';
import { getter, passes } from 'juzi:platform';
import { OPTIONS, nearest } from './option-names.js';

const { Element, HTMLElement, HTMLScriptElement } = globalThis;
const attributes = getter(Element, 'attributes');
const dataset = getter(HTMLElement, 'dataset');
export const source = getter(HTMLScriptElement, 'src');

const kebab = (name) => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
export const attribute = (name) => `data-${kebab(name)}`;

export const isScript = (element) => passes(source, element);
/** Without a prototype, so that members of `Object.prototype` are not taken for attributes. */
export const attributesOf = (element) => ({ __proto__: null, ...dataset(element) });

/** Whether `allowedHosts` is among the options, or was meant by a misspelled one. */
export const limits = (options) => Object.keys(options).some((name) => nearest(name) == 'allowedHosts');
export const hasOptions = (options) => limits(options) || OPTIONS.some((name) => name in options);

/** Our file, also with a version or a hash in its name, and with a query. */
export const isOurFile = (text) => /juzi-helper[\w.@-]*\.js/i.test(text);
/** Whether a script element names our file in any attribute: `src`, a loader's `data-src`… */
export const namesUs = (script) => [...attributes(script)].some(({ value }) => isOurFile(value));

/** The options, after misspelled ones have been reported. `show` turns an option's name into the form in which the page has written it. */
export const checked = (options, show = attribute) => {
  for (const name of Object.keys(options)) {
    const meant = OPTIONS.includes(name) ? undefined : nearest(name);
    if (!meant) continue;
    complain(`${show(name)} is not an option; write ${show(meant)}`);
    // Fail closed: a misspelled data-allowed-hosts allows no host.
    if (meant == 'allowedHosts') options.allowedHosts ??= '';
  }
  return options;
};
