// The helper's own script element: which one it is, and what its data-* attributes say.
import { getter, methodOf, runningScript } from 'juzi:page';
import { OPTIONS, nearest } from './option-names.js';

const { Document, HTMLElement, HTMLScriptElement, console } = globalThis;
const dataset = getter(HTMLElement, 'dataset');
const source = getter(HTMLScriptElement, 'src');
const querySelectorAll = methodOf(Document, 'querySelectorAll');

const kebab = (name) => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
const attribute = (name) => `data-${kebab(name)}`;

/** Only of a script element the platform reads a `src` this way. */
const isScript = (element) => {
  try {
    return isString(source(element));
  } catch {
    return false;
  }
};
const isString = (value) => typeof value == 'string';

/** The element of the running script; null where the script is a module. */
export const ownTag = () => {
  const element = runningScript(document);
  return isScript(element) ? element : null;
};

/** What the tag says, for the core; undefined where there is nothing to say. */
export const tagOptions = (tag) => {
  const options = tag ? { ...dataset(tag) } : ofModule();
  for (const name of Object.keys(options ?? {})) {
    const meant = OPTIONS.includes(name) ? undefined : nearest(name);
    if (!meant) continue;
    console.error(`juzi-helper: ${attribute(name)} is not an option; write ${attribute(meant)}`);
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
  const ours = found.filter((element) => isOurs(source(element)) || OPTIONS.some((name) => name in ownMembers(dataset(element))));
  if (ours.length < 2) return ours.length ? { ...dataset(ours[0]) } : undefined;
  const limited = ours.some((element) => 'allowedHosts' in ownMembers(dataset(element)));
  console.error(
    `juzi-helper: ${ours.length} script elements look like the helper's own, so that their data-* options are not read${
      limited ? ' and no host is allowed' : ''
    }. Load the helper without type="module", or keep one of them.`,
  );
  return limited ? { allowedHosts: '' } : undefined;
};

const isOurs = (url) => /\/juzi-helper(\.compat)?\.js(\?|#|$)/.test(url);
const ownMembers = (map) => ({ __proto__: null, ...map });
