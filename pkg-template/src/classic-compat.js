// The classic script without WebAssembly. A page can load it itself; the ordinary one loads it where WebAssembly is refused.
import { instantiate } from 'juzi:compat';
import { globalOf, isHelper } from 'juzi:page';
import { HANDOVER, imports, start } from './start.js';
import { ownTag, tagOptions } from './tag.js';

const run = () => {
  const juziWx = globalOf(window, 'juziWx');
  if (!isHelper(juziWx)) start(instantiate(imports), tagOptions(ownTag()), {}, 'js');
  else juziWx[HANDOVER]?.(instantiate);
};

// Imported on a server or in a worker: nothing to do.
if (globalThis.window) run();
