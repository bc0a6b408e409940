// The Dockerfile: built and started where docker or podman runs. Elsewhere what it describes is started without a container: its files
// alone in an empty root directory, its user, its entrypoint.
import assert from 'node:assert/strict';
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { createInterface } from 'node:readline';
import test from 'node:test';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const dockerfile = readFileSync(join(root, 'Dockerfile'), 'utf8');
const instruction = (name) => new RegExp(`^${name} (.*)$`, 'm').exec(dockerfile)[1];
const entrypoint = JSON.parse(instruction('ENTRYPOINT'));
const user = instruction('USER');
const architecture = { x64: 'amd64', arm64: 'arm64' }[process.arch];
const runtime = ['docker', 'podman'].find((name) => spawnSync(name, ['info'], { stdio: 'ignore' }).status === 0);

/**
 * Waits for the workbench's greeting, asks for the console, stops it.
 * @returns {Promise<{ greeting: string, page: string, code: number }>}
 */
async function visit(child, stop) {
  const lines = [];
  const ended = once(child, 'close').then(([code]) => code);
  await new Promise((resolve, reject) => {
    const reader = createInterface({ input: child.stdout });
    reader.on('line', (line) => (lines.push(line), line.includes('Ctrl-C') && resolve()));
    reader.on('close', () => reject(new Error(`it ended: ${lines.join('\n')}`)));
  });
  const greeting = lines.join('\n');
  const answer = await fetch(/Console +(\S+)/.exec(greeting)[1]);
  const page = await answer.text();
  stop();
  return { greeting, page, code: await ended };
}

function check({ greeting, page, code }) {
  assert.match(greeting, /Warning: other machines can reach this workbench/);
  assert.match(page, /<title>/);
  assert.equal(code, 0, 'SIGTERM, which stops a container, ends it in order');
}

test('the user is not root, and the entrypoint listens for other machines', () => {
  assert.match(user, /^[1-9]\d*:[1-9]\d*$/, 'a number, because an empty image has no names');
  assert.deepEqual(entrypoint, ['/juzi-workbench', '--host', '0.0.0.0']);
});

/** More options for `run`. A machine that is a container itself may need, say, `--network host --ulimit nofile=1024:1024`. */
const options = process.env.JUZI_CONTAINER_OPTIONS?.split(' ') ?? [];

test('the image is built and started', { skip: !runtime && 'neither docker nor podman runs here' }, async (context) => {
  const image = 'juzi-workbench-check';
  execFileSync(runtime, ['build', '--build-arg', `TARGETARCH=${architecture}`, '--tag', image, root], { stdio: 'inherit' });
  const name = `${image}-${process.pid}`;
  // The workbench prints the port that it has inside, so it has the same outside. A free one is found first.
  const port = await freePort();
  const network = options.includes('--network') ? [] : ['--publish', `127.0.0.1:${port}:${port}`];
  const args = ['run', '--rm', ...options, '--name', name, ...network, image, '--port', `${port}`];
  try {
    const { stdout, stderr } = spawnSync(runtime, ['run', '--rm', ...options, image, '--version'], { encoding: 'utf8' });
    if (/setrlimit|cgroups?\b/.test(stderr))
      return context.skip(`the image was built, but ${runtime} may not start containers here (JUZI_CONTAINER_OPTIONS): ${stderr.trim()}`);
    assert.match(stdout, /^juzi-workbench \d/, stderr);
    check(
      await visit(spawn(runtime, args, { stdio: ['ignore', 'pipe', 'inherit'] }), () =>
        execFileSync(runtime, ['stop', name], { stdio: 'ignore' }),
      ),
    );
  } finally {
    spawnSync(runtime, ['rmi', '--force', image], { stdio: 'ignore' });
  }
});

test(
  'its files alone, in an empty root directory, are enough',
  { skip: process.getuid?.() !== 0 && 'only root can change the root directory' },
  async () => {
    const folder = mkdtempSync(join(tmpdir(), 'juzi-container-'));
    try {
      for (const [, sources] of dockerfile.matchAll(/^COPY (.*) \S+$/gm)) {
        for (const source of sources.split(' '))
          copyFileSync(join(root, source.replace('${TARGETARCH}', architecture)), join(folder, basename(source)));
      }
      execFileSync('chmod', ['755', folder]);
      const child = spawn('chroot', [`--userspec=${user}`, folder, ...entrypoint, '--port', '0'], { stdio: ['ignore', 'pipe', 'inherit'] });
      check(await visit(child, () => child.kill('SIGTERM')));
    } finally {
      rmSync(folder, { recursive: true });
    }
  },
);

async function freePort() {
  const { createServer } = await import('node:net');
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}
