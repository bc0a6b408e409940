// The guides' code, run with the built package as its users would: installed from the tarball, bundled, in Chromium.
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { cpSync, readFileSync, readdirSync, symlinkSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { createHost } from '../../pkg/playwright.js';
import { launch, pack, pkg, project, root, serve, tool, tools } from '../../tests/npm/workshop.mjs';
import { compareLog } from '../compare-log.mjs';
import { docs } from '../lib/places.mjs';

const snippets = fileURLToPath(new URL('../snippets/', import.meta.url));
const modules = fileURLToPath(new URL('../node_modules/', import.meta.url));
const read = (path) => readFileSync(join(snippets, path), 'utf8');
/** The files that a test below has run. */
const ran = new Set();
const use = (path) => {
  ran.add(path);
  return read(path);
};

const CHATS = [
  { id: 'lin', type: 0, name: 'Lin', external: true, externalUserId: 'wmLin' },
  { id: 'club', type: 1, name: 'Coffee club', external: true, chatId: 'wrClub' },
  { id: 'shen', type: 0, name: 'Shen', external: false },
];
const CDN = {
  'https://cdn.jsdelivr.net/npm/juzi-helper-wasm/juzi-helper.js': join(pkg, 'juzi-helper.js'),
  'https://res.wx.qq.com/open/js/jweixin-1.2.0.js': join(root, 'node_modules/jweixin-module/lib/index.js'),
};

let browser;
let packed;
before(async () => {
  packed = pack();
  browser = await launch();
});
after(async () => {
  await browser?.close();
  packed?.remove();
});

/** A page of a snippet in a console, with what it reports. */
async function framed(t, url, options = {}) {
  const context = await browser.newContext();
  t.after(() => context.close());
  const page = await context.newPage();
  const errors = [];
  page.on('pageerror', (error) => errors.push(error.message));
  for (const [address, path] of Object.entries(CDN))
    await context.route(address, (route) => route.fulfill({ path, contentType: 'text/javascript' }));
  const host = await createHost(page, { url, chats: CHATS, ...options });
  return { page, host, errors };
}

/** Serves files by their path, with headers. */
async function served(t, files, headers = {}) {
  const types = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript; charset=utf-8', '.wasm': 'application/wasm' };
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url, 'http://localhost');
    const path = pathname === '/' ? '/index.html' : pathname;
    const body = files[path.slice(1)];
    if (body === undefined) response.writeHead(404).end();
    else response.writeHead(200, { 'content-type': types[extname(path)] ?? 'text/plain', ...headers }).end(body);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://localhost:${server.address().port}/`;
}

/** A snippet that uses `juziWx` and `render`, in a page of its own. */
async function ranAlone(t, path, options = {}, tag = '') {
  const url = await served(t, {
    'juzi-helper.js': readFileSync(join(pkg, 'juzi-helper.js')),
    'index.html': `<!doctype html><meta charset="utf-8"><p id="out"></p><script src="/juzi-helper.js" ${tag}></script>
      <script>const render = (value) => { document.getElementById('out').textContent += (typeof value === 'string' ? value : value.name) + '\\n'; };</script>
      <script type="module">${use(path)}\ndocument.body.dataset.done = 'yes';</script>`,
  });
  const made = await framed(t, url, options);
  return {
    ...made,
    out: made.host.frame.locator('#out'),
    done: () => made.host.frame.locator('body[data-done]').waitFor({ state: 'attached' }),
  };
}

const bundle = async (entry, outdir, more = {}) => {
  const { build } = await tool('esbuild');
  await build({ entryPoints: [entry], bundle: true, format: 'esm', outdir, jsx: 'automatic', logLevel: 'error', ...more });
  cpSync(join(pkg, 'juzi_helper_bg.wasm'), join(outdir, 'juzi_helper_bg.wasm'));
};

