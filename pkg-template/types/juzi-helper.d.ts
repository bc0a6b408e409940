/**
 * The classic script, imported for its side effect: `import 'juzi-helper-wasm/juzi-helper.js'`. It installs `window.juziWx` at
 * once. Without a window it does nothing.
 *
 * @packageDocumentation
 */
import './index.js';
