// The module with the benchmark's exports, called as `calls.js` calls its own.
import { __wbg_set_wasm } from 'juzi:bench-glue';
import imports from 'juzi:bench-imports';
import wasm from 'juzi:bench-wasm';
import { run } from './run.js';

export { bench_check as check, bench_empty as empty, bench_read as read } from 'juzi:bench-glue';

export const start = (exported) => {
  __wbg_set_wasm(new WebAssembly.Instance(new WebAssembly.Module(wasm), imports).exports);
  run(exported);
};
