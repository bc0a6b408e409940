// The module with the benchmark's exports. `patch` is the one call of the shell's that runs an export with a value of the
// caller's and returns what stands at the place that it gave; so the benchmark's take its place.
import { initSync, install } from 'juzi:bench-glue';
import wasm from 'juzi:bench-wasm';
import { connect, member } from 'juzi:shell';
import { run } from './run.js';

export { bench_check as check, bench_empty as empty, bench_read as read } from 'juzi:bench-glue';

export const start = (exported) => {
  initSync({ module: wasm });
  connect({ install, patch: exported }, window, {}, {}, 'wasm');
  run(member('patch'));
};
