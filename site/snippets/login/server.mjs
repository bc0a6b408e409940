import { createServer } from 'node:http';
import { loginOf } from './login.js';

const { login, callback, session } = loginOf(process.env);
const routes = {
  'GET /login': login,
  'GET /callback': callback,
  'POST /session': async (request) => session(request, await posted(request)),
};

const server = createServer(async (request, response) => {
  const route = routes[`${request.method} ${request.url.split('?')[0]}`] ?? (() => new Response('not found', { status: 404 }));
  try {
    const answer = await route(request);
    const cookies = answer.headers.getSetCookie();
    response.writeHead(answer.status, { ...Object.fromEntries(answer.headers), 'set-cookie': cookies }).end(await answer.text());
  } catch (error) {
    // An unexpected error ends this answer, not the server.
    console.error(error);
    response.writeHead(500).end();
  }
});
server.listen(process.env.PORT ?? 3000, () => console.log(`listening on port ${server.address().port}`));

/** What the page has posted; undefined if it is no JSON, or above 64 KB. */
async function posted(request) {
  let text = '';
  for await (const part of request.setEncoding('utf8')) if (text.length <= 65_536) text += part;
  try {
    return text.length <= 65_536 ? JSON.parse(text) : undefined;
  } catch {
    return undefined;
  }
}
