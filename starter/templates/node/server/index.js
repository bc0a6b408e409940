// The server in production, after a build: `ORIGIN=https://page.example SECRET=… node server/index.js`.
import { createServer } from 'node:http';
import { fileURLToPath } from 'node:url';
import sirv from 'sirv';
import policy from '../policy.json' with { type: 'json' };
import { createApp } from './app.js';

const { ORIGIN, SECRET, HUB, PORT = '3000' } = process.env;
if (!ORIGIN || !URL.canParse(ORIGIN))
  throw new Error('ORIGIN must be the origin at which browsers reach this server, like https://page.example');
if (!SECRET || SECRET.length < 32) throw new Error('SECRET must have at least 32 characters');

const app = createApp({ secret: SECRET, at: () => ({ origin: new URL(ORIGIN).origin, hub: HUB }) });
const files = sirv(fileURLToPath(new URL('../dist', import.meta.url)), { etag: true });

createServer((request, response) => {
  for (const [name, value] of Object.entries(policy)) response.setHeader(name, value);
  /** @param {number} status */
  const end = (status) => void response.writeHead(status).end();
  app(request, response, (error) => {
    if (error) console.error(error);
    if (error) end(500);
    else files(request, response, () => end(404));
  }).catch((error) => {
    // An unexpected error ends this answer, not the server.
    console.error(error);
    response.destroy();
  });
}).listen(Number(PORT), () => console.log(`listening on port ${PORT}`));
