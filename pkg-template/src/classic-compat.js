// The script without WebAssembly. juzi-helper.js loads it if WebAssembly is refused; a page can also load it directly.
import { instantiate } from 'juzi:compat';
import { globalOf, isHelper } from 'juzi:page';
import { HANDOVER, imports, start } from './start.js';
import { ownTag } from './tag.js';

const run = () => {
  const juziWx = globalOf(window, 'juziWx');
  if (!isHelper(juziWx)) start(instantiate(imports), ownTag().options, {}, 'js');
  else juziWx[HANDOVER]?.(instantiate);
};

// On a server or in a worker there is no window.
if (globalThis.window) run();
