// Loads juzi-helper.compat.js, if WebAssembly is refused.
import { loadScript } from './load-script.js';
import { HANDOVER, imports, start } from './start.js';

const COMPAT = { file: 'juzi-helper.compat.js', hash: COMPAT_INTEGRITY, member: HANDOVER };

/**
 * Loads the script, which then answers the calls that wait. `fail` is called if it cannot be loaded; some errors are thrown instead.
 */
export const loadCompat = (tag, options, juziWx, fail) =>
  loadScript(tag, COMPAT, juziWx, (instantiate) => start(() => instantiate(imports), options, juziWx, 'js'), fail);
