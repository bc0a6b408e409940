/** What the workbench prints and answers: its help, and the configuration for the console. */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './places.mjs';

const binary = join(process.env.CARGO_TARGET_DIR ?? join(root, 'target'), 'debug/juzi-workbench');

export async function askWorkbench() {
  if (!existsSync(binary)) throw new Error(`${binary} is not built: run ./build.sh`);
  const { stdout: help } = spawnSync(binary, ['--help'], { encoding: 'utf8' });
  const { url, stop } = await startWorkbench();
  try {
    return { help, config: await (await fetch(`${url}/_workbench/config`)).json() };
  } finally {
    stop();
  }
}

/** Starts a workbench on a free port. @param {string[]} [more] */
export async function startWorkbench(more = []) {
  const child = spawn(binary, ['--port', '0', ...more], { stdio: ['ignore', 'pipe', 'inherit'] });
  const url = await new Promise((resolve, reject) => {
    let seen = '';
    child.stdout.setEncoding('utf8').on('data', (text) => {
      seen += text;
      const found = /Hub\s+(\S+)/.exec(seen);
      if (found) resolve(found[1]);
    });
    child.on('exit', (status) => reject(new Error(`the workbench ended with ${status}: ${seen}`)));
  });
  return { url, stop: () => child.kill('SIGINT') };
}
