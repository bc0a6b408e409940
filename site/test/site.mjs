// Shared by the tests of the built site: the site below a path, served with a strict policy, and Chromium.
import assert from 'node:assert/strict';
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { launch } from '../../tests/npm/workshop.mjs';
import { dist } from '../lib/places.mjs';
import { relocate } from '../lib/relocate.mjs';
import { serveSite } from '../lib/static-server.mjs';

export { dist, launch };

/** A path that no page is written for. */
export const BASE = '/some/where/';

/** The built site, moved from `/` to `BASE`, as `./build.sh site --base` would have built it. */
export async function servedBelowAPath() {
  assert.ok(existsSync(join(dist, 'index.html')), 'the site is not built: run ./build.sh site');
  const { base } = JSON.parse(readFileSync(join(dist, 'built.json'), 'utf8'));
  assert.equal(base, '/', 'these tests need a site that was built without --base');
  const dir = mkdtempSync(join(tmpdir(), 'site-'));
  cpSync(new URL('../../target/site/pages/', import.meta.url), dir, { recursive: true });
  relocate(dir, '/__site__/', BASE);
  const { url, close } = await serveSite(dir, { base: BASE });
  return {
    url,
    dir,
    close: async () => {
      await close();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

/** @param {string} dir */
const htmlIn = (dir) =>
  readdirSync(dir, { recursive: true })
    .map((name) => String(name).replaceAll('\\', '/'))
    .filter((name) => name.endsWith('.html'))
    .sort();
/** The site's own pages, as paths below its base; without rustdoc's and the console's. @param {string} dir */
export const pagesIn = (dir) =>
  htmlIn(dir).filter((name) => !name.startsWith('crate/') && !name.startsWith('playground/') && name !== '404.html');
/** Rustdoc's. @param {string} dir */
export const cratePagesIn = (dir) => htmlIn(dir).filter((name) => name.startsWith('crate/'));

/** Notes what a page reports: errors, and violations of its policy. @param {import('playwright-core').Page} page */
export async function watched(page) {
  const problems = [];
  page.on('pageerror', (error) => problems.push(`error: ${error.message}`));
  page.on('console', (message) => {
    if (message.type() === 'error') problems.push(`console: ${message.text()}`);
  });
  await page.addInitScript(() => {
    addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI, sourceFile, lineNumber }) =>
      console.error(`policy: ${effectiveDirective} ${blockedURI} ${sourceFile}:${lineNumber}`),
    );
  });
  return problems;
}
