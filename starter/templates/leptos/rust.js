import { spawn } from 'node:child_process';

/** Compiles the page before the dev server starts, and again when a source file changes. */
export const rust = () => ({
  name: 'rust',
  apply: 'serve',
  async configureServer(server) {
    // The tests load this configuration too, and need no page.
    if (process.env.VITEST) return;
    await compile();
    let last = Promise.resolve();
    server.watcher.on('change', (path) => {
      if (path.endsWith('.rs')) last = last.then(compile).then((ok) => ok && server.ws.send({ type: 'full-reload' }));
    });
  },
  config: () => ({ server: { watch: { ignored: ['**/target/**'] } } }),
});

/** Whether it compiled. wasm-pack prints what is wrong. */
function compile() {
  const child = spawn('wasm-pack build --dev --target web --no-pack', { stdio: 'inherit', shell: true });
  return new Promise((resolve) => child.on('close', (code) => resolve(code === 0)));
}
