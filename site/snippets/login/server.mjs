import { createServer } from 'node:http';
import { OAuthError, getUserInfo, handleCallback, startLogin } from 'juzi-helper-wasm/oauth';

const base = process.env.JUZI_HUB; // undefined: Juzi's public hub
const origin = process.env.ORIGIN; // where browsers reach this server
const secret = process.env.SECRET; // at least 32 characters

// #region redirect
const routes = {
  /** Sends the browser to the hub. The state is in a signed cookie. */
  'GET /login': (request) => startLogin({ redirectUri: `${origin}/callback`, secret, base, request }),

  /** The hub sends the browser back, with a code. */
  'GET /callback': async (request) => {
    const { user, setCookie } = await handleCallback(request, { secret, base });
    return new Response(`Hello ${user.userId}`, { headers: { 'set-cookie': setCookie } });
  },
  // #endregion redirect

  // #region sidebar
  /** In the sidebar there is no redirect: the page posts the code of `sidebarAuth`. */
  'POST /session': async (request) => {
    if (request.headers.origin !== origin) return new Response('wrong origin', { status: 403 });
    const { code } = JSON.parse(await text(request));
    const user = await getUserInfo(code, { base });
    return Response.json({ userId: user.userId });
  },
  // #endregion sidebar
};

// #region server
const server = createServer(async (request, response) => {
  // No request may end the server, not even one without a proper path, like `GET //`.
  const answer = await answerTo(request).catch((error) => {
    // The cookie of a login that failed is removed too.
    if (error instanceof OAuthError)
      return new Response(error.code, { status: 401, headers: error.setCookie ? { 'set-cookie': error.setCookie } : {} });
    return new Response('bad request', { status: 400 });
  });
  const headers = { ...Object.fromEntries(answer.headers), 'set-cookie': answer.headers.getSetCookie(), 'cache-control': 'no-store' };
  response.writeHead(answer.status, headers).end(await answer.text());
});
server.listen(process.env.PORT ?? 3000, () => console.log(`listening on port ${server.address().port}`));

async function answerTo(request) {
  const { pathname } = new URL(request.url, origin);
  const route = routes[`${request.method} ${pathname}`];
  return route ? route(request) : new Response('not found', { status: 404 });
}
// #endregion server

async function text(request) {
  let all = '';
  for await (const part of request.setEncoding('utf8')) all += part;
  return all;
}
