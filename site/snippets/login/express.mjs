import express from 'express';
import { loginOf } from './login.js';

const { login, callback, session } = loginOf(process.env);
const app = express();

app.get('/login', async (request, response) => send(await login(request), response));
app.get('/callback', async (request, response) => send(await callback(request), response));
app.post('/session', express.json(), async (request, response) => send(await session(request, request.body), response));

async function send(answer, response) {
  response.status(answer.status);
  // Not `set`: there can be several cookies.
  for (const [name, value] of answer.headers) response.append(name, value);
  response.end(await answer.text());
}

const server = app.listen(process.env.PORT ?? 3000, () => console.log(`listening on port ${server.address().port}`));
