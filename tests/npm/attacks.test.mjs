// Injected markup, invalid options, other scripts and a second copy must not break the package. From the tarball, in Chromium.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { PACKAGE, openSite } from './in-page.mjs';
import { tool, tools } from './workshop.mjs';

let made;
let run;
let close;

before(async () => {
  ({ made, run, close } = await openSite());
});
after(() => close?.());

const hiding = (name) => [
  `<img name=${name} data-allowed-hosts=*>`,
  `<form name=${name} id=${name}><input name=isJuziWx><input name=env><input name=invoke></form>`,
  `<object name=${name} id=${name}></object>`,
  `<iframe name=${name}></iframe>`,
  `<a id=${name}></a><a id=${name} name=isJuziWx></a>`,
];

test('markup is not taken for a helper, a document or an SDK', async () => {
  const names = ['currentScript', 'querySelector', 'createElement', 'head', 'dispatchEvent', 'juziWx', 'wx', 'jWeixin', 'WeixinJSBridge'];
  const kinds = hiding('x').map((_, kind) => names.map((name) => hiding(name)[kind]).join(''));
  for (const html of kinds) {
    const { result } = await run(
      `const { init, juziWx } = await import('${PACKAGE}/index.js');
       const { env } = await init();
       window.wx = {};
       const { userId } = await juziWx.getCurExternalContact();
       return [env.inSidebar, userId, window.juziWx === juziWx, window.wx.isJuziWx, typeof WeixinJSBridge.invoke, written];`,
      { html },
    );
    assert.deepEqual(result, [true, 'wmA', true, true, 'function', []], html);
  }
});

test('invalid options are refused by name, waiting calls end, and init can be repeated', async () => {
  const { result } = await run(`
    const { init, juziWx } = await import('${PACKAGE}/index.js');
    const attempts = [];
    for (const options of ['"x"', '5', '{ allowedHost: [] }', '{ allowed_hosts: [] }', '{ timeOut: 1 }', '{ debugging: true }', '{ allowedHosts: null }',
      '{ get timeout() { throw new Error("no timeout today") } }']) {
      const waiting = failure(juziWx.getCurExternalContact());
      attempts.push([await failure(init((0, eval)('(' + options + ')'))), await waiting]);
    }
    await init();
    return { attempts, later: await failure(juziWx.getCurExternalContact()), written: written.length };`);
  const ended = 'getCurExternalContact:fail invalid options';
  const refused = (text) => [`juzi-helper: init(): ${text}`, ended];
  assert.deepEqual(result.attempts, [
    refused('options must be an object'),
    refused('options must be an object'),
    refused('unknown option "allowedHost"; did you mean "allowedHosts"?'),
    refused('unknown option "allowed_hosts"; did you mean "allowedHosts"?'),
    refused('unknown option "timeOut"; did you mean "timeout"?'),
    refused(
      'unknown option "debugging"; the options are allowedHosts, timeout, force, bridge, debug, userAgent, record, log, wasm, fallback',
    ),
    refused('allowedHosts must be an array of origins, but it is null'),
    ['no timeout today', ended],
  ]);
  assert.equal(result.later, 'getCurExternalContact:ok');
});

test('allowedHosts with nothing usable in it allows nobody', async () => {
  for (const hosts of ['[]', '" "', '[undefined]', '["juzibot.com"]', '7', '["*"]']) {
    const { result, calls } = await run(`
      const { init, juziWx } = await import('${PACKAGE}/index.js');
      await init({ allowedHosts: ${hosts} });
      return [await failure(juziWx.getCurExternalContact()), written.some((text) => text.includes('no host is allowed'))];`);
    assert.match(result[0], /^getCurExternalContact:fail host unreachable/, hosts);
    assert.equal(result[1], true, hosts);
    assert.deepEqual(calls, [], hosts);
  }
});