/** What every page for a customer does. */
async function greets(host, page) {
  const { frame } = host;
  await frame.locator('h1').filter({ hasText: 'Lin' }).waitFor();
  const call = host.nextCall('sendChatMessage', { timeout: 30_000 });
  await frame.locator('button').click();
  assert.equal((await call).params.msgtype, 'text');
  await frame.locator('[role=status]').filter({ hasText: 'Sent' }).waitFor();
  await host.switchTo('club');
  await frame.locator('h1').filter({ hasText: 'Coffee club' }).waitFor();
  await host.fail('sendChatMessage', 'no permission', { times: 1 });
  await frame.locator('button').click();
  await frame.locator('[role=status]').filter({ hasText: 'no permission' }).waitFor();
}

test('start: the page by script tag, in a console that it allows', async (t) => {
  const url = await served(t, { 'index.html': use('start/index.html'), 'page.js': use('start/page.js') });
  const { host, page, errors } = await framed(t, url, { hostOrigin: 'https://chat.juzibot.com' });
  await greets(host, page);
  assert.deepEqual(errors, []);
});

test('start: a console that it does not allow gets nothing', async (t) => {
  const url = await served(t, { 'index.html': read('start/index.html'), 'page.js': read('start/page.js') });
  const { host, page } = await framed(t, url, { hostOrigin: 'https://evil.example' });
  await host.frame.locator('#status').filter({ hasText: 'host unreachable' }).waitFor();
  assert.equal((await host.calls()).length, 0, 'nothing is posted');
  await page.close();
});

test('wecom: a page with jweixin', async (t) => {
  const url = await served(t, { 'index.html': use('wecom/index.html'), 'page.js': use('wecom/page.js') });
  const { host, errors } = await framed(t, url);
  await host.frame.locator('#customer').filter({ hasText: 'wmLin' }).waitFor();
  assert.deepEqual(errors, []);
});

test('original: the tag after the change works, and the tag before it differs in nothing else', async (t) => {
  const [before, after] = [use('original/before.html'), use('original/after.html')];
  const rest = (html) => html.replace(/"[^"]*juzi-helper[^"]*\.js"/, '');
  assert.equal(rest(before), rest(after));
  const url = await served(t, {
    'index.html': `<!doctype html><body></body>${after}<script src="page.js"></script>`,
    'page.js': use('original/page.js'),
  });
  const { host, errors } = await framed(t, url);
  await host.frame.locator('body').filter({ hasText: 'wmLin sendChatMessage:ok' }).waitFor();
  assert.deepEqual(errors, []);
});

test('wecom: patch', async (t) => {
  const made = project(packed.tarball, {
    'main.js': use('wecom/patch.js'),
    'dist/index.html': '<!doctype html><body></body><script type="module" src="/main.js"></script>',
  });
  t.after(made.remove);
  await bundle(made.path('main.js'), made.path('dist'));
  const site = await serve(made.path('dist'));
  t.after(site.close);
  const { host } = await framed(t, site.url);
  await host.frame.locator('body').filter({ hasText: 'wmLin' }).waitFor();
});

test('react', async (t) => {
  const files = Object.fromEntries(['main.jsx', 'Page.jsx', 'Greeting.jsx'].map((name) => [name, use(`react/${name}`)]));
  const made = project(packed.tarball, {
    ...files,
    'dist/index.html': '<!doctype html><div id="root"></div><script type="module" src="/main.js"></script>',
  });
  t.after(made.remove);
  await bundle(made.path('main.jsx'), made.path('dist'), { define: { 'process.env.NODE_ENV': '"production"' } });
  const site = await serve(made.path('dist'));
  t.after(site.close);
  const { host, page, errors } = await framed(t, site.url);
  await greets(host, page);
  assert.deepEqual(errors, []);
});

