// Injected markup, invalid options, other scripts and a second copy must not break the package. From the tarball, in Chromium.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { after, before, test } from 'node:test';
import { PACKAGE, openSite } from './in-page.mjs';

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

test('markup is no helper, no document and no SDK', async () => {
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

test('options that are none are refused by name, what waits ends, and init can be repeated', async () => {
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
    refused('unknown option "debugging"; the options are allowedHosts, timeout, force, bridge, debug, log, fallback'),
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
  assert.deepEqual(framed.result, [[false, false], [false, false]]);
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

test('what listens is told no failure, outlives a failed init, and `error` is told', async () => {
  const { result } = await run(`
    const { init, juziWx } = await import('${PACKAGE}/index.js');
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
    await new Promise((resolve) => setTimeout(resolve, 0));
    return { first, failed, told, unhandled };`);
  assert.match(result.first, /could not be loaded/);
  assert.deepEqual(result.failed, [['error', 'config:fail internal error']]);
  assert.deepEqual(result.told, [['ready', null]]);
  assert.deepEqual(result.unhandled, []);
});

test('on a server nothing that listens is called', () => {
  const code = `import { juziWx } from 'juzi-helper-wasm';
    const told = [];
    for (const name of ['ready', 'error']) juziWx[name](() => told.push(name));
    for (const name of ['on', 'off']) juziWx[name]('updateBaseInfo', () => told.push(name));
    juziWx.config({});
    await new Promise((resolve) => setTimeout(resolve, 10));
    if (told.length) throw new Error(told.join());`;
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

test('a second copy waits for the first, and says what was first', async () => {
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

test('a second copy takes over from one that is dead', async () => {
  const { result } = await run(`
    window.wx = { config() {} };
    const { wx, fetch } = window;
    const first = await import('${PACKAGE}/index.js');
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
    for (const entry of ['index', 'inline', 'compat']) {
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
      assert.deepEqual(result, ['getCurExternalContact:ok', '', 'https://hub.juzibot.com/oauth/connect/authorize?redirect_uri=https%3A%2F%2Fpage.example%2F'], entry);
    }
  });

  test(`CommonJS entries export their own names alone: ${value}`, () => {
    const entries = ['inline', 'compat', 'oauth', 'testing'].map((name) => `juzi-helper-wasm/${name}`);
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

test('a module that never compiles is given up after the patience', async () => {
  const { result } = await run(
    `const { init, juziWx } = await import('${PACKAGE}/inline.js');
     WebAssembly.instantiate = () => new Promise(() => {});
     const waiting = failure(juziWx.getCurExternalContact());
     const going = failure(init());
     await Promise.resolve();
     pass(30_001);
     return [await going, await waiting];`,
    { html: `<script>{ const { setTimeout } = window; const timers = []; window.setTimeout = (run, delay, ...more) => timers.push([delay, () => run(...more)]);
      window.pass = (time) => { for (const [delay, run] of timers.splice(0)) if (delay <= time) run(); }; }</script>` },
  );
  assert.match(result[0], /could not be loaded/);
  assert.equal(result[1], 'getCurExternalContact:fail internal error');
});