test('`force: false` and `bridge: false` are off, before the engine runs and after', async () => {
  const { result } = await run(
    `const { init, juziWx } = await import('${PACKAGE}/index.js');
     const wx = window.wx;
     const look = () => [window.wx === wx && wx.config(), 'WeixinJSBridge' in window, Object.hasOwn(navigator, 'userAgent'), !window.jWeixin && /MicroMessenger/.test(navigator.userAgent)];
     const going = init({ force: false });
     const early = look();
     const { env } = await going;
     return [early, look(), env.reason];`,
    { html: '<script>window.wx = { config: () => "original" }</script><iframe id=self></iframe>', sidebar: false },
  );
  assert.deepEqual(result, [['original', false, false, false], ['original', false, false, false], 'not-framed']);
  const framed = await run(`
    const { init } = await import('${PACKAGE}/index.js');
    const look = () => ['WeixinJSBridge' in window, !window.jWeixin && /MicroMessenger/.test(navigator.userAgent)];
    const going = init({ bridge: false });
    const early = look();
    await going;
    return [early, look()];`);
  assert.deepEqual(framed.result, [
    [false, false],
    [false, false],
  ]);
});

test('`force: false` in a frame without the parameter leaves window.wx alone', async () => {
  const { result } = await run(
    `const frame = document.createElement('iframe');
     frame.srcdoc = \`<script>window.wx = { config: () => 'original' }<\\/script><script type=module>
       const { init } = await import('${PACKAGE}/index.js');
       const going = init({ force: false });
       const early = [wx.config(), 'WeixinJSBridge' in window];
       const { env } = await going;
       parent.postMessage([early, [wx.config(), 'WeixinJSBridge' in window], env.reason], '*');
     <\\/script>\`;
     const told = new Promise((resolve) => addEventListener('message', ({ data }) => Array.isArray(data) && resolve(data)));
     document.body.append(frame);
     return told;`,
    { sidebar: false },
  );
  assert.deepEqual(result, [['original', false], ['original', false], 'no-sidebar-param']);
});

test('listeners get no failure and outlive a failed init, and `error` is called', async () => {
  const { result } = await run(`
    const { init, juziWx } = await import('${PACKAGE}/external.js');
    const told = [];
    for (const name of ['ready', 'error']) juziWx[name]((res) => told.push([name, res?.err_msg]));
    juziWx.on('updateBaseInfo', (res) => told.push(['on', res?.err_msg]));
    juziWx.off('updateBaseInfo', (res) => told.push(['off', res?.err_msg]));
    juziWx.config({ debug: false });
    const { fetch } = window;
    window.fetch = () => Promise.reject(new TypeError('no network'));
    const first = await failure(init());
    window.fetch = fetch;
    const failed = told.splice(0);
    await init();
    // The browser reports unhandled rejections later, in their order.
    Promise.reject('the end');
    while (!unhandled.includes('the end')) await new Promise((resolve) => setTimeout(resolve));
    return { first, failed, told, unhandled };`);
  assert.match(result.first, /could not be loaded/);
  assert.deepEqual(result.failed, [['error', 'config:fail internal error']]);
  assert.deepEqual(result.told, [['ready', null]]);
  assert.deepEqual(result.unhandled, ['the end']);
});

test('on a server no listener is called', () => {
  const code = `import { juziWx } from 'juzi-helper-wasm';
    const told = [];
    for (const name of ['ready', 'error']) juziWx[name](() => told.push(name));
    for (const name of ['on', 'off']) juziWx[name]('updateBaseInfo', () => told.push(name));
    juziWx.config({});
    // Nothing is left that could run.
    process.on('exit', () => { if (told.length) { console.error(told.join()); process.exitCode = 1; } });`;
  const { status, stderr } = spawnSync('node', ['--input-type=module', '-e', code], { cwd: made.dir, encoding: 'utf8' });
  assert.equal(status, 0, stderr);
});

test('options with the same meaning are the same', async () => {
  const { result } = await run(`
    const { init } = await import('${PACKAGE}/index.js');
    const first = init();
    const same = [init(), init({}), init({ timeout: undefined }), init(null)].every((promise) => promise === first);
    return [same, await failure(init({ timeout: 5 }))];`);
  assert.deepEqual(result, [true, 'juzi-helper: init() was called before, with other options']);
});

