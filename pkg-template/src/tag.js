// Finds the helper's own script element and the options: its data-* attributes, and `window.juziHelperOptions` (spec section 9).
import { complain } from 'juzi:calls';
import { getter, globalOf, methodOf, passes, runningScript } from 'juzi:page';
import { get, isFunction, isObject } from 'juzi:values';
import { OPTIONS, nearest } from './option-names.js';

const { Document, Element, HTMLElement, HTMLScriptElement, Set } = globalThis;
const dataset = getter(HTMLElement, 'dataset');
const source = getter(HTMLScriptElement, 'src');
const outerHTML = getter(Element, 'outerHTML');
const documentElement = getter(Document, 'documentElement');
const querySelectorAll = methodOf(Document, 'querySelectorAll');

const kebab = (name) => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
const attribute = (name) => `data-${kebab(name)}`;
const GLOBAL = 'juziHelperOptions';

const isScript = (element) => passes(source, element);
/** Without a prototype, so that members of `Object.prototype` are no attributes. */
const attributesOf = (element) => ({ __proto__: null, ...(element && dataset(element)) });
const hasOption = (element) => OPTIONS.some((name) => name in attributesOf(element));
/** Whether the options name hosts, also by a misspelt name. */
const limits = (options) => Object.keys(options).some((name) => (OPTIONS.includes(name) ? name : nearest(name)) == 'allowedHosts');
/** Whether an element has a file of ours, which may have a version or a hash in its name. */
const isOurs = (element) => /\/juzi-helper[^/?#]*\.js(\?|#|$)/.test(source(element));

/** The running script by the platform, and by a loader that runs scripts itself and says which. Markup cannot name a script element. */
const runningScripts = () => {
  const found = [runningScript(document)];
  try {
    found.push(document.currentScript);
  } catch {
    // A proxy in the document's place.
  }
  return found.filter(isScript);
};

/**
 * The options, and the running script's element, null for a module script.
 *
 * A running script that has neither a file of ours nor `data-allowed-hosts` may be a loader's, which has fetched our text, or a copy that
 * a loader has made without the attributes. Then the element is looked for in the document.
 */
export const ownTag = () => {
  const given = pageOptions();
  const running = runningScripts();
  const own = running.find((element) => isOurs(element) || limits(attributesOf(element)));
  const options = attributesOf(own);
  // Another file is loaded from the folder of a script that runs, never from that of an element which markup could have added.
  const finish = (found) => ({ element: own ?? running[0] ?? null, options: checked({ __proto__: null, ...given, ...found }) });
  if (own && (limits(options) || given)) return finish(options);

  const named = OPTIONS.map((name) => `script[${attribute(name)}]`);
  const inDocument = [...querySelectorAll(document, ['script[src]', ...named].join())].filter(isScript);
  const others = [...new Set([...running, ...inDocument])].filter((element) => element !== own && (isOurs(element) || hasOption(element)));
  if (own && !others.some((element) => limits(attributesOf(element)))) return finish(options);
  if (others.length == 1) return finish({ ...attributesOf(others[0]), ...options });
  if (given) return finish(options);
  return finish(others.length ? ofSeveral(own ? [own, ...others] : others) : ofNone());
};

/** The options if several elements may be the helper's: none is read. */
const ofSeveral = (elements) => {
  const limited = elements.some((element) => limits(attributesOf(element)));
  complain(
    `${elements.length} script elements look like the helper's: their data-* options are not read${
      limited ? ', and no host is allowed' : ''
    }. Load it without type="module", keep one, or set window.${GLOBAL}.`,
  );
  return limited ? { allowedHosts: '' } : {};
};

/** The options if no element can be the helper's. If the page's text shows that hosts were meant, none is allowed. */
const ofNone = () => {
  const limited = /data-allow(ed)?-?hosts?/i.test(outerHTML(documentElement(document)));
  const text = `the helper's script element was not found, and with it no data-* option. Give the options as window.${GLOBAL} = { allowedHosts: […] } before the helper runs`;
  if (limited) complain(`${text}. The page mentions data-allowed-hosts, so no host is allowed`);
  else {
    try {
      console.warn(`juzi-helper: ${text}, or {} for none.`);
    } catch {
      // The page's own console.
    }
  }
  return limited ? { allowedHosts: '' } : {};
};

/** The options in `window.juziHelperOptions`; undefined if the page has not set it. If they cannot be read, no host is allowed. */
const pageOptions = () => {
  const given = globalOf(window, GLOBAL);
  if (given === undefined) return undefined;
  const options = { __proto__: null };
  try {
    if (!isObject(given) || isFunction(given)) throw new TypeError('it must be an object');
    for (const name of Object.keys(given)) {
      const value = get(given, name);
      if (value !== undefined) options[name] = value;
    }
    // As `init` does: it must not mean "any host".
    if (options.allowedHosts === null) throw new TypeError('allowedHosts must be an array of origins, but it is null');
  } catch (error) {
    complain(`window.${GLOBAL} cannot be read, and no host is allowed:`, error);
    options.allowedHosts = '';
  }
  return options;
};

/** Reports misspelt options. A misspelt `allowedHosts` allows no host. */
const checked = (options) => {
  for (const name of Object.keys(options)) {
    const meant = OPTIONS.includes(name) ? undefined : nearest(name);
    if (!meant) continue;
    complain(`${attribute(name)} is not an option; write ${attribute(meant)}`);
    if (meant == 'allowedHosts') options.allowedHosts ??= '';
  }
  return options;
};
