// The hub's traffic for the console's log: each request that was meant for the hub, and its answer.
import { maskAddress, maskPath, maskQuery } from './mask.js';

export const AUTHORIZE = '/oauth/connect/authorize';
export const GET_USER_INFO = '/api/v1/oauth/getUserInfo';

/** What browsers ask of every server. */
const BROWSERS = /^\/+(favicon\.ico|robots\.txt|\.well-known|apple-touch-icon)/;
/** How many are kept for a console that connects again. */
const KEPT = 500;
/** The last parts of paths that people use for the hub's, without punctuation and in lower case. The longer names are WeCom's own. */
const NAMES = [
  ['getuserinfo', GET_USER_INFO],
  ['userinfo', GET_USER_INFO],
  ['getuserinfo3rd', GET_USER_INFO],
  ['authorize', AUTHORIZE],
  ['authorise', AUTHORIZE],
];
/** How many characters of the last part may differ from a name of the hub. */
const MISTAKES = 2;

/**
 * @typedef {object} Note What only the handler knows about its answer.
 * @property {[number, string]} [result] The hub's errcode and errmsg.
 * @property {object} [code] What the hub knew about the code before the request.
 * @property {{ code: string, params: object }} [hint]
 */

/** @param {{ now: () => number, tell: (name: string, data: object, id: number) => void }} options */
export function createHubLog({ now, tell }) {
  /** @type {{ id: number }[]} */
  const kept = [];
  let last = 0;

  return {
    /** The number of the newest request, 0 if there is none. */
    get last() {
      return last;
    },

    /** Those that came after a request. @param {number} id */
    after: (id) => kept.filter((one) => one.id > id),

    /** Begins the record of a request; the returned function ends it when it is answered. @param {URL} url Below the prefix. */
    begin(request, response, url) {
      const [at, started] = [now(), performance.now()];
      return (/** @type {Note} */ note = {}) => {
        if (BROWSERS.test(url.pathname)) return;
        const endpoint = { [AUTHORIZE]: 'authorize', [GET_USER_INFO]: 'getUserInfo' }[url.pathname] ?? 'unknown';
        const location = response.getHeader('location') ?? note.location;
        const event = {
          id: ++last,
          at,
          durationMs: Math.round((performance.now() - started) * 1_000) / 1_000,
          endpoint,
          method: request.method,
          path: maskPath(url.pathname),
          query: maskQuery(url.searchParams),
          status: response.statusCode,
          location: location === undefined ? null : maskAddress(String(location)),
          errcode: note.result?.[0] ?? null,
          errmsg: note.result?.[1] ?? null,
          code: note.code ?? null,
          hint: hintOf(note.hint, endpoint, request, response, url),
        };
        kept.push(event);
        if (kept.length > KEPT) kept.shift();
        tell('hub-request', event, event.id);
      };
    },
  };
}

function hintOf(own, endpoint, request, response, url) {
  if (own?.code === 'fault' || own?.code === 'wrong-host') return own;
  if (endpoint === 'getUserInfo' && isFromPage(request)) return { code: 'from-page', params: {} };
  if (endpoint === 'unknown') return hintForUnknown(url.pathname);
  if (!own && response.statusCode === 405) return { code: 'wrong-method', params: { method: 'GET' } };
  return own ?? null;
}

/** Whether a page's script asks. Of the `Sec-Fetch` headers, Node's `fetch` sends the mode, but only browsers send the site. */
function isFromPage({ headers }) {
  return headers.origin !== undefined || (headers['sec-fetch-site'] !== undefined && headers['sec-fetch-mode'] !== 'navigate');
}

/** @param {string} path */
export function hintForUnknown(path) {
  const last = (path.replace(/\/+$/, '').split('/').at(-1) ?? '').replace(/[^a-z0-9]/gi, '').toLowerCase();
  const [nearest] = NAMES.map(([name, meant]) => ({ mistakes: distance(last, name), meant })).sort((a, b) => a.mistakes - b.mistakes);
  return nearest.mistakes <= MISTAKES ? { code: 'wrong-path', params: { path: nearest.meant } } : { code: 'unknown-path', params: {} };
}

/** How many letters must be changed, put in, left out or exchanged with their neighbour. */
function distance(a, b) {
  // The path of a request may be long, and only near names count.
  if (Math.abs(a.length - b.length) > MISTAKES) return Infinity;
  const rows = [Array.from({ length: b.length + 1 }, (_, j) => j)];
  for (let i = 1; i <= a.length; i++) {
    rows[i] = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      rows[i][j] = Math.min(rows[i - 1][j] + 1, rows[i][j - 1] + 1, rows[i - 1][j - 1] + same);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) rows[i][j] = Math.min(rows[i][j], rows[i - 2][j - 2] + 1);
    }
  }
  return rows[a.length][b.length];
}
