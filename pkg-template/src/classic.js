// The classic script: when its tag has run, the helper is in the page.
import { block } from 'juzi:calls';
import { globalOf, isHelper, offerEarly } from 'juzi:page';
import { embedded } from './embedded.js';
import { loadCompat } from './load-compat.js';
import { withPatience } from './patience.js';
import { imports, start } from './start.js';
import { ownTag, tagOptions } from './tag.js';

const run = () => {
  const tag = ownTag();
  const options = tagOptions(tag);
  const juziWx = {};
  const bytes = embedded();
  const started = ({ exports }) => start(exports, options, juziWx, 'wasm');
  let instance;
  try {
    instance = new WebAssembly.Instance(new WebAssembly.Module(bytes), imports);
  } catch {
    // Some engines compile no more than a few kilobytes on the main thread while it waits; a policy may forbid it altogether.
    offerEarly(window, options, juziWx);
    const compiled = async () => (await withPatience(WebAssembly.instantiate(bytes, imports))).instance;
    const blocked = (why) =>
      block(
        'webassembly blocked',
        "the page's Content-Security-Policy needs 'wasm-unsafe-eval' in script-src, or to allow juzi-helper.compat.js beside juzi-helper.js.",
        why,
      );
    compiled().then(started, () => loadCompat(tag, options, juziWx, blocked)).catch(blocked);
    return;
  }
  started(instance);
};

// Loaded twice: the first instance stays. Imported on a server or in a worker: nothing to do.
if (globalThis.window && !isHelper(globalOf(window, 'juziWx'))) run();
