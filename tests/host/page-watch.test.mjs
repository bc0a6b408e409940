// What the console knows about the page. It checks the page again at every load, so that solved problems disappear.
import assert from 'node:assert/strict';
import { before, test } from 'node:test';

let watchPage;
/** The server's next answer, and the requests that it has received. */
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

/** A host and a frame that the test controls. */
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

test('each load checks again, and solved problems disappear', async () => {
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

test('reports a load by the page itself, and a loop of such loads', () => {
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