test('a second copy waits for the first, and reports that another copy was first', async () => {
  const { result } = await run(`
    const first = await import('${PACKAGE}/index.js');
    const second = await import('/copy/index.js');
    const going = first.init();
    await second.init({ timeout: 5 });
    const running = first.juziWx.env !== undefined;
    await going;
    return [running, window.juziWx === first.juziWx, await failure(second.juziWx.getCurExternalContact()), second.juziWx.env.inSidebar, written];`);
  const [running, stays, answer, inSidebar, written] = result;
  assert.deepEqual([running, stays, answer, inSidebar], [true, true, 'getCurExternalContact:ok', true]);
  assert.equal(written.length, 1);
  assert.match(written[0], /another copy of juzi-helper was first/);
});

test('a second copy takes over from a dead one', async () => {
  const { result } = await run(`
    window.wx = { config() {} };
    const { wx, fetch } = window;
    const first = await import('${PACKAGE}/external.js');
    const second = await import('/copy/index.js');
    window.fetch = () => Promise.reject(new TypeError('no network'));
    const failed = await failure(first.init());
    window.fetch = fetch;
    await second.init();
    return [failed.includes('could not be loaded'), window.juziWx === second.juziWx, await failure(second.juziWx.getCurExternalContact()),
      await failure(wx.getCurExternalContact()), second.juziWx.env.wxPatched,
      await new Promise((resolve) => WeixinJSBridge.invoke('getCurExternalContact', {}, ({ err_msg }) => resolve(err_msg)))];`);
  const ok = 'getCurExternalContact:ok';
  assert.deepEqual(result, [true, true, ok, ok, true, ok]);
});

const POLLUTED = `for (const name of ['get', 'set', 'value', 'writable', 'err_msg', 'signal', 'success', 'body', 'timeout', 'base', 'anything']) Object.prototype[name] = VALUE;`;

for (const value of ['() => {}', '"polluted"', '{}']) {
  test(`entries are imported and work where Object.prototype has members: ${value}`, async () => {
    for (const entry of ['index', 'external', 'compat']) {
      const { result } = await run(`
        const before = Object.keys(Object.prototype);
        ${POLLUTED.replace('VALUE', value)}
        const names = [];
        const clean = () => { for (const name of Object.keys(Object.prototype)) delete Object.prototype[name]; };
        try {
          const { init, juziWx, JuziError, oauth } = await import('${PACKAGE}/${entry}.js');
          await init();
          names.push(await failure(juziWx.getCurExternalContact()), Object.keys(JuziError).join(), oauth.authorizeUrl({ redirectUri: 'https://page.example/' }));
        } finally { clean(); }
        return names;`);
      assert.deepEqual(
        result,
        ['getCurExternalContact:ok', '', 'https://hub.juzibot.com/oauth/connect/authorize?redirect_uri=https%3A%2F%2Fpage.example%2F'],
        entry,
      );
    }
  });

  test(`CommonJS entries export their own names alone: ${value}`, () => {
    const entries = ['', '/compat', '/oauth', '/testing'].map((name) => `juzi-helper-wasm${name}`);
    const load = `const names = (entry) => Object.keys(require(entry)).sort().join();`;
    const code = (pollute) => `${pollute}; ${load} const found = ${JSON.stringify(entries)}.map(names); console.log(found.join('\\n'));`;
    const names = (pollute) => {
      const { status, stdout, stderr } = spawnSync('node', ['-e', code(pollute)], { cwd: made.dir, encoding: 'utf8' });
      assert.equal(status, 0, stderr);
      return stdout;
    };
    // Node.js itself does not start if every object has a getter with one of these names.
    const polluted = `for (const name of ['anything', 'err_msg', 'success']) Object.prototype[name] = ${value}`;
    assert.equal(names(polluted), names(''));
  });
}

test('init gives up on a module that does not compile within the timeout', async () => {
  const { result } = await run(
    `const { init, juziWx } = await import('${PACKAGE}/index.js');
     WebAssembly.instantiate = () => new Promise(() => {});
     const waiting = failure(juziWx.getCurExternalContact());
     const going = failure(init());
     await Promise.resolve();
     pass(30_001);
     return [await going, await waiting];`,
    {
      html: `<script>{ const { setTimeout } = window; const timers = []; window.setTimeout = (run, delay, ...more) => timers.push([delay, () => run(...more)]);
      window.pass = (time) => { for (const [delay, run] of timers.splice(0)) if (delay <= time) run(); }; }</script>`,
    },
  );
  assert.match(result[0], /could not be loaded/);
  assert.equal(result[1], 'getCurExternalContact:fail internal error');
});

