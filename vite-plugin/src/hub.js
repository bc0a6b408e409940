// Does what the hub (hub/, in Rust) has decided and cannot do itself: bodies, streams, files, randomness, requests for the page.
import { connectTo, get } from './ask.js';
import { hubsOf } from './module.js';
import { readScenarioFile, replaceFile } from './scenario-file.js';

/** Bytes. Requests are small; a larger body is a mistake. */
const MAX_BODY = 64 * 1024;
/** The path whose body is a whole scenario, and how long that may be. */
const SCENARIO = '/_workbench/scenario';
const MAX_SCENARIO = 4 * 1024 * 1024;
/** Milliseconds between comments in the event stream, which keep proxies from closing it. */
const KEEP_ALIVE = 15_000;

/**
 * @param {object} options
 * @param {BufferSource} options.wasm The hub.
 * @param {object} options.settings What the hub is started with: `Running::new` in hub/wasm has the list.
 * @param {string} options.text The scenario.
 * @param {(line: string) => void} [options.warn] Gets what is to be mended in the scenario, and what happened to the hub.
 * @param {() => number} [options.now] Milliseconds since the epoch.
 * @throws {Error} If the scenario cannot be used, with what is wrong and where.
 */
export function createHub({ wasm, settings, text, warn = () => {}, now = Date.now }) {
  const make = hubsOf(wasm);
  /** Open event streams, each with the id of its console window. @type {Map<import('node:http').ServerResponse, string | null>} */
  const streams = new Map();
  /** The last scenario that could be used. */
  let good = text;
  let runs = 0;
  let hub = begin();
  /** Ends when nobody writes the scenario's file. */
  let written = Promise.resolve();

  function begin() {
    const made = make();
    runs += 1;
    const { error, warnings } = made({ op: 'new', text: good, settings: { ...settings, stream: `${now().toString(36)}${runs}` } });
    if (error !== undefined) throw new Error(error);
    warnings.forEach(warn);
    return made;
  }

  /** Asks the hub. One that has trapped is in no state to be asked again, so a new one takes its place. */
  function ask(given) {
    let answer;
    try {
      answer = hub(given);
    } catch (error) {
      warn(`the hub failed and was started again; its codes are gone (${error.message})`);
      hub = begin();
      // The consoles connect again, and ask for all that is in force.
      close();
      throw error;
    }
    for (const stream of streams.keys()) for (const event of answer.events) stream.write(event);
    return answer;
  }

  function close() {
    for (const stream of streams.keys()) stream.end();
  }

  function listen(request, response, { window, missed }) {
    response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-cache' });
    const asked = hub;
    const leave = () => {
      // A hub that was started meanwhile knows nothing of this window.
      if (window === null || asked !== hub) return;
      try {
        ask({ op: 'leave', window });
      } catch {
        // It has been said, and nobody waits for an answer.
      }
    };
    if (request.method === 'HEAD') {
      response.end();
      leave();
      return;
    }
    // Sends the headers, so that the console knows that it is connected.
    response.write(`:\n\n${missed.join('')}`);
    const timer = setInterval(() => response.write(':\n\n'), KEEP_ALIVE).unref();
    streams.set(response, window);
    response.on('close', () => {
      clearInterval(timer);
      streams.delete(response);
      leave();
    });
  }

  async function write({ task, file }) {
    const read = await readScenarioFile(file).then(
      (text) => ({ text }),
      (error) => ({ message: error.message }),
    );
    const { text, answer } = ask({ op: 'rewrite', task, ...read });
    if (text === undefined) return answer;
    try {
      await replaceFile(file, text);
      return answer;
    } catch (error) {
      return refusal(500, `${file} cannot be written: ${error.message}`);
    }
  }

  /** Asks the page until the hub has seen enough of it. */
  async function visit(reply) {
    const started = performance.now();
    while (reply.ask ?? reply.connect) {
      const { task } = reply.ask ?? reply.connect;
      const outcome = reply.ask ? await get(reply.ask) : await connectTo(reply.connect.url);
      reply = ask({ op: 'page', task, elapsedMs: performance.now() - started, ...outcome });
    }
    return reply.answer ?? refusal(500, reply.error);
  }

  return {
    /**
     * Answers a request.
     * @param {string} target The path and the query, without the prefix.
     * @param {() => Promise<void>} elsewhere Answers what is none of the hub's.
     */
    async handle(request, response, target, elsewhere) {
      const [at, started] = [now(), performance.now()];
      withoutCors(response);
      response.setHeader('x-content-type-options', 'nosniff');
      const body = await bodyOf(request, target.split('?', 1)[0] === SCENARIO ? MAX_SCENARIO : MAX_BODY);
      if (body === null) return send(response, refusal(413, 'the body is too long'));
      const asked = requestOf(request, target);
      const moment = () => ({ ms: at, elapsedMs: performance.now() - started, random: random() });
      const reply = ask({ op: 'request', request: { ...asked, body }, now: moment() });
      if (reply.error !== undefined) throw new Error(reply.error);
      if (reply.answer) return send(response, reply.answer);
      if (reply.listen) return listen(request, response, reply.listen);
      if (reply.write) {
        // One after another: each is based on what the one before has written.
        const result = written.then(() => write(reply.write));
        written = result.then(
          () => {},
          () => {},
        );
        return send(response, await result);
      }
      if (!reply.elsewhere) return send(response, await visit(reply));
      await elsewhere();
      const location = response.getHeader('location');
      ask({ op: 'answered', request: asked, status: response.statusCode, location, now: moment() });
    },

    /** The scenario's file has this text now. */
    replaceScenario(text) {
      const { error, warnings = [] } = ask({ op: 'replace', text });
      if (error === undefined) good = text;
      else warn(`${error}; the old scenario stays`);
      warnings.forEach(warn);
    },

    /** The scenario's file cannot be read. @param {string} message */
    reportUnreadable(message) {
      const { error } = ask({ op: 'unreadable', message });
      warn(`${error}; the old scenario stays`);
    },

    /** Ends the event streams, which would keep a server from stopping. */
    close,
  };
}

