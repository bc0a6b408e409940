// The classic script without WebAssembly. A page can load it itself; the ordinary one loads it where WebAssembly is refused.
import { instantiate } from 'juzi:compat';
import { currentScript, isInstalled } from 'juzi:page';
import { HANDOVER, imports, start } from './start.js';

const run = () => {
  const waiting = window.juziWx?.[HANDOVER];
  if (waiting) waiting(instantiate);
  else if (!isInstalled(window)) start(instantiate(imports), { ...currentScript()?.dataset }, {}, 'js');
};

// Imported on a server or in a worker: nothing to do.
if (globalThis.window) run();