/** Parts of the platform that may throw because a page or a sandbox has replaced them. With each, the code that replaces it. */
const BROKEN = [
  ['navigator', `Object.defineProperty(Navigator.prototype, 'userAgent', { ...agent, get() { throw new Error('broken'); } })`],
  // The import already reads the parameters, so this part is broken before the import.
  ['URLSearchParams', `URLSearchParams.prototype.has = () => { throw new Error('broken'); }`, 'before'],
  ['crypto', `Crypto.prototype.getRandomValues = () => { throw new Error('broken'); }`],
  ['parent', `Object.defineProperty(window, 'parent', { configurable: true, get() { throw new Error('broken'); } })`],
];

for (const [name, broken, when] of BROKEN) {
  test(`an error while init runs ends the waiting calls, and init can be repeated: ${name}`, async () => {
    const { result, calls } = await run(`
      const agent = Object.getOwnPropertyDescriptor(Navigator.prototype, 'userAgent');
      const parent = Object.getOwnPropertyDescriptor(window, 'parent');
      const { has } = URLSearchParams.prototype;
      const { getRandomValues } = Crypto.prototype;
      ${when === 'before' ? broken : ''};
      const { init, juziWx } = await import('${PACKAGE}/index.js');
      const pushes = [];
      juziWx.on('updateBaseInfo', ({ err_msg }) => pushes.push(err_msg));
      const attempts = [];
      ${when === 'before' ? '' : broken};
      for (let time = 0; time < 2; time += 1) {
        const waiting = failure(juziWx.getCurExternalContact());
        attempts.push([await failure(init()), await waiting, await failure(juziWx.getCurChatInfo())]);
      }
      Object.defineProperty(Navigator.prototype, 'userAgent', agent);
      Object.defineProperty(window, 'parent', parent);
      URLSearchParams.prototype.has = has;
      Crypto.prototype.getRandomValues = getRandomValues;
      await init();
      return { attempts, later: [await failure(juziWx.getCurExternalContact()), window.juziWx === juziWx], written: written.length };`);
    const once = ['broken', 'getCurExternalContact:fail internal error', 'getCurChatInfo:fail internal error'];
    assert.deepEqual(result, { attempts: [once, once], later: ['getCurExternalContact:ok', true], written: 2 });
    assert.equal(calls.length, 1);
  });
}

test('the page may call init again while it runs, from its listener for the bridge', async () => {
  const { result } = await run(`
    const { init } = await import('${PACKAGE}/index.js');
    let within;
    document.addEventListener('WeixinJSBridgeReady', () => { within = init(); }, { once: true });
    const first = init();
    await first;
    return [within === first, written];`);
  assert.deepEqual(result, [true, []]);
});

test('a sandbox whose document and window are proxies has a helper', async () => {
  const { build } = await tool('esbuild');
  const entry = { contents: `export { init, juziWx } from './index.js';`, resolveDir: made.path('node_modules/juzi-helper-wasm') };
  const { outputFiles } = await build({ stdin: entry, bundle: true, write: false, format: 'iife', globalName: 'kit' });
  writeFileSync(made.path('sandboxed.js'), outputFiles[0].text);
  const { result } = await run(`
    const bound = (target) => new Proxy(target, { get: (_, name) => {
      const value = Reflect.get(target, name);
      return typeof value == 'function' && !value.prototype ? value.bind(target) : value;
    } });
    const [aDocument, aWindow] = [bound(document), bound(window)];
    const text = await (await fetch('/sandboxed.js')).text();
    const { init, juziWx } = new Function('document', 'window', text + '; return kit;')(aDocument, aWindow);
    let told = 0;
    document.addEventListener('WeixinJSBridgeReady', () => { told += 1; });
    const waiting = failure(juziWx.getCurExternalContact());
    await init();
    return [await waiting, await failure(juziWx.previewImage({ urls: ['a.png'] })), told, written];`);
  assert.deepEqual(result, ['getCurExternalContact:ok', 'previewImage:ok', 1, []]);
});

