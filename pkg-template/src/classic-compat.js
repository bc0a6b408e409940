// The classic script without WebAssembly. A page can load it itself; the ordinary one loads it where WebAssembly is refused.
import { instantiate } from 'juzi:compat';
import { HANDOVER, imports, start } from './start.js';

const run = () => {
  const waiting = window.juziWx?.[HANDOVER];
  if (waiting) waiting(instantiate);
  else if (!window.juziWx?.isJuziWx) start(instantiate(imports()), { ...document.currentScript?.dataset }, {}, 'js');
};

// Imported on a server or in a worker: nothing to do.
if (globalThis.window) run();