test('vue', async (t) => {
  const files = Object.fromEntries(['main.js', 'Page.vue', 'Greeting.vue'].map((name) => [name, use(`vue/${name}`)]));
  const made = project(packed.tarball, {
    ...files,
    'index.html': '<!doctype html><div id="root"></div><script type="module" src="/main.js"></script>',
  });
  t.after(made.remove);
  symlinkSync(join(modules, 'vue'), made.path('node_modules/vue'));
  const { build } = await import('vite');
  const { default: vue } = await import('@vitejs/plugin-vue');
  await build({
    root: made.dir,
    configFile: false,
    plugins: [vue()],
    logLevel: 'error',
    build: { target: 'es2022' },
    esbuild: { target: 'es2022' },
  });
  const site = await serve(made.path('dist'));
  t.after(site.close);
  const { host, page, errors } = await framed(t, site.url);
  await greets(host, page);
  assert.deepEqual(errors, []);
});

test('next: the page', { timeout: 300_000 }, async (t) => {
  const names = ['layout.js', 'page.js', 'customer.js'];
  const made = project(packed.tarball, {
    'package.json': '{ "private": true }',
    // The tools are in a folder above the project.
    'next.config.mjs': `export default { turbopack: { root: ${JSON.stringify(tools)} }, outputFileTracingRoot: ${JSON.stringify(tools)} };`,
    ...Object.fromEntries(names.map((name) => [`app/${name}`, use(`next/app/${name}`)])),
  });
  t.after(made.remove);
  for (const name of ['next', 'react', 'react-dom']) symlinkSync(join(tools, 'node_modules', name), made.path('node_modules', name));
  const next = join(tools, 'node_modules/next/dist/bin/next');
  const env = { ...process.env, NEXT_TELEMETRY_DISABLED: '1', CI: '1' };
  const built = spawnSync('node', [next, 'build'], { cwd: made.dir, env, encoding: 'utf8' });
  assert.equal(built.status, 0, built.stdout + built.stderr);
  const url = await running(t, [next, 'start', '--port', '0', '--hostname', 'localhost'], made.dir, env, /http:\/\/localhost:[1-9]\d*/);
  assert.match(await (await fetch(url)).text(), /<h1>…<\/h1>/);
  const { host } = await framed(t, `${url}/`);
  await host.frame.locator('h1').filter({ hasText: 'Lin' }).waitFor();
  await host.switchTo('shen');
  await host.frame.locator('h1').filter({ hasText: 'Shen' }).waitFor();
});

