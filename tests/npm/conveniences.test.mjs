// Conveniences for pages: isInSidebar, whenReady, timeouts of single calls, causes, logs, and errors of any copy.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { PACKAGE, openSite } from './in-page.mjs';
import { root } from './workshop.mjs';

let made;
let run;
let close;

before(async () => {
  ({ made, run, close } = await openSite());
});
after(() => close?.());

const node = (type, code) =>
  JSON.parse(execFileSync('node', [`--input-type=${type}`, '--eval', code], { cwd: made.dir, encoding: 'utf8' }));

test('isInSidebar is right before init and after it, and false on a server', async () => {
  const look = `const { init, isInSidebar, juziWx } = await import('${PACKAGE}/index.js');
    const before = [isInSidebar(), isInSidebar({ force: true }), juziWx.env === undefined];
    await init();
    return { before, after: [isInSidebar(), juziWx.env.inSidebar] };`;
  assert.deepEqual((await run(look)).result, { before: [true, true, true], after: [true, true] });
  // Not in a frame: force changes nothing.
  assert.deepEqual((await run(look, { sidebar: false })).result, { before: [false, false, true], after: [false, false] });
  assert.equal(node('module', `import { isInSidebar } from 'juzi-helper-wasm'; console.log(isInSidebar());`), false);
});

test('a subscription returns what ends it, before init and on a server too', async () => {
  const { result } = await run(`
    const { init, juziWx } = await import('${PACKAGE}/index.js');
    const stop = juziWx.on('updateBaseInfo', () => {});
    await init();
    return [typeof stop, stop() ?? null];`);
  assert.deepEqual(result, ['function', null]);
  const onServer = `import { juziWx } from 'juzi-helper-wasm'; console.log(JSON.stringify(juziWx.on('updateBaseInfo', () => {})() ?? null));`;
  assert.equal(node('module', onServer), null);
});

test('call always returns a promise, takes a list of messages, and gives its settings to the call', async () => {
  const { result } = await run(`
    const { call, init } = await import('${PACKAGE}/index.js');
    await init();
    const { userId } = await call('getCurExternalContact', {});
    const text = (content) => ({ msgtype: 'text', text: { content } });
    const sent = await call('sendMultiChatMessage', [text('a'), text('b')]);
    const refused = await failure(call('sendChatMessage', text('')));
    const aborted = await failure(call('getCurExternalContact', {}, { signal: AbortSignal.abort() }));
    return [userId, sent.err_msg, refused, aborted];`);
  assert.deepEqual(result, ['wmA', 'sendMultiChatMessage:ok', 'text content is empty', 'getCurExternalContact:fail aborted']);
});

test('isInSidebar works after a router has changed the URL, and follows the helper of a script tag', async () => {
  const lost = `history.replaceState(null, '', location.pathname);`;
  const { result } = await run(`${lost}
    const { init, isInSidebar } = await import('${PACKAGE}/index.js');
    const before = [isInSidebar(), isInSidebar({ force: true })];
    await init({ force: true });
    return [before, isInSidebar()];`);
  assert.deepEqual(result, [[true, true], true]);
  const tag = `<script>${lost}</script><script src="${PACKAGE}/juzi-helper.js" data-force></script>`;
  assert.equal((await run(`return (await import('${PACKAGE}/index.js')).isInSidebar();`, { html: tag })).result, true);
});

test('whenReady resolves with the helper, after the first init that succeeds', async () => {
  const { result } = await run(`
    const { init, juziWx, whenReady } = await import('${PACKAGE}/external.js');
    let ready = 0;
    whenReady.then(() => (ready += 1));
    const { fetch } = window;
    window.fetch = () => Promise.reject(new TypeError('no network'));
    await failure(init());
    window.fetch = fetch;
    const afterFailure = ready;
    init();
    const helper = await whenReady;
    return [afterFailure, helper === juziWx, helper.env.inSidebar, (await helper.getCurExternalContact()).userId, unhandled];`);
  assert.deepEqual(result, [0, true, true, 'wmA', []]);
});

