import Fastify from 'fastify';
import { loginOf } from './login.js';

const { login, callback, session } = loginOf(process.env);
const app = Fastify();

app.get('/login', ({ raw }) => login(raw));
app.get('/callback', ({ raw }) => callback(raw));
app.post('/session', ({ raw, body }) => session(raw, body));

await app.listen({ port: Number(process.env.PORT ?? 3000) });
console.log(`listening on port ${app.server.address().port}`);
