// `init({ wasm })`: every form of it, for the entry `external`, and the errors for a wrong one.
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';
import { HTML, inHost, packed } from './pages.mjs';
import { project, serve } from './workshop.mjs';

const FILE = '/node_modules/juzi-helper-wasm/juzi_helper_bg.wasm';
const HINT = 'Pass the URL of juzi_helper_bg.wasm as init({ wasm }), or import juzi-helper-wasm, which has it inside.';
const FAILED = 'juzi-helper: the WebAssembly could not be loaded: ';
const bytes = `await (await fetch('${FILE}')).arrayBuffer()`;

/**
 * The results in a page that calls `init` with each of these options (in JavaScript): the contact and the engine, or the error's message.
 * After an error `init` can be called again.
 */
async function started(t, list, { entry = 'external', policy = '' } = {}) {
  const attempts = list.map((options) => `await attempt(async () => (${options}))`);
  const made = project(packed.tarball, {
    'page.html': '<!doctype html>',
    'index.html': HTML('<script type="module" src="./main.js"></script>').replace('<head>', `<head>${policy}`),
    'main.js': `import { init, juziWx } from '/node_modules/juzi-helper-wasm/${entry}.js';
      const attempt = async (options) => {
        try {
          const { env } = await init(await options());
          return [(await juziWx.getCurExternalContact()).userId, env.engine];
        } catch ({ message }) {
          return message;
        }
      };
      document.documentElement.dataset.result = JSON.stringify([${attempts.join()}]);`,
  });
  t.after(made.remove);
  const wasm = readFileSync(made.path(FILE));
  // An older version's file: it has the same imports, and its build has another name.
  writeFileSync(made.path('other.wasm'), Buffer.concat([wasm.subarray(0, -8), Buffer.from('01234567')]));
  const site = await serve(made.dir);
  t.after(site.close);
  const { result } = await inHost(site.url);
  return { url: site.url, asked: site.asked.filter((path) => path === FILE).length, result };
}

const FORMS = {
  'a URL as a string, relative to the page': `'.${FILE}'`,
  'a URL': `new URL('${FILE}', location.href)`,
  'a Response': `await fetch('${FILE}')`,
  'the promise of a Response': `fetch('${FILE}')`,
  'an ArrayBuffer': bytes,
  'a view of bytes': `new Uint8Array(${bytes})`,
  'a compiled module': `await WebAssembly.compile(${bytes})`,
  'a compiled module of another window': `await (async () => {
    const frame = document.body.appendChild(document.createElement('iframe'));
    return new frame.contentWindow.WebAssembly.Module(${bytes});
  })()`,
};
const RUNS = [['wmA', 'wasm']];
for (const [what, wasm] of Object.entries(FORMS)) {
  test(`wasm is ${what}`, async (t) => {
    const { result, asked } = await started(t, [`{ wasm: ${wasm} }`]);
    assert.deepEqual(result, RUNS);
    assert.equal(asked, 1);
  });
}

test('the default entry contains the module: it requests no file, even if one is given', async (t) => {
  for (const options of ['{}', `{ wasm: '${FILE}' }`]) {
    const { asked, result } = await started(t, [options], { entry: 'index' });
    assert.deepEqual([asked, result], [0, RUNS], options);
  }
});

test('wasm is not an option of the running helper: init can be called again with another one', async (t) => {
  const { result } = await started(t, [`{ timeout: 5000, wasm: '${FILE}' }`, '{ timeout: 5000, wasm: new Uint8Array(1) }']);
  assert.deepEqual(result, [...RUNS, ...RUNS]);
});

const WRONG = { 1: 'Number', null: 'Null', '{}': 'Object', '() => 1': 'Function', '[]': 'Array' };
test('any other value is refused, also as a promise, and the error names the option and its types', async (t) => {
  const { result } = await started(
    t,
    Object.keys(WRONG).flatMap((wasm) => [`{ wasm: ${wasm} }`, `{ wasm: Promise.resolve(${wasm}) }`]),
  );
  const expected = Object.values(WRONG).flatMap((type) => {
    const fault = `init(): wasm must be a URL, a Response, bytes or a WebAssembly.Module, but it is ${type}`;
    return [`juzi-helper: ${fault}`, FAILED + fault];
  });
  assert.deepEqual(result, expected);
});

const OTHER = 'is of another version of juzi-helper-wasm. Use the juzi_helper_bg.wasm of the version that is installed.';
const FAULTS = [
  ["'/none.wasm'", (url) => `${url}none.wasm answered with status 404 (no content type). ${HINT}`],
  ["'/page.html'", (url) => `${url}page.html is no WebAssembly: it came as text/html; charset=utf-8. ${HINT}`],
  ["await fetch('/page.html')", (url) => `${url}page.html is no WebAssembly: it came as text/html; charset=utf-8. ${HINT}`],
  ["new Response('no')", () => `the Response in wasm is no WebAssembly: it came as text/plain;charset=UTF-8. ${HINT}`],
  ['new Uint8Array(8)', () => 'the bytes in wasm are no WebAssembly'],
  ["'/other.wasm'", (url) => `${url}other.wasm ${OTHER}`],
  ["await WebAssembly.compileStreaming(fetch('/other.wasm'))", () => `wasm ${OTHER}`],
  [
    "'https://:'",
    () =>
      `https://: could not be fetched (Failed to construct 'URL': Invalid URL); a Content-Security-Policy has to allow it in connect-src. ${HINT}`,
  ],
];
test('no WebAssembly, or that of another version: the error says what came from where, and init can be called again', async (t) => {
  const options = [...FAULTS.map(([wasm]) => `{ wasm: ${wasm} }`), `{ wasm: '${FILE}' }`];
  const { url, result } = await started(t, options);
  assert.deepEqual(result, [...FAULTS.map(([, fault]) => FAILED + fault(url)), ...RUNS]);
});

const policy = (connect) =>
  `<meta http-equiv="Content-Security-Policy" content="script-src 'self' 'wasm-unsafe-eval'; connect-src ${connect}">`;

test('a policy whose connect-src does not allow the file: the error names it; the default entry needs no such permission', async (t) => {
  const { url, result } = await started(t, ['{}'], { policy: policy("'none'") });
  const expected = `${url.slice(0, -1)}${FILE} could not be fetched (Failed to fetch); a Content-Security-Policy has to allow it in connect-src. ${HINT}`;
  assert.deepEqual(result, [FAILED + expected]);
  assert.deepEqual((await started(t, ['{}'], { policy: policy("'none'"), entry: 'index' })).result, RUNS);
  assert.deepEqual((await started(t, ['{}'], { policy: policy("'self'") })).result, RUNS);
});
