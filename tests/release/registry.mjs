// An npm registry on this machine with the packages of a folder of tarballs, and no others. It knows what installing needs: the
// document of a package, and its tarball.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';

/** @returns {Promise<{ url: string, requests: string[], close: () => void }>} `requests`: the paths that were asked for */
export async function startRegistry(folder) {
  const tarballs = readdirSync(folder).filter((name) => name.endsWith('.tgz'));
  const packages = new Map(tarballs.map((file) => [manifestIn(join(folder, file)).name, file]));
  const requests = [];
  const server = createServer((request, response) => {
    const path = decodeURIComponent(request.url.slice(1));
    requests.push(path);
    const file = path.startsWith('-/') ? path.slice(2) : undefined;
    if (tarballs.includes(file)) response.end(readFileSync(join(folder, file)));
    else if (packages.has(path))
      response
        .setHeader('content-type', 'application/json')
        .end(documentOf(join(folder, packages.get(path)), `${url}-/${packages.get(path)}`));
    else response.writeHead(404, { 'content-type': 'application/json' }).end('{"error":"not found"}');
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${server.address().port}/`;
  return { url, requests, close: () => server.close() };
}

function documentOf(file, tarball) {
  const manifest = manifestIn(file);
  const integrity = `sha512-${createHash('sha512').update(readFileSync(file)).digest('base64')}`;
  const versions = { [manifest.version]: { ...manifest, dist: { tarball, integrity } } };
  return JSON.stringify({ name: manifest.name, 'dist-tags': { latest: manifest.version }, versions });
}

export function manifestIn(file) {
  return JSON.parse(execFileSync('tar', ['-xzOf', file, 'package/package.json'], { encoding: 'utf8' }));
}
