// The classic script: when its tag has run, the helper is in the page.
import { assigned, begin, env, finish, imports, install, message, patch, tick } from 'juzi:glue';
import { block, connect } from 'juzi:shell';
import { placeholder } from './early.js';
import wasm from 'juzi:wasm';

// Named one by one: wasm-bindgen's own ways to start, which fetch, stay out of the script.
const core = { assigned, begin, env, install, message, patch, tick };

const start = () => {
  const options = { ...document.currentScript?.dataset };
  const juziWx = {};
  const installed = () => connect(core, window, options, juziWx, 'wasm');
  const bytes = new Uint8Array(wasm.length);
  for (let at = 0; at < wasm.length; at++) bytes[at] = wasm.charCodeAt(at);
  try {
    finish(new WebAssembly.Instance(new WebAssembly.Module(bytes), imports()));
  } catch {
    // Some engines compile no more than a few kilobytes on the main thread while it waits; a policy may forbid it altogether.
    placeholder(window, options, juziWx);
    const compiled = WebAssembly.instantiate(bytes, imports());
    compiled.then(({ instance }) => finish(instance)).then(installed, (error) => {
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
