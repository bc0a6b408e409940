// Finds the helper's own script element and its options (spec section 9).
import { runningScript } from 'juzi:page';
import { realDocument } from 'juzi:platform';
import { pageOptions } from './page-options.js';
import { attributesOf, checked, hasOptions, isOurFile, isScript, limits, namesUs, source } from './script-options.js';
import { tracedOptions } from './traces.js';

/** Whether a script element is ours: by the file's name, or, under another name or inline, by one of our options. */
const isOurs = (script) => namesUs(script) || hasOptions(attributesOf(script));

/** The running script, if a loader that runs the tag's text has defined `document.currentScript`. Markup cannot put a script there. */
const toldScript = () => {
  try {
    return document.currentScript;
  } catch {
    return null;
  }
};

/** The options, those of the tag first. If neither it nor the page gives `allowedHosts`, the tag may be lost: the document is searched. */
const optionsOf = (tag) => {
  const given = pageOptions();
  const own = tag && isOurs(tag) ? checked(attributesOf(tag)) : undefined;
  const options = { __proto__: null, ...given, ...own };
  if ('allowedHosts' in options) return options;
  const traced = tracedOptions(realDocument(), tag, Boolean(tag) && isOurFile(source(tag)), given ?? own);
  return traced ? { __proto__: null, ...checked(traced), ...options } : options;
};

/** The running script's element (ours if known, null for a module script), and the options. */
export const ownTag = () => {
  const running = runningScript();
  const ours = [running, toldScript()].filter((script) => isScript(script) && isOurs(script));
  // A loader's copy may lack the attributes. The other file is loaded from the folder of the running script, not of a tag found elsewhere.
  const element = ours.find((script) => limits(attributesOf(script))) ?? ours[0] ?? (isScript(running) ? running : null);
  return { element, options: optionsOf(element) };
};
