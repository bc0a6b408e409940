// What the console asks its server for, and the OAuth hub: the workbench's endpoints, in JavaScript. tests/vectors/hub.json has requests
// and answers that both give.
import { Refusal, callbackOf, parseAuthorize } from './authorize.js';
import { ERRMSGS, createCodes } from './codes.js';
import { isAllowedHost, isJson, isOwnOrigin, isOwnSite, isThisMachine, originOf, whyNoNavigation } from './guard.js';
import { AUTHORIZE, GET_USER_INFO, createHubLog } from './hub-log.js';
import { maskSecret } from './mask.js';
import { checkPage } from './page-check.js';
import { navigationPage, parameterPage, tooManyPage } from './refusal-page.js';

/** Bytes. Requests are small; a larger body is a mistake. */
const MAX_BODY = 64 * 1024;
/** How many characters of a code the console is told; a real code has 32. */
const SHOWN = 128;
/** Milliseconds between comments in the event stream, which keep proxies from closing it. */
const KEEP_ALIVE = 15_000;
/** A code must appear neither in a `Referer` header nor in a cache. */
const PRIVATE = { 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' };

/** A request that is refused, with what is wrong and in which field. */
class ApiError extends Error {
  constructor(status, message, field = null) {
    super(message);
    Object.assign(this, { status, field });
  }
}

/**
 * @param {object} options
 * @param {any} options.scenario A valid scenario.
 * @param {import('./scenario.js').ScenarioError[]} [options.warnings] Where the scenario differs from Juzi's console.
 * @param {string | null} [options.scenarioFile] Its file's name, to be shown.
 * @param {string} [options.prefix] Where on the server the hub is, without a slash at the end.
 * @param {string} [options.page] The sidebar page: a path on the server, or an absolute address.
 * @param {number} [options.codeTtl] Seconds that an unused code lives.
 * @param {true | string[]} [options.allowedHosts] Names in the `Host` header, besides those of this machine.
 * @param {string} [options.version]
 * @param {() => number} [options.now] Milliseconds since the epoch.
 */
export function createHub({
  scenario,
  warnings = [],
  scenarioFile = null,
  prefix = '',
  page = '/',
  codeTtl = 300,
  allowedHosts = [],
  version = '',
  now = Date.now,
}) {
  const codes = createCodes({ now, ttl: codeTtl * 1_000 });
  /** Open event streams, each with the id of its console window. @type {Map<import('node:http').ServerResponse, string | null>} */
  const streams = new Map();
  /** The conversation that the console shows; authorize issues codes for its account. */
  let shown = scenario.conversations[0]?.id ?? null;
  /** The console window that shows it. */
  let shownBy = null;
  /** Why the scenario's file as it is now cannot be used. */
  let broken = null;
  /** The errcode of every `getUserInfo` answer; 0 for none. */
  let fault = scenario.faults.getUserInfo;

  const conversation = (id) => scenario.conversations.find((one) => one.id === id);
  const botIdOf = (chat) => chat?.botId ?? scenario.account.botId;

  const textOf = (name, data, id) => `${id === undefined ? '' : `id: ${id}\n`}event: ${name}\ndata: ${JSON.stringify(data)}\n\n`;
  function tell(name, data, id) {
    for (const stream of streams.keys()) stream.write(textOf(name, data, id));
  }
  const log = createHubLog({ now, tell });

  /** Issues a code for the conversation's managed account, or for the console's account if there is no conversation. */
  function issue(chat, via, forDeveloper) {
    const { userId, corpId, orgId, uid, email } = scenario.account;
    const botId = botIdOf(chat);
    const issued = codes.issue({ userId, corpId, botId, orgId, uid, email }, forDeveloper, { via, conversationId: chat?.id ?? null });
    if (issued)
      tell('code-issued', { code: issued.code, conversationId: chat?.id ?? null, botId, via, at: issued.at, expiresAt: issued.expiresAt });
    return issued;
  }

  const routes = {
    'GET /_workbench/config': (request, response, { origin }) => {
      const address = new URL(page, origin);
      sendJson(response, 200, {
        version,
        page: address.href,
        pageOrigin: address.origin,
        hubBase: origin.origin + prefix,
        codeTtlSeconds: codeTtl,
        scenario,
        scenarioFile,
        scenarioError: broken,
        scenarioWarnings: warnings,
        currentConversation: shown,
        hubConversation: { id: shown, window: shownBy },
        hubFaults: { getUserInfo: fault },
        lastHubRequest: log.last,
        hubErrors: [...ERRMSGS],
      });
    },

    'GET /_workbench/events': (request, response, { url }) => {
      if (!isOwnSite(request)) throw new ApiError(403, "only the console's own page may listen to this");
      response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-cache' });
      // Sends the headers, so that the console knows that it is connected.
      response.write(':\n\n');
      const after = request.headers['last-event-id'] ?? url.searchParams.get('after');
      if (after !== null) for (const event of log.after(Number(after))) response.write(textOf('hub-request', event, event.id));
      const window = url.searchParams.get('window');
      const timer = setInterval(() => response.write(':\n\n'), KEEP_ALIVE).unref();
      streams.set(response, window);
      response.on('close', () => {
        clearInterval(timer);
        streams.delete(response);
        if (window !== null && window === shownBy && ![...streams.values()].includes(window)) showIn(null);
      });
    },

    'POST /_workbench/codes': async (request, response, own) => {
      const { conversationId, via } = await bodyOf(request, own, {
        conversationId: isText,
        via: (value) => value === 'sidebarAuth' || value === 'updateBaseInfo',
      });
      const chat = existing('conversationId', conversationId);
      const issued = issue(chat, via, true);
      if (!issued) throw new ApiError(503, 'too many codes are unused; wait until they expire, or restart the dev server');
      sendJson(response, 200, { code: issued.code, expiresAt: issued.expiresAt });
    },

    'PUT /_workbench/conversation': async (request, response, own) => {
      const { id, window = null } = await bodyOf(request, own, { id: isText }, { window: isWindow });
      shown = existing('id', id).id;
      showIn(window);
      response.writeHead(204).end();
    },

    'GET /_workbench/faults': (request, response) => sendJson(response, 200, { getUserInfo: fault }),

    'PUT /_workbench/faults': async (request, response, own) => {
      const { getUserInfo } = await bodyOf(request, own, { getUserInfo: (value) => ERRMSGS.has(value) });
      fault = getUserInfo;
      tell('hub-faults', { getUserInfo });
      response.writeHead(204).end();
    },

    'POST /_workbench/page-check': async (request, response, own) => {
      const { url, request: askForIt = true } = await bodyOf(
        request,
        own,
        { url: isWebAddress },
        { request: (value) => typeof value === 'boolean' },
      );
      sendJson(response, 200, await checkPage(new URL(url), askForIt, own.origin.origin));
    },

    [`GET ${AUTHORIZE}`]: (request, response, { origin, url }) => {
      const isSidebars = (sender) => sender === origin.origin || sender === new URL(page, origin).origin;
      const why = whyNoNavigation(request, isSidebars);
      if (why) {
        sendPage(response, 403, navigationPage(why, url.search.slice(1), url.searchParams.get('redirect_uri') ?? ''));
        return { hint: { code: why, params: {} } };
      }
      const asked = parseAuthorize(url.searchParams);
      const chat = shown === null ? undefined : conversation(shown);
      const issued = issue(chat, 'authorize', isSidebars(asked.redirectUri.origin) || isThisMachine(asked.redirectUri.hostname));
      if (!issued) {
        sendPage(response, 503, tooManyPage());
        return { hint: { code: 'too-many-codes', params: {} } };
      }
      const location = callbackOf(asked, issued.code, botIdOf(chat));
      response.writeHead(302, { ...PRIVATE, location }).end();
      // No mistake: the helper knows the sidebar by juziBotId, others may not.
      const framed = ['iframe', 'frame'].includes(request.headers['sec-fetch-dest']);
      const hint = framed && !asked.redirectUri.searchParams.has('juziSidebar') ? { code: 'no-sidebar-parameter', params: {} } : undefined;
      return { location, hint, code: { masked: maskSecret(issued.code), ...codes.trace(issued.code) } };
    },

    // Only a server may redeem a code, so this sends no CORS headers.
    [`GET ${GET_USER_INFO}`]: (request, response, { url }) => {
      const given = url.searchParams.getAll('code');
      const known = given.length === 1 && given[0] !== '' ? { masked: maskSecret(given[0]), ...codes.trace(given[0]) } : undefined;
      const { errcode, user = null } = redeem(given);
      const errmsg = ERRMSGS.get(errcode);
      tell('code-redeemed', { code: given.length > 0 ? [...given[0]].slice(0, SHOWN).join('') : null, errcode, errmsg, at: now() });
      sendJson(response, 200, { errcode, errmsg, data: user });
      return { result: [errcode, errmsg], code: known, hint: hintOf(given, known, errcode) };
    },
  };

  function hintOf(given, known, errcode) {
    if (fault !== 0) return { code: 'fault', params: { errcode: fault } };
    if (errcode === -4) return { code: 'code-missing', params: {} };
    if (given.length > 1) return { code: 'code-twice', params: {} };
    if (errcode === -2) return { code: 'code-expired', params: { ageMs: known.ageMs, ttlMs: codeTtl * 1_000 } };
    if (errcode !== -1) return undefined;
    return known.state === 'redeemed'
      ? { code: 'code-used', params: { usedMsAgo: known.usedMsAgo } }
      : { code: 'code-unknown', params: {} };
  }

  /** Broadcasts which window owns the hub: it authorizes for one window's conversation at a time. */
  function showIn(window) {
    shownBy = window;
    tell('hub-conversation', { id: shown, window });
  }

  function redeem(given) {
    if (fault !== 0) return { errcode: fault };
    if (given.length === 0 || (given.length === 1 && given[0] === '')) return { errcode: -4 };
    return given.length === 1 ? codes.redeem(given[0]) : { errcode: -1 };
  }

  function existing(field, id) {
    const chat = conversation(id);
    if (!chat) throw new ApiError(404, `there is no conversation ${JSON.stringify(id)}`, field);
    return chat;
  }

  return {
    /**
     * Answers a request. Returns false if the path is none of the hub's.
     * @param {string} target The path and the query, without the prefix.
     */
    async handle(request, response, target) {
      const url = new URL(`http://hub.invalid${target}`);
      const methods = Object.keys(routes).filter((route) => route.endsWith(` ${url.pathname}`));
      const origin = originOf(request);
      const isHubs = url.pathname === AUTHORIZE || url.pathname === GET_USER_INFO;
      const end = log.begin(request, response, url);
      withoutCors(response);
      response.setHeader('x-content-type-options', 'nosniff');
      let note;
      try {
        if (!origin || !isAllowedHost(origin.hostname, allowedHosts)) {
          note = { hint: { code: 'wrong-host', params: { host: origin?.hostname ?? '' } } };
          throw new ApiError(403, "the hub answers to this machine's names only; add others to Vite's server.allowedHosts");
        }
        if (url.pathname.startsWith('/_workbench/') && methods.length === 0)
          throw new ApiError(404, 'the plugin for Vite cannot do this; juzi-workbench can');
        if (methods.length === 0) return false;
        const route = routes[`${request.method} ${url.pathname}`];
        if (!route) throw new ApiError(405, `only ${methods.map((one) => one.split(' ')[0]).join(' and ')} is answered here`);
        note = await route(request, response, { origin, url });
      } catch (error) {
        if (error instanceof Refusal)
          note = {
            hint: { code: 'wrong-parameter', params: { parameter: error.parameter, reason: error.english, reasonZh: error.chinese } },
          };
        answerError(response, error);
      }
      if (isHubs) end(note);
      return true;
    },

    /** Records a request to a path that neither the hub nor the console has, once it is answered. */
    recordUnknown(request, response, target) {
      log.begin(request, response, new URL(`http://hub.invalid${target}`))();
    },

    /**
     * Applies a changed scenario, with its warnings. The conversation that is shown stays if the new scenario has it. A fault that was set
     * by hand stays unless the scenario's own fault has changed.
     */
    replaceScenario(next, nextWarnings = []) {
      const before = scenario.faults.getUserInfo;
      const getUserInfo = next.faults.getUserInfo;
      scenario = next;
      warnings = nextWarnings;
      broken = null;
      if (shown === null || !conversation(shown)) shown = next.conversations[0]?.id ?? null;
      tell('scenario', next);
      if (warnings.length > 0) tell('scenario-warnings', warnings);
      if (getUserInfo !== before && getUserInfo !== fault) {
        fault = getUserInfo;
        tell('hub-faults', { getUserInfo });
      }
    },

    /** Reports that a changed scenario is invalid; the old one stays. @param {import('./scenario.js').ScenarioError} error */
    reportScenarioError(error) {
      broken = error;
      tell('scenario-error', error);
    },

    /** Ends the event streams, which would keep a server from stopping. */
    close() {
      for (const stream of streams.keys()) stream.end();
    },
  };
}

/** Vite's `server.cors` lets other origins read what it serves; codes are for the console and for servers. */
function withoutCors(response) {
  for (const name of response.getHeaderNames()) if (name.startsWith('access-control-')) response.removeHeader(name);
}

function answerError(response, error) {
  if (error instanceof Refusal) sendPage(response, 400, parameterPage(error));
  else if (error instanceof ApiError) sendJson(response, error.status, { error: error.message, field: error.field });
  else throw error;
}

function sendJson(response, status, value) {
  response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' }).end(JSON.stringify(value));
}

/** The page can be shown in tabs and in the console's sidebar, but no website can frame it and have its link clicked. */
function sendPage(response, status, html) {
  const policy = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'";
  response.writeHead(status, { ...PRIVATE, 'content-type': 'text/html; charset=utf-8', 'content-security-policy': policy }).end(html);
}

const isText = (value) => typeof value === 'string';
const isWebAddress = (value) => isText(value) && URL.canParse(value) && /^https?:$/.test(new URL(value).protocol);
/** A console window's own id, which it makes up when it opens. */
const isWindow = (value) => value === null || (typeof value === 'string' && /^[a-z0-9-]{1,64}$/i.test(value));

/**
 * The JSON body of a request that changes something, with these members and no others.
 * @param {Record<string, (value: any) => boolean>} members
 */
async function bodyOf(request, { origin }, members, optional = {}) {
  if (!isOwnOrigin(request, origin)) throw new ApiError(403, "only the console's own page may do this");
  if (!isJson(request)) throw new ApiError(415, 'Content-Type must be application/json');
  const body = parseBody(await read(request));
  for (const name of Object.keys(body))
    if (!Object.hasOwn(members, name) && !Object.hasOwn(optional, name))
      throw new ApiError(400, `unknown field ${JSON.stringify(name)}`, name);
  for (const [name, isValid] of Object.entries({ ...members, ...optional })) {
    if (!Object.hasOwn(body, name)) {
      if (Object.hasOwn(optional, name)) continue;
      throw new ApiError(400, `${name} is missing`);
    }
    if (!isValid(body[name])) throw new ApiError(400, `${JSON.stringify(body[name])} is not a value of ${name}`, name);
  }
  return body;
}

function parseBody(text) {
  try {
    const body = JSON.parse(text);
    if (typeof body === 'object' && body !== null && !Array.isArray(body)) return body;
  } catch {
    // The same answer.
  }
  throw new ApiError(400, 'the body must be a JSON object');
}

async function read(request) {
  const parts = [];
  let length = 0;
  for await (const part of request) {
    length += part.length;
    if (length > MAX_BODY) throw new ApiError(413, `the body must be at most ${MAX_BODY} bytes`);
    parts.push(part);
  }
  return Buffer.concat(parts).toString('utf8');
}
