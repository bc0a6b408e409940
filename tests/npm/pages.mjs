// A page as a user of the package has it: built from the tarball, loaded in Chromium inside the host, with real calls. The test files that
// import this share no process, so each has its own tarball and browser.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { after, before } from 'node:test';
import { createHost } from '../../pkg/playwright.js';
import { launch, pack, project, serve } from './workshop.mjs';

export let packed;
export let browser;
before(async () => {
  packed = pack();
  browser = await launch();
});
after(async () => {
  await browser?.close();
  packed?.remove();
});

/** A page's code: a call before init, calls after it, and a failure. */
export const MAIN = (from = 'juzi-helper-wasm') => `
  import { init, juziWx, JuziError, oauth } from '${from}';
  const show = (result) => { document.documentElement.dataset.result = JSON.stringify(result); };
  const early = juziWx.getCurExternalContact();
  init().then(async ({ env }) => {
    const { userId } = await early;
    await juziWx.sendChatMessage({ msgtype: 'text', text: { content: 'Hello ' + userId } });
    const failed = await juziWx.getCurExternalChat().catch((error) => error);
    show({ userId, inSidebar: env.inSidebar, engine: env.engine, same: window.juziWx === juziWx,
      failed: failed instanceof JuziError && failed.code, state: oauth.newState().length });
  }).catch((error) => show({ error: String(error.stack ?? error), cause: String(error.cause) }));
`;
export const HTML = (script) => `<!doctype html><html><head><meta charset="utf-8"><title>page</title></head><body>${script}</body></html>`;
export const EXPECTED = { userId: 'wmA', inSidebar: true, engine: 'wasm', same: true, failed: 'fail', state: 32 };

/** Loads an address in the host and waits for the page's result. */
export async function inHost(url, look = (host) => host, people = { contact: { externalUserId: 'wmA', name: 'Lin' } }) {
  const context = await browser.newContext();
  const page = await context.newPage();
  const console_ = [];
  page.on('console', (message) => console_.push(`${message.type()}: ${message.text()} (${message.location().url})`));
  page.on('pageerror', (error) => console_.push(`uncaught: ${error.message}`));
  try {
    const host = await createHost(page, { url, ...people });
    const html = host.frame.locator('html[data-result]');
    await html.waitFor({ state: 'attached', timeout: 20_000 }).catch((error) => {
      throw new Error(`${error.message}\n${console_.join('\n')}`);
    });
    const result = JSON.parse(await html.getAttribute('data-result'));
    assert.equal(result.error, undefined, `${result.error} ${result.cause}\n${console_.join('\n')}`);
    await look(host);
    return { result, sent: await host.sent(), calls: await host.calls() };
  } finally {
    await context.close();
  }
}

export async function works(url) {
  const { result, sent } = await inHost(url);
  assert.deepEqual(result, EXPECTED);
  assert.deepEqual(
    sent.map(({ chat, messages }) => [chat.name, messages]),
    [['Lin', [{ msgtype: 'text', content: { content: 'Hello wmA' } }]]],
  );
}

/** A project that `build` builds and that is served from `out`. `parent` has the tools. */
export async function built(t, files, build, { out = 'dist', parent } = {}) {
  const made = project(packed.tarball, files, parent);
  t.after(made.remove);
  await build(made);
  const site = await serve(made.path(out));
  t.after(site.close);
  return { made, site };
}

/**
 * Starts a third-party server in a project and reads its address from its output. After the test the server is ended before the project is
 * removed, because a running server would write into the folder again.
 */
export async function running(t, script, args, made, address, env = {}) {
  const options = { cwd: made.dir, env: { ...process.env, NO_COLOR: '1', FORCE_COLOR: '0', ...env }, stdio: ['ignore', 'pipe', 'pipe'] };
  // In its own process group, because some servers start processes.
  const child = spawn('node', [script, ...args], { ...options, detached: true });
  const ended = new Promise((resolve) => child.once('close', resolve));
  t.after(async () => {
    try {
      process.kill(-child.pid, 'SIGKILL');
    } catch {
      // It has ended.
    }
    await ended;
    made.remove();
  });
  return new Promise((resolve, reject) => {
    let output = '';
    const onOutput = (chunk) => {
      output += chunk;
      const found = address.exec(output);
      if (found) resolve(found[0]);
    };
    child.stdout.on('data', onOutput);
    child.stderr.on('data', onOutput);
    child.on('exit', (code) => reject(new Error(`it ended with ${code}: ${output}`)));
  });
}
