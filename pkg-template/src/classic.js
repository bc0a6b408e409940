// The classic script: when its tag has run, the helper is in the page.
import { block } from 'juzi:calls';
import { callDocument, currentScript, isInstalled, offerEarly } from 'juzi:page';
import { embedded } from './embedded.js';
import { loadCompat } from './load-compat.js';
import { imports, start } from './start.js';

/**
 * What the tag says. `document.currentScript` is the first element that many a page hands to a script, and to make that possible
 * takes a browser longer than to compile the module: so first a look whether any element says something.
 */
const readOptions = () => {
  const anywhere = callDocument('querySelector', '[data-allowed-hosts],[data-timeout],[data-force],[data-bridge],[data-debug]');
  // The core need not read what is not there.
  return anywhere ? { ...currentScript()?.dataset } : undefined;
};

const run = () => {
  const options = readOptions();
  const juziWx = {};
  const bytes = embedded();
  const started = ({ exports }) => start(exports, options, juziWx, 'wasm');
  let instance;
  try {
    instance = new WebAssembly.Instance(new WebAssembly.Module(bytes), imports);
  } catch {
    const script = currentScript();
    // Some engines compile no more than a few kilobytes on the main thread while it waits; a policy may forbid it altogether.
    offerEarly(window, options, juziWx);
    const compiled = (async () => (await WebAssembly.instantiate(bytes, imports)).instance)();
    const blocked = (why) =>
      block(
        'webassembly blocked',
        "the page's Content-Security-Policy needs 'wasm-unsafe-eval' in script-src, or to allow juzi-helper.compat.js beside juzi-helper.js.",
        why,
      );
    compiled.then(started, () => loadCompat(script, options, juziWx, blocked)).catch(blocked);
    return;
  }
  started(instance);
};

// Loaded twice: the first instance stays. Imported on a server or in a worker: nothing to do.
if (globalThis.window && !isInstalled(window)) run();
