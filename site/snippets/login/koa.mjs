import { bodyParser } from '@koa/bodyparser';
import Router from '@koa/router';
import Koa from 'koa';
import { loginOf } from './login.js';

const { login, callback, session } = loginOf(process.env);
const router = new Router();

router.get('/login', async (context) => send(await login(context.req), context));
router.get('/callback', async (context) => send(await callback(context.req), context));
router.post('/session', bodyParser(), async (context) => send(await session(context.req, context.request.body), context));

async function send(answer, context) {
  context.status = answer.status;
  // Not `set`: there can be several cookies.
  for (const [name, value] of answer.headers) context.append(name, value);
  context.body = await answer.text();
}

const app = new Koa().use(router.routes());
const server = app.listen(process.env.PORT ?? 3000, () => console.log(`listening on port ${server.address().port}`));