/** 128 bits, in hexadecimal. */
const random = () => Buffer.from(crypto.getRandomValues(new Uint8Array(16))).toString('hex');

const refusal = (status, error) => ({
  status,
  headers: [['content-type', 'application/json']],
  body: JSON.stringify({ error, field: null }),
});

function send(response, { status, headers, body }) {
  response.writeHead(status, Object.fromEntries(headers)).end(body);
}

function requestOf(request, target) {
  const end = target.indexOf('?');
  const raw = request.rawHeaders;
  const headers = [];
  for (let i = 0; i + 1 < raw.length; i += 2) headers.push([raw[i].toLowerCase(), raw[i + 1]]);
  // HTTP/2 has the host there.
  const authority = request.headers[':authority'];
  if (authority !== undefined) headers.unshift(['host', authority]);
  return {
    method: request.method,
    path: end < 0 ? target : target.slice(0, end),
    query: end < 0 ? '' : target.slice(end + 1),
    headers,
    secure: Boolean(request.socket.encrypted),
  };
}

/** The body as text; null if it is longer than it may be. */
async function bodyOf(request, most) {
  if (request.method === 'GET' || request.method === 'HEAD') return '';
  const parts = [];
  let length = 0;
  for await (const part of request) {
    length += part.length;
    if (length > most) return null;
    parts.push(part);
  }
  return Buffer.concat(parts).toString('utf8');
}

/** Vite's `server.cors` lets other origins read what it serves; codes are for the console and for servers. */
function withoutCors(response) {
  for (const name of response.getHeaderNames()) if (name.startsWith('access-control-')) response.removeHeader(name);
}
