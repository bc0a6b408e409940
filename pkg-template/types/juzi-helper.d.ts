/**
 * The classic script, imported for its effect: `import 'juzi-helper-wasm/juzi-helper.js'`. It installs `window.juziWx` at once,
 * and where there is no window it does nothing.
 *
 * @packageDocumentation
 */
import './index.js';
