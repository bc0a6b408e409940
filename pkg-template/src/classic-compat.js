// The script without WebAssembly. juzi-helper.js loads it if WebAssembly is refused; a page can also load it directly.
import { instantiate } from 'juzi:compat';
import { globalOf, isHelper } from 'juzi:page';
import { recordBy } from './load-recorder.js';
import { HANDOVER, attempt, imports, listenAgain, start } from './start.js';
import { ownTag } from './tag.js';

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