test('whenReady also resolves where another copy was first', async () => {
  const tag = `<script src="${PACKAGE}/juzi-helper.js"></script>`;
  const { result } = await run(
    `const { init, whenReady } = await import('${PACKAGE}/index.js');
     init();
     return (await (await whenReady).getCurExternalContact()).userId;`,
    { html: tag },
  );
  assert.equal(result, 'wmA');
});

test('an init that fails and is not awaited is still an unhandled rejection', async () => {
  const { result } = await run(`
    const { init, whenReady } = await import('${PACKAGE}/external.js');
    whenReady.then(() => {});
    window.fetch = () => Promise.reject(new TypeError('no network'));
    init();
    await new Promise((resolve) => addEventListener('unhandledrejection', resolve));
    return unhandled.length;`);
  assert.equal(result, 1);
});

test('a call can have its own timeout, also before init and where another copy was first', async () => {
  const { result, calls } = await run(`
    const { init, juziWx } = await import('${PACKAGE}/index.js');
    const early = await failure(juziWx.getCurExternalContact({ timeout: 5 }));
    await init();
    const wrong = await failure(juziWx.getCurExternalContact({ timeout: -1 }));
    const { userId } = await juziWx.getCurExternalContact({ timeout: 60_000 });
    return [early, wrong, userId];`);
  assert.deepEqual(result, [
    'getCurExternalContact:fail timeout',
    'getCurExternalContact:fail timeout must be a number of milliseconds from 1 to 2147483647',
    'wmA',
  ]);
  assert.deepEqual(
    calls.map(({ params }) => params),
    [{}],
  );
  // The first helper answers nothing, and supports neither option.
  const first = '<script>window.juziWx = { isJuziWx: true, invoke() {} };</script>';
  const shared = await run(
    `const { JuziError, init, juziWx } = await import('${PACKAGE}/index.js');
     await init();
     const stop = new AbortController();
     const aborted = juziWx.sidebarAuth({ signal: stop.signal }).catch((error) => error);
     stop.abort('another contact');
     const error = await aborted;
     return [await failure(juziWx.sidebarAuth({ timeout: 5 })), error.code, error.cause, error instanceof JuziError];`,
    { html: first },
  );
  assert.deepEqual(shared.result, ['sidebarAuth:fail timeout', 'aborted', 'another contact', true]);
});

test('log gets every message and decision, each as an entry of its type', async () => {
  const { result } = await run(`
    const { init, juziWx } = await import('${PACKAGE}/index.js');
    const entries = [];
    const shown = [];
    console.log = (...what) => shown.push(what);
    await init({ log: (entry) => entries.push(entry) });
    juziWx.on('switch', () => {});
    postMessage('not the console', '*');
    await juziWx.getCurExternalContact();
    await new Promise((resolve) => setTimeout(resolve, 0));
    return { entries, shown };`);
  const [detected, noEvent, ...rest] = result.entries;
  assert.deepEqual(result.shown, []);
  assert.deepEqual(detected, { type: 'detected', reason: 'ok' });
  assert.deepEqual(noEvent, { type: 'ignored', why: 'no such event', value: 'switch' });
  const sent = rest.find(({ type }) => type === 'sent');
  const { reqId } = sent.message.data;
  assert.deepEqual(sent, { type: 'sent', message: { type: 'sidebarHelper', data: { api: 'getCurExternalContact', reqId, params: {} } } });
  const received = rest.find(({ type }) => type === 'received');
  assert.deepEqual([received.message.reqId, received.message.data.externalUserId], [reqId, 'wmA']);
  assert.deepEqual(
    rest.find(({ type }) => type === 'ignored'),
    { type: 'ignored', why: 'not from the host', value: 'not the console' },
  );
  assert.equal(rest.length, 3);
});

