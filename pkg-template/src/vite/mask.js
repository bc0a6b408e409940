// What the console's log may show of a request: it is copied into bug reports, so codes, states and tokens stay out of it.

/** How many characters of a secret are shown, enough to tell two codes apart. */
const SHOWN = 6;
const MAX_PATH = 256;
const MAX_NAME = 64;
const MAX_PARAMETERS = 20;
/** A part of a path that is this long and has letters and digits may be a token. */
const TOKEN = 16;
/** Parameters that the console itself adds to a page's address. They are no secrets. */
const OPEN = ['juziChatId', 'juziChatWxid', 'juziBotId', 'juziSidebar'];
/** Names that are shown without a value. Any other name without one may be a code itself. */
const NAMES = ['code', 'state', 'redirect_uri', 'msgType'];
/** The schemes whose host may follow without slashes. */
const WEB = ['http', 'https', 'ws', 'wss', 'ftp'];

const cut = (text, length) => ([...text].length > length ? `${[...text].slice(0, length).join('')}…` : text);

/** The start of a secret. Nothing of a short one, of which the start would be most. @param {string} value */
export function maskSecret(value) {
  if (value === '') return '';
  return [...value].length > SHOWN ? `${[...value].slice(0, SHOWN).join('')}…` : '…';
}

const isToken = (text) => [...text].length >= TOKEN && /\d/.test(text) && /[a-z]/i.test(text);

/**
 * A path whose long parts with letters and digits, like a token's, are masked, and credentials of an address in it.
 * @param {string} path
 */
export function maskPath(path) {
  const parts = path.split('/').map((part) => {
    const at = part.lastIndexOf('@');
    if (part.slice(0, Math.max(at, 0)).includes(':')) return `…${part.slice(at)}`;
    return isToken(part) ? maskSecret(part) : part;
  });
  return cut(parts.join('/'), MAX_PATH);
}

/** The parameters of a request to the hub. @param {URLSearchParams} query @returns {[string, string][]} */
export function maskQuery(query) {
  return [...query]
    .slice(0, MAX_PARAMETERS)
    .map(([name, value]) => [
      cut(hiddenName(name, value) ?? name, MAX_NAME),
      name === 'redirect_uri' ? cut(maskAddress(value), MAX_PATH * 2) : parameter(name, value),
    ]);
}

const parameter = (name, value) => (OPEN.includes(name) ? cut(value, MAX_PATH) : maskSecret(value));

/** What is shown of a name that may be a secret: one without a value, or one like a token. Undefined if it may be shown. */
function hiddenName(name, value) {
  if (OPEN.includes(name) || NAMES.includes(name)) return undefined;
  return value === '' || isToken(name) ? maskSecret(name) : undefined;
}

/** An address with its parameters masked, in the query as in the fragment, and without a user name and password. @param {string} text */
export function maskAddress(text) {
  // Browsers leave these out of an address.
  const [rest, fragment] = split(text.replace(/^[\0- ]+|[\0- ]+$|[\t\r\n]/g, ''), '#');
  const [base, query] = split(rest, '?');
  let shown = withoutCredentials(base);
  if (query !== undefined) shown += `?${pairs(query)}`;
  if (fragment === undefined) return shown;
  const [route, inner] = split(fragment, '?');
  shown += `#${/^[/!]/.test(route) ? maskPath(route) : pairs(route)}`;
  return inner === undefined ? shown : `${shown}?${pairs(inner)}`;
}

function split(text, at) {
  const i = text.indexOf(at);
  return i < 0 ? [text] : [text.slice(0, i), text.slice(i + 1)];
}

/** An address up to its query. Browsers take a backslash for a slash, and need no slashes before the host of a web address. */
function withoutCredentials(base) {
  const [, scheme = '', slashes, authority, tail] = /^(?:([a-z][a-z0-9+.-]*):)?([/\\]*)([^/\\]*)(.*)$/is.exec(base);
  if (scheme === '' && slashes.length < 2) return maskPath(base);
  const start = `${scheme}${scheme && ':'}${slashes}`;
  const at = authority.lastIndexOf('@');
  if (at < 0) {
    // What follows the host is no port: the address was cut within a password.
    if (slashes !== '' && !/^(\[[^\]]*\]|[^:]*)(:?\d*)$/.test(authority)) return `${start}…`;
    return start + authority + maskPath(tail);
  }
  // Without slashes, and of another scheme, what looks like a scheme may be the user name.
  const isUser = slashes === '' && !WEB.includes(scheme.toLowerCase());
  return `${isUser ? '' : start}…${authority.slice(at)}${maskPath(tail)}`;
}

const pairs = (query) =>
  query
    .split('&')
    .map((pair) => {
      const [name, value] = split(pair, '=');
      const [decodedName, decodedValue] = [decoded(name), decoded(value ?? '')];
      const shown = hiddenName(decodedName, decodedValue) ?? name;
      return value === undefined ? shown : `${shown}=${parameter(decodedName, decodedValue)}`;
    })
    .join('&');

const decoded = (text) => new URLSearchParams(`name=${text}`).get('name') ?? '';
