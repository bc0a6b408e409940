// The package `vite-plugin-juzi`: the workbench's console in Vite's own dev server, framing the page.
import { readFileSync, readdirSync } from 'node:fs';
import { resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import colours from 'picocolors';
import { serveFile } from './files.js';
import { createHub } from './hub.js';
import { checkOptions } from './options.js';
import { followScenarioFile, readScenarioFile, unwritable } from './scenario-file.js';

/** Where the console is on the dev server, whatever Vite's `base` is. */
const PREFIX = '/__juzi';
/** The console's files, which the build copies beside this module. */
const CONSOLE = fileURLToPath(new URL('./workbench', import.meta.url));

export default function juzi(options) {
  const { page, scenario, codeTtl, overlay } = checkOptions(options);
  return {
    name: 'juzi',
    apply: 'serve',

    async configureServer(server) {
      const { root, base, logger } = server.config;
      const file = scenario === undefined ? null : resolve(root, scenario);
      const warn = (what) => logger.warn(`[juzi] ${file === null ? what : `${file}: ${what}`}`, { timestamp: true });
      const text = await textOf(file);
      const hub = hubOf({
        wasm: readFileSync(new URL('./hub.wasm', import.meta.url)),
        text,
        warn,
        settings: {
          version: JUZI_VERSION,
          path: PREFIX,
          page: page.startsWith('/') || URL.canParse(page) ? page : base + page,
          hosts: hostsOf(server.config.server),
          codeTtlMs: Math.round(codeTtl * 1_000),
          scenarioFile: file,
          unwritable: file === null ? undefined : await unwritable(file),
          // Relative times count from here, however often the file is read again.
          startMs: Date.now(),
          own: readdirSync(CONSOLE),
          media: mediaIn(CONSOLE),
        },
      });
      const stop =
        file === null
          ? () => {}
          : followScenarioFile(file, text, (changed) => {
              // Nothing in the file may end the dev server.
              try {
                if ('error' in changed) hub.reportUnreadable(changed.error.message);
                else hub.replaceScenario(changed.text);
              } catch (error) {
                warn(`the change was not taken: ${error.message}`);
              }
            });
      server.httpServer?.on('close', () => {
        stop();
        hub.close();
      });
      // Before Vite's own, which would answer with the page. At a path, because Nuxt gives Vite only the requests for such paths.
      server.middlewares.use(PREFIX, (request, response, next) => {
        const target = targetOf(request);
        if (target === null) return next();
        return answer(hub, target, request, response).catch(next);
      });
      printAddress(server);
    },

    transformIndexHtml(html, context) {
      if (!overlay || !context.server) return [];
      return [{ tag: 'script', attrs: { type: 'module', src: `${PREFIX}/overlay.js` }, injectTo: 'head-prepend' }];
    },
  };
}

/** The scenario's text. Throws if the file cannot be read: with a scenario of one's own, a default would mislead. */
async function textOf(file) {
  if (file === null) return readFileSync(resolve(CONSOLE, 'scenarios/default.json'), 'utf8');
  return readScenarioFile(file).catch((error) => {
    throw new Error(`juzi(): \`scenario\` ${file}: ${error.message}`);
  });
}

function hubOf(options) {
  try {
    return createHub(options);
  } catch (error) {
    const { scenarioFile } = options.settings;
    throw scenarioFile === null ? error : new Error(`juzi(): \`scenario\` ${scenarioFile}: ${error.message}`);
  }
}

/** The console's media files, as a scenario names them. */
const mediaIn = (folder) =>
  readdirSync(resolve(folder, 'media'), { recursive: true }).map((file) => `/media/${String(file).replaceAll(sep, '/')}`);

/** The names by which Vite itself may be reached. */
function hostsOf({ allowedHosts, host }) {
  if (allowedHosts === true) return true;
  return [...(Array.isArray(allowedHosts) ? allowedHosts : []), ...(typeof host === 'string' ? [host] : [])];
}

/**
 * The path and the query without the prefix; null if the request is not for the console. `url` has no prefix any more, and always begins
 * with a slash, also for `/__juzi` and `/__juzi.html`.
 */
function targetOf({ url, originalUrl }) {
  if (originalUrl.endsWith(PREFIX + url)) return url;
  const rest = url.slice(1);
  return rest === '' || rest.startsWith('?') ? rest : null;
}

async function answer(hub, target, request, response) {
  if (!target.startsWith('/')) {
    // Relative addresses in the page need the slash.
    response.writeHead(308, { location: `${PREFIX}/${target}` }).end();
    return;
  }
  await hub.handle(request, response, target, async () => {
    const [path] = target.split('?');
    const readable = request.method === 'GET' || request.method === 'HEAD';
    if (readable && (await serveFile(CONSOLE, path, request, response))) return;
    response
      .writeHead(readable ? 404 : 405, { 'content-type': 'text/plain; charset=utf-8' })
      .end(readable ? `there is no ${PREFIX}${path}\n` : 'only GET and HEAD are answered here\n');
  });
}

/** Prints the console's address below Vite's own. */
function printAddress(server) {
  const printUrls = server.printUrls?.bind(server);
  if (!printUrls) return;
  server.printUrls = () => {
    printUrls();
    for (const address of server.resolvedUrls?.local ?? []) {
      server.config.logger.info(
        `  ${colours.green('➜')}  ${colours.bold('Juzi')}:    ${colours.cyan(new URL(`${PREFIX}/`, address).href)}`,
      );
    }
  };
}
