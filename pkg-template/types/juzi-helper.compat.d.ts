/**
 * The classic script without WebAssembly, for pages and browsers that do not allow it. `juzi-helper.js` loads this script
 * automatically when it has to.
 *
 * @packageDocumentation
 */
import './index.js';
