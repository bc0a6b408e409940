// Runs scripts in a page in the host, with the installed package and a second copy of it beside the page. In Chromium.
import assert from 'node:assert/strict';
import { cpSync } from 'node:fs';
import { createHost } from '../../pkg/playwright.js';
import { launch, pack, project, serve } from './workshop.mjs';

export const PACKAGE = '/node_modules/juzi-helper-wasm';
const failure = 'const failure = (promise) => promise.then((res) => res?.err_msg ?? "ok", (error) => error.err_msg ?? error.message);';

export async function openSite() {
  const packed = pack();
  const made = project(packed.tarball, {});
  // Another copy, as in a second bundle.
  cpSync(made.path('node_modules/juzi-helper-wasm'), made.path('copy'), { recursive: true });
  const pages = new Map();
  const site = await serve(made.dir, {}, pages);
  const browser = await launch();

  /** Runs `main`, the body of an async function, in a page in the host. Returns its result and the host's calls. */
  async function run(main, { html = '', sidebar = true } = {}) {
    const path = `/p/${pages.size}/`;
    const script = `${failure} (async () => { ${main} })().then((value) => value, (error) => ({ thrown: String(error?.stack ?? error) }))
      .then((value) => { document.documentElement.dataset.result = JSON.stringify(value ?? null); });`;
    pages.set(
      path,
      `<!doctype html><html><head><meta charset="utf-8"><title>page</title></head><body>
      <script>window.unhandled = []; addEventListener('unhandledrejection', ({ reason }) => unhandled.push(String(reason)));
      window.written = []; for (const level of ['error', 'warn']) console[level] = (...what) => written.push(what.map(String).join(' '));</script>
      ${html}<script type="module">${script}</script></body></html>`,
    );
    const url = new URL(path, site.url).href;
    const context = await browser.newContext();
    try {
      const page = await context.newPage();
      const host = await createHost(page, { url, contact: { externalUserId: 'wmA', name: 'Lin' } });
      const frame = sidebar ? host.frame.locator('html[data-result]') : page.locator('html[data-result]');
      if (!sidebar) await page.goto(url);
      await frame.waitFor({ state: 'attached', timeout: 20_000 });
      const result = JSON.parse(await frame.getAttribute('data-result'));
      assert.equal(result?.thrown, undefined);
      return { result, calls: await (sidebar ? host.calls() : []) };
    } finally {
      await context.close();
    }
  }

  async function close() {
    await browser.close();
    await site.close();
    made.remove();
    packed.remove();
  }
  return { made, run, close };
}
