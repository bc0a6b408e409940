// The entry `juzi-helper-wasm/vite`: the workbench's console in Vite's own dev server, framing the page.
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import colours from 'picocolors';
import { serveFile } from './vite/files.js';
import { createHub } from './vite/hub.js';
import { checkOptions } from './vite/options.js';
import { ScenarioError, createScenarioReader, formatOf, warningsOf } from './vite/scenario.js';
import { followScenarioFile, readScenarioFile } from './vite/scenario-file.js';
import { withServedMedia } from './vite/media.js';

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
      const { file, text, parse } = await scenarioOf(scenario, root);
      const warn = (what) => logger.warn(`[juzi] ${file}: ${what}`, { timestamp: true });
      /** The scenario and its warnings, which the terminal gets too. */
      const read = (changed) => {
        const scenario = parse(changed);
        const warnings = warningsOf(changed, file === null ? 'json' : formatOf(file), scenario);
        warnings.forEach(warn);
        return { scenario, warnings };
      };
      const hub = createHub({
        ...read(text),
        scenarioFile: file,
        prefix: PREFIX,
        page: page.startsWith('/') || URL.canParse(page) ? page : base + page,
        codeTtl,
        allowedHosts: hostsOf(server.config.server),
        version: JUZI_VERSION,
      });
      const stop =
        file === null
          ? () => {}
          : followScenarioFile(file, text, (changed) => {
              try {
                if ('error' in changed) throw changed.error;
                const { scenario, warnings } = read(changed.text);
                hub.replaceScenario(scenario, warnings);
              } catch (error) {
                if (!(error instanceof ScenarioError)) throw error;
                warn(`${error}; the old scenario stays`);
                hub.reportScenarioError(error);
              }
            });
      server.httpServer?.on('close', () => {
        stop();
        hub.close();
      });
      // Before Vite's own, which would answer with the page.
      server.middlewares.use((request, response, next) => {
        const target = targetOf(request.url);
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

/** The scenario's file, its text, and how to read that. Throws if it is broken: with a scenario of one's own, a default would mislead. */
async function scenarioOf(scenario, root) {
  const read = createScenarioReader(JSON.parse(readFileSync(resolve(CONSOLE, 'scenarios/scenario.schema.json'), 'utf8')));
  const file = scenario === undefined ? null : resolve(root, scenario);
  // Relative times count from here, however often the file is read again.
  const start = Date.now();
  const parse = (text) => withServedMedia(read(text, file === null ? 'json' : formatOf(file), start), CONSOLE, PREFIX);
  try {
    const text = file === null ? readFileSync(resolve(CONSOLE, 'scenarios/default.json'), 'utf8') : await readScenarioFile(file);
    parse(text);
    return { file, text, parse };
  } catch (error) {
    throw error instanceof ScenarioError ? new Error(`juzi(): \`scenario\` ${file}: ${error}`) : error;
  }
}

/** The names by which Vite itself may be reached. */
function hostsOf({ allowedHosts, host }) {
  if (allowedHosts === true) return true;
  return [...(Array.isArray(allowedHosts) ? allowedHosts : []), ...(typeof host === 'string' ? [host] : [])];
}

/** The path and the query without the prefix; null if the request is not for the console. */
function targetOf(url) {
  if (!url.startsWith(PREFIX)) return null;
  const rest = url.slice(PREFIX.length);
  return rest === '' || /^[/?]/.test(rest) ? rest : null;
}

async function answer(hub, target, request, response) {
  if (!target.startsWith('/')) {
    // Relative addresses in the page need the slash.
    response.writeHead(308, { location: `${PREFIX}/${target}` }).end();
    return;
  }
  if (await hub.handle(request, response, target)) return;
  if (response.headersSent) return;
  const [path] = target.split('?');
  const readable = request.method === 'GET' || request.method === 'HEAD';
  if (readable && (await serveFile(CONSOLE, path, request, response))) return;
  response
    .writeHead(readable ? 404 : 405, { 'content-type': 'text/plain; charset=utf-8' })
    .end(readable ? `there is no ${PREFIX}${path}\n` : 'only GET and HEAD are answered here\n');
  hub.recordUnknown(request, response, target);
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
