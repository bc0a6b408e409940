// A registry on this machine with the tools of these tests, so that other package managers install projects without a network.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { tools } from './tools.mjs';

/**
 * @param {import('node:test').TestContext} t
 * @param {string[]} tarballs packages beside the tools
 * @returns {Promise<string>} its address
 */
export async function startRegistry(t, tarballs) {
  const work = mkdtempSync(join(tmpdir(), 'registry-'));
  t.after(() => rmSync(work, { recursive: true }));
  /** By name and version: the manifest, and what makes the tarball. */
  const packages = new Map();
  const add = (manifest, tarball) => {
    const versions = packages.get(manifest.name) ?? new Map();
    packages.set(manifest.name, versions.set(manifest.version, { manifest, tarball: once(tarball) }));
  };
  for (const file of tarballs) {
    const manifest = JSON.parse(execFileSync('tar', ['-xOzf', file, 'package/package.json'], { encoding: 'utf8' }));
    add(manifest, () => readFileSync(file));
  }
  const lock = JSON.parse(readFileSync(join(tools, 'package-lock.json'), 'utf8'));
  for (const [path, locked] of Object.entries(lock.packages)) {
    if (!path) continue;
    const folder = join(tools, path);
    const name = locked.name ?? path.split('node_modules/').at(-1);
    // Those for other platforms are not installed. Managers read what they are for, and some fetch them.
    const found = existsSync(folder) ? JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) : locked;
    const manifest = { ...found, name, version: locked.version, scripts: {} };
    add(manifest, () => packed(work, folder, manifest));
  }
  const server = createServer((request, response) => {
    const path = decodeURIComponent(new URL(request.url, 'http://localhost').pathname).slice(1);
    const [name, file] = path.split('/-/');
    const versions = packages.get(name);
    const found = file && versions?.get(file.slice(basename(name).length + 1, -'.tgz'.length));
    if (!versions || (file && !found)) return response.writeHead(404).end('{}');
    if (found) return response.writeHead(200, { 'content-type': 'application/octet-stream' }).end(found.tarball());
    // The one that the tools have by its own name; others are older, or deeper.
    const latest = lock.packages[`node_modules/${name}`]?.version ?? [...versions.keys()].at(-1);
    const all = [...versions].map(([version, { manifest, tarball }]) => [
      version,
      {
        ...manifest,
        dist: { tarball: `http://${request.headers.host}/${name}/-/${basename(name)}-${version}.tgz`, integrity: integrityOf(tarball()) },
      },
    ]);
    // Long ago: Yarn and others refuse what is new.
    const time = Object.fromEntries([...versions.keys()].map((version) => [version, '2020-01-01T00:00:00.000Z']));
    const body = { name, 'dist-tags': { latest }, versions: Object.fromEntries(all), time };
    return response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${server.address().port}`;
}

function once(make) {
  let made;
  return () => (made ??= make());
}

const integrityOf = (content) => `sha512-${createHash('sha512').update(content).digest('base64')}`;

/** A tarball of an installed package, without the packages inside it; of one for another platform, which nothing runs, its manifest. */
function packed(work, folder, manifest) {
  const dir = mkdtempSync(join(work, 'p-'));
  if (existsSync(folder)) symlinkSync(folder, join(dir, 'package'));
  else {
    mkdirSync(join(dir, 'package'));
    writeFileSync(join(dir, 'package/package.json'), JSON.stringify(manifest));
  }
  // `-h` follows the link.
  const tar = execFileSync('tar', ['-chf', '-', '--exclude', 'package/node_modules', 'package'], { cwd: dir, maxBuffer: 1 << 29 });
  rmSync(dir, { recursive: true });
  return gzipSync(tar, { level: 1 });
}
