// The helper's own script element: which one it is, and what its data-* attributes say.
import { writeError } from 'juzi:calls';
import { getter, methodOf, runningScript } from 'juzi:page';
import { OPTIONS, nearest } from './option-names.js';

const { Document, HTMLElement, HTMLScriptElement } = globalThis;
const dataset = getter(HTMLElement, 'dataset');
const source = getter(HTMLScriptElement, 'src');
const querySelectorAll = methodOf(Document, 'querySelectorAll');

const kebab = (name) => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
const attribute = (name) => `data-${kebab(name)}`;

/** Only of a script element the platform reads a `src` this way. */
const isScript = (element) => {
  try {
    return typeof source(element) == 'string';
  } catch {
    return false;
  }
};

/** The element of the running script; null where the script is a module. */
export const ownTag = () => {
  const element = runningScript(document);
  return isScript(element) ? element : null;
};

/** What the tag says, for the core; undefined where there is nothing to say. */
export const tagOptions = (tag) => {
  const options = tag ? attributesOf(tag) : ofModule();
  for (const name of Object.keys(options ?? {})) {
    const meant = OPTIONS.includes(name) ? undefined : nearest(name);
    if (!meant) continue;
    writeError(`juzi-helper: ${attribute(name)} is not an option; write ${attribute(meant)}`);
    // Whoever meant to name hosts is not to talk to all of them.
    if (meant == 'allowedHosts') options.allowedHosts ??= '';
  }
  return options;
};

/**
 * A module has no running script. Its tag is the one element that looks like it, by the name of the file or by an option. Where
 * several do, which is not to be guessed: with `data-allowed-hosts` on one of them nobody is allowed.
 */
const ofModule = () => {
  const named = OPTIONS.map((name) => `script[${attribute(name)}]`);
  const found = [...querySelectorAll(document, ['script[src]', ...named].join())].filter(isScript);
  const ours = found.filter((element) => isOurs(source(element)) || OPTIONS.some((name) => name in attributesOf(element)));
  if (ours.length < 2) return ours.length ? attributesOf(ours[0]) : undefined;
  const limited = ours.some((element) => 'allowedHosts' in attributesOf(element));
  writeError(
    `juzi-helper: ${ours.length} script elements look like the helper's own, so that their data-* options are not read${
      limited ? ' and no host is allowed' : ''
    }. Load the helper without type="module", or keep one of them.`,
  );
  return limited ? { allowedHosts: '' } : undefined;
};

const isOurs = (url) => /\/juzi-helper(\.compat)?\.js(\?|#|$)/.test(url);
/** Without a prototype: what a script has put on every object is no attribute. */
const attributesOf = (element) => ({ __proto__: null, ...dataset(element) });
