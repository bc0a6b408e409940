import { serve } from '@hono/node-server';
import { Hono } from 'hono';
import { loginOf } from './login.js';

const { login, callback, session } = loginOf(process.env);
const app = new Hono();

app.get('/login', ({ req }) => login(req.raw));
app.get('/callback', ({ req }) => callback(req.raw));
app.post('/session', ({ req }) => session(req.raw));

serve({ fetch: app.fetch, port: Number(process.env.PORT ?? 3000) }, ({ port }) => console.log(`listening on port ${port}`));
