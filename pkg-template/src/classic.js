// The script juzi-helper.js. It installs the helper before its tag has finished.
import { block } from 'juzi:calls';
import { offerEarly } from 'juzi:page';
import { globalOf, isHelper } from 'juzi:platform';
import { embedded } from './embedded.js';
import { loadCompat } from './load-compat.js';
import { recordBy } from './load-recorder.js';
import { withPatience } from './patience.js';
import { attempt, imports, listenAgain, start } from './start.js';
import { ownTag } from './tag.js';

const run = (juziWx) => {
  const { element: tag, options: given } = ownTag();
  const options = recordBy(tag, given, juziWx);
  const bytes = embedded();
  const started = ({ exports }) => start(() => exports, options, juziWx, 'wasm');
  let instance;
  try {
    instance = new WebAssembly.Instance(new WebAssembly.Module(bytes), imports);
  } catch {
    // Some engines limit the size of synchronous compilation on the main thread, and a policy may forbid WebAssembly.
    offerEarly(window, options, juziWx);
    const compiled = async () => (await withPatience(WebAssembly.instantiate(bytes, imports))).instance;
    const blocked = (why) =>
      block(
        'webassembly blocked',
        "the page's Content-Security-Policy needs 'wasm-unsafe-eval' in script-src, or to allow juzi-helper.compat.js beside juzi-helper.js.",
        why,
      );
    compiled()
      .then(started, () => loadCompat(tag, options, juziWx, blocked))
      .catch(blocked);
    return;
  }
  started(instance);
};

// If the script is loaded twice, the first instance stays. On a server or in a worker there is no window.
if (globalThis.window) {
  const first = globalOf(window, 'juziWx');
  const juziWx = {};
  if (isHelper(first)) listenAgain(first);
  else attempt(juziWx, () => run(juziWx));
}
