// The entry `juzi-helper-wasm/playwright`: a simulated console in a Playwright page, driven from the test.
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';

const FUNCTION = '__juziAnswer';
/** The kit, and what it imports. */
const KIT = ['/testing.js', '/kit.js'];
const BODY =
  '<!doctype html><meta charset="utf-8"><title>Juzi</title><style>html,body,iframe{margin:0;width:100%;height:100%;border:0;display:block}</style>' +
  '<iframe id="page" allow="clipboard-read; clipboard-write; local-network-access"></iframe>' +
  '<script type="module">import * as kit from "/testing.js"; window.juziTesting = kit;</script>';

export async function createHost(page, { url, hostOrigin, ...options }) {
  if (typeof url !== 'string' || !/^https?:\/\//.test(url)) {
    throw new TypeError('createHost: url must be the absolute http(s) address of the page under test');
  }
  const origin = hostOrigin === undefined ? await listen(page) : await intercept(page, new URL(hostOrigin).origin);
  const answers = await answersOf(page);
  await page.goto(`${origin}/`);
  await page.evaluate(start, { options: { ...options, url }, answer: FUNCTION });
  const host = remote(page, answers);
  await host.load();
  return host;
}

/** The responses of the console's origin: its page and the kit. */
async function respond(path) {
  if (!KIT.includes(path)) return { contentType: 'text/html; charset=utf-8', body: BODY };
  return { contentType: 'text/javascript; charset=utf-8', body: await readFile(new URL(`.${path}`, import.meta.url), 'utf8') };
}

/** A local server that runs as long as the page. Chromium lets no public page frame a local one. */
async function listen(page) {
  const server = createServer(async (request, response) => {
    const { contentType, body } = await respond(request.url);
    response.writeHead(200, { 'content-type': contentType, connection: 'close' }).end(body);
  });
  await new Promise((resolve, reject) => server.once('error', reject).listen(0, '127.0.0.1', resolve));
  server.unref();
  page.on('close', () => server.close());
  return `http://127.0.0.1:${server.address().port}`;
}

/** An origin that the test chooses. Its requests are answered without network. */
async function intercept(page, origin) {
  // Only Chromium has and needs this permission.
  await page
    .context()
    .grantPermissions(['local-network-access'], { origin })
    .catch(() => {});
  await page.route(`${origin}/**`, async (route) => route.fulfill(await respond(new URL(route.request().url()).pathname)));
  return origin;
}

/** The test's functions that answer calls, by number. They survive a reload: Playwright exposes a name once per page. */
const exposed = new WeakMap();
async function answersOf(page) {
  if (!exposed.has(page)) {
    const answers = new Map();
    exposed.set(page, answers);
    await page.exposeFunction(FUNCTION, async (id, params, call) => {
      try {
        return { data: await answers.get(id)(params, call) };
      } catch (error) {
        return { reason: error instanceof Error ? error.message : String(error) };
      }
    });
  }
  return exposed.get(page);
}

/** Runs in the browser. */
function start({ options, answer }) {
  const frame = document.getElementById('page');
  const host = window.juziTesting.createHost({ ...options, frame });
  const sent = [];
  host.on('sent', ({ chat, messages }) => sent.push({ chat, messages }));
  const previews = [];
  host.on('preview', ({ urls, index }) => previews.push({ urls, index }));
  const plain = ({ api, reqId, params, origin, at, state, result, duration }) => ({
    api,
    reqId,
    params,
    origin,
    at,
    state,
    result,
    duration,
  });
  const answerBy = (api, id, limit) =>
    host.answer(
      api,
      async (params, call) => {
        const { data, reason } = await window[answer](id, params, plain(call));
        if (reason !== undefined) throw new Error(reason);
        return data;
      },
      limit,
    );
  const load = (at) =>
    new Promise((resolve) => {
      frame.addEventListener('load', () => resolve(frame.src), { once: true });
      host.load(at);
    });
  window.juziHost = { host, plain, answerBy, load, sent, previews };
}

function remote(page, answers) {
  const ask = (method, ...given) => page.evaluate(([name, args]) => window.juziHost.host[name](...args), [method, given]);
  const about = (name) => page.evaluate((property) => window.juziHost.host[property], name);
  /** A received call with the functions that end it. Of two calls with one reqId, the last is meant. */
  const withEnds = (call) => {
    const end = (method, ...given) =>
      page.evaluate(
        ([{ api, reqId }, name, args]) =>
          window.juziHost.host
            .callsTo(api)
            .findLast((one) => one.reqId === reqId)
            [name](...args),
        [call, method, given],
      );
    return {
      ...call,
      answer: (data) => (data === undefined ? end('answer') : end('answer', data)),
      fail: (reason) => (reason === undefined ? end('fail') : end('fail', reason)),
      ignore: () => end('ignore'),
      proceed: () => end('proceed'),
    };
  };
  return {
    frame: page.frameLocator('#page'),
    async calls(api) {
      const calls = await page.evaluate((name) => {
        const { host, plain } = window.juziHost;
        return (name === undefined ? host.calls : host.callsTo(name)).map(plain);
      }, api);
      return calls.map(withEnds);
    },
    nextCall: async (api, within) =>
      withEnds(
        await page.evaluate(
          async ([name, limit]) => window.juziHost.plain(await window.juziHost.host.nextCall(name, limit)),
          [api, within],
        ),
      ),
    sent: () => page.evaluate(() => window.juziHost.sent),
    previews: () => page.evaluate(() => window.juziHost.previews),
    async answer(api, data, limit) {
      if (typeof data !== 'function') {
        await page.evaluate(([name, value, times]) => window.juziHost.host.answer(name, value, times), [api, data, limit]);
        return;
      }
      const id = answers.size + 1;
      answers.set(id, data);
      await page.evaluate(([name, number, times]) => window.juziHost.answerBy(name, number, times), [api, id, limit]);
    },
    fail: (api, reason, limit) => ask('fail', api, reason, limit),
    silence: (api, limit) => ask('silence', api, limit),
    hold: (api, limit) => ask('hold', api, limit),
    restore: (api) => (api === undefined ? ask('restore') : ask('restore', api)),
    current: () => about('current'),
    authorized: () => about('authorized'),
    switchTo: (id) => ask('switchTo', id),
    push: () => ask('push'),
    setMode: (mode) => ask('setMode', mode),
    setChats: (chats) => ask('setChats', chats),
    setFaults: (faults) => ask('setFaults', faults),
    restart: () => ask('restart'),
    load: (at) => page.evaluate((next) => window.juziHost.load(next), at),
    destroy: () => ask('destroy'),
  };
}
