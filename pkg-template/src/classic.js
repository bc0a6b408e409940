// The classic script: when its tag has run, the helper is in the page.
import init, * as core from 'juzi:glue';
import { block, connect } from 'juzi:shell';
import { placeholder } from './early.js';
import wasm from 'juzi:wasm';

const start = () => {
  const options = { ...document.currentScript?.dataset };
  const juziWx = {};
  const installed = () => connect(core, window, options, juziWx, 'wasm');
  const module_or_path = new Uint8Array(wasm.length);
  for (let at = 0; at < wasm.length; at++) module_or_path[at] = wasm.charCodeAt(at);
  try {
    core.initSync({ module: module_or_path });
  } catch {
    // Some engines compile no more than a few kilobytes on the main thread while it waits; a policy may forbid it altogether.
    placeholder(window, options, juziWx);
    init({ module_or_path }).then(installed, (error) => {
      block(
        'webassembly blocked',
        "the page's Content-Security-Policy needs 'wasm-unsafe-eval' in script-src, if it has one.",
        error,
      );
    });
    return;
  }
  installed();
};

// Loaded twice: the first instance stays. Imported on a server or in a worker: nothing to do.
if (globalThis.window && !window.juziWx?.isJuziWx) start();
