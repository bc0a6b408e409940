import { randomBytes } from 'node:crypto';
import { createApp } from './app.js';

/** The page's server inside Vite's, with the hub of the workbench. @returns {import('vite').Plugin} */
export const loginServer = () => ({
  name: 'login-server',
  apply: 'serve',
  configureServer(server) {
    /** @param {import('node:http').IncomingMessage} request */
    const at = ({ headers }) => ({ origin: `http://${headers.host}`, hub: `http://${headers.host}/__juzi` });
    server.middlewares.use(createApp({ secret: randomBytes(32).toString('hex'), at }));
  },
});