/** Starts a server, and resolves with what its output matches. */
function running(t, args, cwd, env, ready) {
  const child = spawn('node', args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
  t.after(() => child.kill());
  return new Promise((resolve, reject) => {
    let seen = '';
    const look = (text) => {
      seen += text;
      const found = ready.exec(seen);
      if (found) resolve(found[1] ?? found[0]);
    };
    child.stdout.setEncoding('utf8').on('data', look);
    child.stderr.setEncoding('utf8').on('data', look);
    child.on('exit', (status) => reject(new Error(`${args.join(' ')} ended with ${status}: ${seen}`)));
  });
}

test('login: the page', async (t) => {
  const made = project(packed.tarball, {
    'page.js': use('login/page.js'),
    'main.js':
      "import { init } from 'juzi-helper-wasm'; import { logIn } from './page.js'; await init(); document.body.textContent = await logIn().then(JSON.stringify, (error) => error.message);",
  });
  t.after(made.remove);
  await bundle(made.path('main.js'), made.path('dist'), { loader: { '.wasm': 'file' } });
  let status = 200;
  const files = {
    'index.html': '<!doctype html><body></body><script type="module" src="/main.js"></script>',
    'main.js': readFileSync(made.path('dist/main.js')),
    'juzi_helper_bg.wasm': readFileSync(join(pkg, 'juzi_helper_bg.wasm')),
  };
  const url = await served(t, files);
  const context = await browser.newContext();
  t.after(() => context.close());
  await context.route('**/session', (route) => {
    assert.match(JSON.parse(route.request().postData()).code, /./);
    return route.fulfill({ status, json: { userId: 'GuYan' } });
  });
  const page = await context.newPage();
  const host = await createHost(page, { url, chats: CHATS });
  await host.frame.locator('body').filter({ hasText: '{"userId":"GuYan"}' }).waitFor();
  status = 401;
  await host.load();
  await host.frame.locator('body').filter({ hasText: 'the login failed' }).waitFor();
});

for (const type of ['text', 'image', 'video', 'file', 'news', 'miniprogram']) {
  test(`messages: ${type}`, async (t) => {
    const { host, done, errors } = await ranAlone(t, `messages/${type}.js`);
    await done();
    const [{ messages }] = await host.sent();
    assert.equal(messages[0].msgtype, type);
    assert.deepEqual(errors, []);
  });
}

test('messages: several', async (t) => {
  const { host, done } = await ranAlone(t, 'messages/several.js');
  await done();
  const [{ messages }] = await host.sent();
  assert.deepEqual(
    messages.map(({ msgtype }) => msgtype),
    ['text', 'image'],
  );
});

test('messages: the error, as the comments say', async (t) => {
  const { page, done } = await ranAlone(t, 'messages/errors.js', {});
  await done();
  const said = [...read('messages/errors.js').matchAll(/\/\/ (.*)$/gm)].map(([, text]) => text);
  const result = await page
    .frames()
    .at(-1)
    .evaluate(() => window.juziWx.sendChatMessage({ msgtype: 'image', image: { url: '' } }).catch(({ message, code }) => [message, code]));
  assert.deepEqual(said, result);
});

test('conversation: follow', async (t) => {
  const { host, out } = await ranAlone(t, 'conversation/follow.js');
  await out.filter({ hasText: 'Lin' }).waitFor();
  await host.switchTo('club');
  await out.filter({ hasText: 'Coffee club' }).waitFor();
  await host.switchTo('shen');
  await out.filter({ hasText: 'Shen' }).waitFor();
});

test('conversation: send, to the conversation that is shown and to no other', async (t) => {
  const { host, page, done } = await ranAlone(t, 'conversation/send.js');
  await done();
  const send = (shown) =>
    page
      .frames()
      .at(-1)
      .evaluate(
        async ([text, chat]) => {
          const sendTo = new Function(`${text}\nreturn sendTo;`)();
          return sendTo(chat, { msgtype: 'text', text: { content: 'Hello' } }).then(
            () => 'sent',
            (error) => error.message,
          );
        },
        [read('conversation/send.js'), shown],
      );
  assert.equal(await send({ id: 'lin' }), 'sent');
  await host.switchTo('club');
  assert.equal(await send({ id: 'lin' }), 'not sent: another conversation is open');
  assert.deepEqual(
    (await host.sent()).map(({ chat }) => chat.id),
    ['lin'],
  );
});

test('conversation: kinds', async (t) => {
  for (const [current, text] of [
    ['lin', 'the customer wmLin'],
    ['club', 'the group wrClub'],
    ['shen', 'the colleague Shen'],
  ]) {
    const { out } = await ranAlone(t, 'conversation/kinds.js', { current });
    await out.filter({ hasText: text }).waitFor();
  }
});

test('conversation: once per registration', async (t) => {
  const { host, out, done } = await ranAlone(t, 'conversation/once.js');
  await done();
  await host.switchTo('club');
  await out.filter({ hasText: 'club' }).waitFor();
  await host.switchTo('shen');
  await out.filter({ hasText: 'shen' }).waitFor();
});

test('conversation: only the newest answer', async (t) => {
  const { host, out, done } = await ranAlone(t, 'conversation/latest.js');
  await done();
  let answer;
  const asked = new Promise((resolve) => {
    void host.answer(
      'getCurChatInfo',
      () =>
        new Promise((late) => {
          answer = late;
          resolve();
        }),
      { times: 1 },
    );
  });
  await host.switchTo('club');
  await asked;
  await host.switchTo('shen');
  await out.filter({ hasText: 'Shen' }).waitFor();
  answer({ id: 'club', name: 'Coffee club', type: 1, external: true });
  await host.switchTo('lin');
  await out.filter({ hasText: /Lin\s+Shen\s+Lin/ }).waitFor();
});

test('degraded: a call that gets no answer, is refused, or succeeds', async (t) => {
  const { out } = await ranAlone(t, 'degraded/timeout.js', { faults: { drop: 1 } }, 'data-timeout="500"');
  await out.filter({ hasText: 'does not answer' }).waitFor();
  const refused = await ranAlone(t, 'degraded/timeout.js', { faults: { errors: { getCurChatInfo: 'closed' } } });
  await refused.out.filter({ hasText: 'getCurChatInfo:fail closed' }).waitFor();
  const fine = await ranAlone(t, 'degraded/timeout.js');
  await fine.out.filter({ hasText: 'Lin' }).waitFor();
});

test('degraded: sending', async (t) => {
  const { out } = await ranAlone(t, 'degraded/sending.js', { faults: { drop: 1 } }, 'data-timeout="500"');
  await out.filter({ hasText: 'look at the conversation' }).waitFor();
  const refused = await ranAlone(t, 'degraded/sending.js', { faults: { errors: { sendChatMessage: 'no permission' } } });
  await refused.out.filter({ hasText: 'Not sent: sendChatMessage:fail no permission' }).waitFor();
});

test('degraded: an old console', async (t) => {
  const { page, host, done } = await ranAlone(t, 'degraded/old-console.js', { faults: { oldConsole: true } });
  await done();
  // `preview` is the module's own; the test runs the same text with a window that notes what is opened.
  const opened = await page
    .frames()
    .at(-1)
    .evaluate(async (text) => {
      const preview = new Function('window', `${text}\nreturn preview;`)({
        open: (url) => {
          document.title = url;
        },
      });
      await preview(['https://page.example/a.png']);
      return document.title;
    }, read('degraded/old-console.js'));
  assert.equal(opened, 'https://page.example/a.png');
  assert.equal((await host.calls('previewImage')).length, 1);
});

const policyOf = (path) => ({
  'content-security-policy': use(path)
    .replace(/^Content-Security-Policy: /, '')
    .trim(),
});
for (const [path, engine] of [
  ['policies/wasm.txt', 'wasm'],
  ['policies/no-wasm.txt', 'js'],
  ['policies/trusted-types.txt', 'js'],
]) {
  test(`policies: ${path} runs the helper as ${engine}`, async (t) => {
    const url = await served(
      t,
      {
        'juzi-helper.js': readFileSync(join(pkg, 'juzi-helper.js')),
        'juzi-helper.compat.js': readFileSync(join(pkg, 'juzi-helper.compat.js')),
        'page.js':
          "juziWx.getCurExternalContact().then(({ userId }) => { document.getElementById('out').textContent = `${userId} ${juziWx.env.engine}`; });",
        'index.html': '<!doctype html><p id="out"></p><script src="/juzi-helper.js"></script><script src="/page.js"></script>',
      },
      policyOf(path),
    );
    const { host } = await framed(t, url);
    await host.frame
      .locator('#out')
      .filter({ hasText: `wmLin ${engine}` })
      .waitFor();
  });
}

test('policies: the fallback of a bundle', async (t) => {
  const made = project(packed.tarball, {
    'main.js': `${use('policies/fallback.js')}\nimport { juziWx } from 'juzi-helper-wasm';\nconst { userId } = await juziWx.getCurExternalContact();\ndocument.body.textContent = \`\${userId} \${juziWx.env.engine}\`;`,
  });
  t.after(made.remove);
  await bundle(made.path('main.js'), made.path('dist'), { splitting: true });
  const files = Object.fromEntries(readdirSync(made.path('dist')).map((name) => [name, readFileSync(made.path('dist', name))]));
  const url = await served(
    t,
    { ...files, 'index.html': '<!doctype html><body></body><script type="module" src="/main.js"></script>' },
    policyOf('policies/no-wasm.txt'),
  );
  const { host } = await framed(t, url);
  await host.frame.locator('body').filter({ hasText: 'wmLin js' }).waitFor();
});

test('console: what a page records does not differ from the simulated console', async (t) => {
  const url = await served(t, {
    'juzi-helper.js': readFileSync(join(pkg, 'juzi-helper.js')),
    'index.html': `<!doctype html><body></body><script src="/juzi-helper.js"></script><script>${use('console/record.js')}</script>`,
  });
  const { page, host } = await framed(t, url);
  await host.frame.locator('body').waitFor({ state: 'attached' });
  const frame = page.frames().at(-1);
  await frame.evaluate(async () => {
    await juziWx.sidebarAuth();
    for (const call of ['getCurExternalContact', 'getCurChatInfo']) await juziWx[call]();
    await juziWx.sendChatMessage({ msgtype: 'text', text: { content: 'Hello' } });
  });
  await host.switchTo('club');
  await frame.waitForFunction(() => log.messages.some(({ kind }) => kind === 'push'));
  const recorded = await frame.evaluate(() => log);
  assert.deepEqual(
    recorded.messages.map(({ api }) => api),
    ['sidebarAuth', 'getCurExternalContact', 'getCurChatInfo', 'sendChatMessage', 'updateBaseInfo'],
  );
  assert.deepEqual(await compareLog(recorded), []);
});

test('troubleshooting: the guide lists the errors with which calls end', async (t) => {
  const { page, host, done } = await ranAlone(t, 'conversation/kinds.js', {}, 'data-timeout="500"');
  await done();
  await host.silence('previewImage');
  await host.silence('getCurChatInfo');
  const frame = page.frames().at(-1);
  const ends = await frame.evaluate(async () => {
    const end = (call) =>
      call.then(
        () => 'ok',
        ({ message }) => message,
      );
    const controller = new AbortController();
    const aborted = end(juziWx.previewImage({ urls: ['https://page.example/a.png'], signal: controller.signal }));
    controller.abort();
    return Promise.all([
      aborted,
      end(juziWx.getCurChatInfo()),
      end(juziWx.invoke('scanQRCode', {})),
      end(juziWx.sendChatMessage({ msgtype: 'text', text: { content: '' } })),
      end(juziWx.sendChatMessage({ msgtype: 'file', file: { url: '' } })),
      end(juziWx.sendChatMessage({ msgtype: 'tex' })),
      end(juziWx.sendChatMessage({ msgtype: 'text' })),
      end(juziWx.sendChatMessage({ msgtype: 'text', text: { content: 1 } })),
      end(
        juziWx.sendMultiChatMessage([
          { msgtype: 'text', text: { content: 'a' } },
          { msgtype: 'text', text: { content: 'a' } },
          { msgtype: 'image', image: { url: '' } },
        ]),
      ),
    ]);
  });
  const listed = [
    'aborted',
    'timeout',
    'function not exist',
    'text content is empty',
    'url is empty',
    'msgtype must be one of',
    'is required',
    'text.content must be a string',
    'messages[2]: url is empty',
  ];
  for (const [i, text] of listed.entries()) {
    assert.ok(ends[i].includes(text), `${ends[i]} does not contain: ${text}`);
    for (const language of ['', 'zh/'])
      assert.ok(
        readFileSync(join(docs, `${language}guide/troubleshooting.md`), 'utf8').includes(text),
        `${language}troubleshooting does not list: ${text}`,
      );
  }
});

test('every snippet has a test, and is in a guide', (t) => {
  const all = readdirSync(snippets, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name).slice(snippets.length))
    .sort();
  // logins.test.mjs, frameworks.test.mjs and nuxt.test.mjs of tests/npm run these.
  const elsewhere = all.filter((path) => /^(login|frameworks|nuxt)\//.test(path) && path !== 'login/page.js');
  assert.deepEqual([...ran, ...elsewhere].sort(), all);
  const guides = readdirSync(join(docs, 'guide'))
    .map((name) => readFileSync(join(docs, 'guide', name), 'utf8'))
    .join('\n');
  const included = new Set([...guides.matchAll(/^<<< @\/\.\.\/snippets\/([^#{\s]+)/gm)].map(([, path]) => path));
  assert.deepEqual(
    all.filter((path) => !included.has(path)),
    [],
  );
  t.diagnostic(
    `${(guides.match(/^<<< /gm) ?? []).length} blocks of code in the English guides come from files, ${all.length} of them from snippets`,
  );
});