test('allowedHosts are taken when init is called', async () => {
  const { result, calls } = await run(`
    const { init, juziWx } = await import('${PACKAGE}/index.js');
    const hosts = ['https://elsewhere.example'];
    const going = init({ allowedHosts: hosts });
    hosts[0] = location.ancestorOrigins[0];
    await going;
    return failure(juziWx.getCurExternalContact());`);
  assert.match(result, /host unreachable/);
  assert.deepEqual(calls, []);
});

test('a copy that shares another one passes on the parameters as they were at the call, and the timeout', async () => {
  const { result } = await run(`
    const first = await import('${PACKAGE}/index.js');
    const second = await import('/copy/index.js');
    await first.init();
    const given = [];
    const { invoke } = first.juziWx;
    window.juziWx.invoke = (name, params, done) => { if (name == 'sendChatMessage') given.push(structuredClone(params)); return invoke(name, params, done); };
    const message = { msgtype: 'text', text: { content: 'one' }, timeout: 55_000 };
    const sent = failure(second.juziWx.sendChatMessage(message));
    message.text.content = 'two';
    message.timeout = 1;
    await second.init();
    return [await sent, given];`);
  assert.deepEqual(result, ['sendChatMessage:ok', [{ msgtype: 'text', text: { content: 'one' }, timeout: 55_000 }]]);
});

/** Freezes the objects that every script shares, as SES does: constructors and prototypes, also those without a name. */
const FREEZE = `{ const found = ['Object', 'Function', 'Array', 'Error', 'TypeError', 'RangeError', 'Promise', 'Map', 'Set', 'WeakMap', 'Symbol', 'String', 'Number',
  'RegExp', 'Date', 'ArrayBuffer', 'DataView', 'Uint8Array', 'Reflect', 'JSON', 'URL', 'URLSearchParams', 'Event', 'WebAssembly'].map((name) => globalThis[name]);
  found.push(async () => {}, function* () {}, [][Symbol.iterator](), Object.getPrototypeOf(Uint8Array));
  for (const type of found) for (const part of [type, type.prototype, Object.getPrototypeOf(type)]) if (part) Object.freeze(part); }`;
/** Collects the package's errors. */
const ERRORS = `const { init, juziWx, JuziError, oauth } = await import(ENTRY);
  const error = await juziWx.sendChatMessage({ msgtype: 'text', text: { content: 7 } }).catch((thrown) => thrown);
  let login;
  try { oauth.authorizeUrl({ redirectUri: 'x' }); } catch (thrown) { login = thrown; }
  const errors = [error instanceof JuziError, String(error), error.code, login instanceof oauth.OAuthError, String(login), login.code, Object.keys(login).join()];`;
const RIGHT = [
  true,
  'OAuthError: redirect URI must be an absolute http:// or https:// URL without credentials',
  'invalid_redirect_uri',
  'name,code,errcode,setCookie',
];

for (const entry of ['index', 'external', 'compat']) {
  test(`the package works where prototypes are frozen: ${entry}`, async () => {
    const { result } = await run(`
      ${FREEZE}
      const going = import('${PACKAGE}/${entry}.js').then(({ init }) => init({ timeout: 9000 }));
      ${ERRORS.replace('ENTRY', `'${PACKAGE}/${entry}.js'`)}
      await going;
      return [...errors, await failure(juziWx.getCurExternalContact()), await failure(juziWx.checkJsApi({ jsApiList: ['toString'] }))];`);
    assert.deepEqual(result, [
      true,
      'JuziError: sendChatMessage:fail text.content must be a string',
      'fail',
      ...RIGHT,
      'getCurExternalContact:ok',
      'checkJsApi:ok',
    ]);
  });
}

test('the package is imported after the lockdown of SES', () => {
  const code = `await import(${JSON.stringify(pathToFileURL(join(tools, 'node_modules/ses/index.js')).href)});
    lockdown({ errorTaming: 'unsafe' });
    ${ERRORS.replace('ENTRY', `'juzi-helper-wasm'`)}
    await import('juzi-helper-wasm/compat');
    console.log(JSON.stringify(errors));`;
  const { status, stdout, stderr } = spawnSync('node', ['--input-type=module', '-e', code], { cwd: made.dir, encoding: 'utf8' });
  assert.equal(status, 0, stderr);
  assert.deepEqual(JSON.parse(stdout), [true, 'JuziError: sendChatMessage:fail not in sidebar', 'not_in_sidebar', ...RIGHT]);
});
