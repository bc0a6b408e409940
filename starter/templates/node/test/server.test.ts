// @vitest-environment node
import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createApp } from '../server/app.js';

const SECRET = 'x'.repeat(32);
let servers: Server[];
let hub: string;
let page: string;

async function serve(handler: RequestListener) {
  const server = createServer(handler).listen(0, '127.0.0.1');
  await once(server, 'listening');
  servers.push(server);
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

beforeEach(async () => {
  servers = [];
  // A hub that knows one code.
  hub = await serve((request, response) => {
    const good = new URL(request.url ?? '', 'http://hub').searchParams.get('code') === 'good';
    response.end(JSON.stringify(good ? { errcode: 0, data: { userId: 'GuYan' } } : { errcode: -1, errmsg: 'invalid authorization code' }));
  });
  const app = createApp({ secret: SECRET, at: () => ({ origin: page, hub }) });
  page = await serve((request, response) => app(request, response, () => response.writeHead(404).end()));
});
afterEach(() => servers.forEach((server) => server.close()));

const ask = (path: string | URL, cookie = '') => fetch(new URL(path, page), { redirect: 'manual', headers: { cookie } });
const cookiesOf = (response: Response) =>
  response.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0])
    .join('; ');

/** Begins a login, and returns where the hub sends the browser with this code. */
async function begin(code: string, to = '/') {
  const response = await ask(`/api/login?to=${encodeURIComponent(to)}`);
  const asked = new URL(response.headers.get('location')!);
  expect(asked.origin + asked.pathname).toBe(`${hub}/oauth/connect/authorize`);
  const back = new URL(asked.searchParams.get('redirect_uri')!);
  back.searchParams.set('code', code);
  back.searchParams.set('state', asked.searchParams.get('state')!);
  return { back, cookie: cookiesOf(response) };
}

test('logs the user in, and leads back to the page', async () => {
  const { back, cookie } = await begin('good', '/?juziSidebar=true&msgType=postMessage');
  const response = await ask(back, cookie);
  expect(response.status).toBe(302);
  expect(response.headers.get('location')).toBe('/?juziSidebar=true&msgType=postMessage');
  for (const attribute of ['HttpOnly', 'Secure', 'SameSite=None', 'Partitioned', 'Path=/'])
    expect(response.headers.getSetCookie()[1]).toContain(attribute);
  const user = await ask('/api/user', cookiesOf(response));
  expect(await user.json()).toMatchObject({ userId: 'GuYan' });
});

test('a callback fails in a browser that did not begin the login', async () => {
  const { back } = await begin('good');
  const response = await ask(back);
  expect(response.status).toBe(403);
  expect(await response.text()).toMatch(/^state_mismatch/);
});

test('a code that was used before is refused', async () => {
  const { back, cookie } = await begin('used');
  expect(await (await ask(back, cookie)).text()).toMatch(/^invalid_code/);
});

test('a changed cookie logs nobody in', async () => {
  const { back, cookie } = await begin('good');
  const session = cookiesOf(await ask(back, cookie));
  expect((await ask('/api/user')).status).toBe(401);
  expect(
    (
      await ask(
        '/api/user',
        session.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A')),
      )
    ).status,
  ).toBe(401);
});

test('no login leads to another site', async () => {
  const odd = [
    '//evil.example/',
    '///evil.example',
    'https://evil.example/',
    'https:evil.example',
    '/\\evil.example',
    '\\\\evil.example',
    '/\t/evil.example',
    '/\n/evil.example',
    ' //evil.example',
    '/.//evil.example',
    '/./\\evil.example',
    '/a/..//evil.example',
    '/%2e//evil.example',
    '/%2E%2e//evil.example',
    '/.\t//evil.example',
    'javascript:alert(1)',
    'evil.example',
    '@evil.example',
    ':80@evil.example',
    '',
  ];
  for (const to of odd) {
    const { back, cookie } = await begin('good', to);
    const location = (await ask(back, cookie)).headers.get('location');
    expect(new URL(location!, page).origin, `${JSON.stringify(to)} leads to ${location}`).toBe(page);
    expect(location, JSON.stringify(to)).toBe('/');
  }
  for (const [to, location] of Object.entries({
    '/a?b=c': '/a?b=c',
    '/a/../b': '/b',
    '/@evil.example': '/@evil.example',
    '/a//b': '/a//b',
  })) {
    const { back, cookie } = await begin('good', to);
    expect((await ask(back, cookie)).headers.get('location')).toBe(location);
  }
});

test('a failed login is over, and no answer is cached', async () => {
  const { back, cookie } = await begin('used');
  const failed = await ask(back, cookie);
  expect(failed.status).toBe(403);
  expect(failed.headers.getSetCookie()).toEqual([expect.stringMatching(/^__Host-juzi-login-[a-z0-9]{8}=; .*Max-Age=0/)]);
  for (const response of [failed, await ask('/api/login'), await ask('/api/callback'), await ask('/api/user')]) {
    expect(response.headers.get('cache-control')).toBe('no-store');
  }
});

test('logins in two tabs both succeed, and old ones are dropped', async () => {
  const [one, other] = [await begin('good', '/one'), await begin('good', '/other')];
  const cookie = `${one.cookie}; ${other.cookie}`;
  expect((await ask(other.back, cookie)).headers.get('location')).toBe('/other');
  expect((await ask(one.back, cookie)).headers.get('location')).toBe('/one');
  const many: string[] = [];
  for (let count = 0; count < 6; count += 1) many.push((await begin('good')).cookie);
  const response = await ask('/api/login', many.join('; '));
  expect(response.headers.getSetCookie().filter((it) => it.includes('Max-Age=0'))).toHaveLength(2);
});