test('log has an entry type for every text that the module writes', () => {
  const module = ['bridge', 'dispatch', 'install'].map((name) => readFileSync(join(root, `src/browser/${name}.rs`), 'utf8')).join('');
  const written = [...module.matchAll(/(?:\blog|unwrap_or|Err|ok_or)\(\s*"([^"]+)"/g)]
    .map(([, text]) => text)
    .filter((text) => !text.startsWith('ignored: '));
  const known = /const TYPES = \{([\s\S]*?)\n\};/.exec(readFileSync(join(root, 'pkg-template/src/log-entry.js'), 'utf8'))[1];
  assert.deepEqual([...known.matchAll(/^ {2}(['"])(.+)\1:/gm)].map(([, , text]) => text).sort(), written.sort());
});

test('a log that throws or calls the helper disturbs nothing, and one that is not a function is reported', async () => {
  const { result } = await run(`
    const { init, juziWx } = await import('${PACKAGE}/index.js');
    const errors = [];
    window.onerror = (message, file, line, column, error) => { errors.push(error.message); return true; };
    let calls = 0;
    await init({ log: () => { if (calls++ < 3) juziWx.checkJsApi({ jsApiList: [] }).catch(() => {}); throw new Error('in log'); } });
    const { userId } = await juziWx.getCurExternalContact();
    return [userId, new Set(errors).size, errors[0]];`);
  assert.deepEqual(result, ['wmA', 1, 'in log']);
  const wrong = await run(`
    const { init, juziWx } = await import('${PACKAGE}/index.js');
    await init({ log: true });
    return [(await juziWx.getCurExternalContact()).userId, written];`);
  assert.deepEqual(wrong.result, ['wmA', ['juzi-helper: log must be a function']]);
});

test('an error of any copy is a JuziError: imported, required, or from the script tag', async () => {
  const both = node(
    'module',
    `import { createRequire } from 'node:module';
     import { JuziError, juziWx } from 'juzi-helper-wasm';
     const required = createRequire(import.meta.url)('juzi-helper-wasm');
     const failed = await required.juziWx.config().catch((error) => error);
     class Special extends JuziError {}
     const own = new JuziError('config', 'timeout');
     console.log(JSON.stringify([required.JuziError !== JuziError, failed instanceof JuziError, own instanceof required.JuziError,
       failed instanceof Special, new Special('config', 'timeout') instanceof Special, new Special('config', 'timeout') instanceof required.JuziError,
       new Error('no') instanceof JuziError, null instanceof JuziError, {} instanceof JuziError]));`,
  );
  assert.deepEqual(both, [true, true, true, false, true, true, false, false, false]);
  const { result } = await run(
    `const { JuziError } = await import('${PACKAGE}/index.js');
     const error = await juziWx.getCurExternalChat().catch((error) => error);
     return [error instanceof JuziError, error.constructor === JuziError];`,
    { html: `<script src="${PACKAGE}/juzi-helper.js"></script>` },
  );
  assert.deepEqual(result, [true, false]);
});

test('a test can create a JuziError', () => {
  const made = node(
    'module',
    `import { JuziError } from 'juzi-helper-wasm';
     const facts = ({ name, message, api, err_msg, res, code, cause }) => ({ name, message, api, err_msg, res, code, cause });
     console.log(JSON.stringify([
       facts(new JuziError('sendChatMessage', 'timeout', { cause: 'a test' })),
       facts(new JuziError('sendChatMessage', { err_msg: 'url is empty', errMsg: 'url is empty', errCode: -1 })),
     ]));`,
  );
  const res = (err_msg) => ({ err_msg, errMsg: err_msg, errCode: -1 });
  const expected = (text, code) => ({ name: 'JuziError', message: text, api: 'sendChatMessage', err_msg: text, res: res(text), code });
  assert.deepEqual(made, [{ ...expected('sendChatMessage:fail timeout', 'timeout'), cause: 'a test' }, expected('url is empty', 'fail')]);
});
