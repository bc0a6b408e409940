// The script without WebAssembly. juzi-helper.js loads it if WebAssembly is refused; a page can also load it directly.
// The module is last: the script is smaller after Brotli if it follows the rest.
import { recordBy } from './load-recorder.js';
import { HANDOVER, attempt, imports, listenAgain, start } from './start.js';
import { ownTag } from './tag.js';
import { globalOf, isHelper } from 'juzi:platform';
import { instantiate } from 'juzi:compat';

const run = () => {
  const first = globalOf(window, 'juziWx');
  if (isHelper(first)) {
    if (first[HANDOVER]) first[HANDOVER](instantiate);
    else listenAgain(first);
    return;
  }
  const juziWx = {};
  attempt(juziWx, () => {
    const { element, options } = ownTag();
    start(() => instantiate(imports), recordBy(element, options, juziWx), juziWx, 'js');
  });
};

// On a server or in a worker there is no window.
if (globalThis.window) run();
