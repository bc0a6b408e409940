// `window.juziHelperOptions`: the options as a script gives them, for a page whose script tag a loader removes.
import { complain } from 'juzi:calls';
import { get, hasOwn, isObject } from 'juzi:members';
import { isFromMarkup, passes } from 'juzi:platform';
import { isFunction } from 'juzi:values';
import { OPTIONS } from './option-names.js';
import { checked } from './script-options.js';

const NAME = 'juziHelperOptions';

/** `window.juziHelperOptions ||= {}` finds an element of that name, and the options become members of the element. */
const isMistaken = (found) =>
  isFromMarkup(found) && passes((element) => (hasOwn(element, 'allowedHosts') && !isFromMarkup(element.allowedHosts)) || undefined, found);

/** The options; undefined if there are none. Unreadable options allow no host. */
export const pageOptions = () => {
  try {
    const found = window[NAME];
    const isOwn = hasOwn(window, NAME);
    if (found === undefined || (!isOwn && !isMistaken(found))) return undefined;
    if (isObject(found) && !isFunction(found) && !isFromMarkup(found)) return checked(membersOf(found), (name) => `${NAME}.${name}`);
  } catch {
    // A getter of the page has thrown an exception.
  }
  complain(`${NAME} must be an object with readable members: no host is allowed`);
  return { __proto__: null, allowedHosts: '' };
};

/** Each member is read once. */
const membersOf = (found) => {
  const options = { __proto__: null };
  for (const name of new Set([...OPTIONS, ...Object.keys(found)])) {
    const option = get(found, name);
    if (option !== undefined) options[name] = option;
  }
  // Fail closed: `null` must not mean "any host".
  if (options.allowedHosts === null) options.allowedHosts = '';
  return options;
};
