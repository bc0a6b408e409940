/**
 * The classic script without WebAssembly, for pages and browsers that do not allow it. `juzi-helper.js` loads it by itself where it
 * has to.
 *
 * @packageDocumentation
 */
import './index.js';
