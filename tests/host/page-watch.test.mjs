// What the console knows of the page: asked again at every load, so that what has been mended is gone.
import assert from 'node:assert/strict';
import { before, test } from 'node:test';

let watchPage;
/** What the server answers next, and what it has been asked. */
let answer;
const asked = [];
before(async () => {
  globalThis.requestAnimationFrame = (run) => setTimeout(run);
  globalThis.location ??= { href: 'http://127.0.0.1:8787/', search: '', origin: 'http://127.0.0.1:8787' };
  globalThis.sessionStorage ??= { getItem: () => null, setItem() {} };
  globalThis.fetch = async (url, { body } = {}) => {
    asked.push(JSON.parse(body));
    return new Response(JSON.stringify(answer), { headers: { 'content-type': 'application/json' } });
  };
  ({ watchPage } = await import('../../www/console/sidebar/page-watch.js'));
});

/** A host and a frame that do what the test says. */
function stage() {
  const listeners = new Map();
  const host = {
    url: 'http://localhost:5173/',
    authorized: false,
    on: (name, listener) => listeners.set(name, listener),
    load() {
      listeners.get('load')({ url: host.url });
    },
  };
  let loaded;
  const frame = { addEventListener: (_, listener) => void (loaded = listener) };
  const told = { reloads: 0 };
  let changed = () => {};
  const page = watchPage(host, frame, { page: () => changed(), calls() {}, reload: () => told.reloads++ });
  return {
    host,
    page,
    told,
    frameLoads: () => loaded(),
    call: () => listeners.get('call')(),
    /** Waits until the condition holds after a change. */
    until: (holds) =>
      new Promise((resolve) => {
        changed = () => holds() && resolve();
        changed();
      }),
  };
}

const report = (more) => ({ url: 'http://localhost:5173/', reachable: true, userAgentUnset: false, findings: [], ...more });
const LOST = { code: 'cookie-blocked', severity: 'warning', params: { name: 'sid', sameSite: 'Lax' } };

test('each load asks again, and what has been mended is gone', async () => {
  const { host, page, until, frameLoads, call } = stage();
  answer = report({ findings: [LOST], userAgentUnset: true });
  host.load();
  frameLoads();
  await until(() => page.findings.length === 1);
  assert.equal(page.userAgentUnset, true);
  answer = report({});
  host.load();
  frameLoads();
  assert.equal(page.findings.length, 1, 'until the answer comes, the last one stands');
  await until(() => page.findings.length === 0);
  assert.equal(page.userAgentUnset, false);
  assert.deepEqual(
    asked.map(({ request }) => request),
    [true, true],
  );
  // Ends the wait for the first call.
  call();
});

test('what the page loads by itself is told, and a loop of it', () => {
  const { host, page, told, frameLoads, call } = stage();
  answer = report({});
  // The frame is there before the console has an address for it.
  frameLoads();
  host.load();
  frameLoads();
  assert.deepEqual([told.reloads, page.looping], [0, false]);
  for (let again = 1; again < 5; again++) frameLoads();
  assert.deepEqual([told.reloads, page.looping], [4, true]);
  host.load();
  assert.equal(page.looping, false);
  call();
});
