/** Serves dist/site/ on this machine. `--open` opens it in the browser. */
import { spawn } from 'node:child_process';
import { parseArgs } from 'node:util';
import { dist } from './lib/places.mjs';
import { serveSite } from './lib/static-server.mjs';

const { values } = parseArgs({
  options: { base: { type: 'string', default: '/' }, open: { type: 'boolean', default: false }, port: { type: 'string', default: '4173' } },
});
const { url } = await serveSite(dist, { base: values.base, port: Number(values.port) });
console.log(`The site is at ${url} (Ctrl-C stops the server).`);
if (values.open) {
  const [command, ...args] = { darwin: ['open'], win32: ['cmd', '/c', 'start'] }[process.platform] ?? ['xdg-open'];
  spawn(command, [...args, url], { stdio: 'ignore', detached: true })
    .on('error', () => {})
    .unref();
}
