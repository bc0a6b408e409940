import { loginOf } from './login.js';

export default {
  async fetch(request, env) {
    const { login, callback, session } = loginOf(env);
    const routes = { 'GET /login': login, 'GET /callback': callback, 'POST /session': session };
    const route = routes[`${request.method} ${new URL(request.url).pathname}`];
    return route ? route(request) : new Response('not found', { status: 404 });
  },
};
