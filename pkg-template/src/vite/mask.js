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

const cut = (text, length) => ([...text].length > length ? `${[...text].slice(0, length).join('')}…` : text);

/** The start of a secret. Nothing of a short one, of which the start would be most. @param {string} value */
export function maskSecret(value) {
  if (value === '') return '';
  return [...value].length > SHOWN ? `${[...value].slice(0, SHOWN).join('')}…` : '…';
}

/** A path whose long parts with letters and digits, like a token's, are masked. @param {string} path */
export function maskPath(path) {
  const parts = path.split('/').map((part) => (part.length >= TOKEN && /\d/.test(part) && /[a-z]/i.test(part) ? maskSecret(part) : part));
  return cut(parts.join('/'), MAX_PATH);
}

/** The parameters of a request to the hub. @param {URLSearchParams} query @returns {[string, string][]} */
export function maskQuery(query) {
  return [...query].slice(0, MAX_PARAMETERS).map(([name, value]) => [cut(name, MAX_NAME), name === 'redirect_uri' ? cut(maskAddress(value), MAX_PATH * 2) : parameter(name, value)]);
}

const parameter = (name, value) => (OPEN.includes(name) ? cut(value, MAX_PATH) : maskSecret(value));

/** An address with its parameters masked, in the query as in the fragment, and without a user name and password. @param {string} text */
export function maskAddress(text) {
  const [rest, fragment] = split(text, '#');
  const [base, query] = split(rest, '?');
  let shown = withoutCredentials(base);
  if (query !== undefined) shown += `?${pairs(query)}`;
  if (fragment === undefined) return shown;
  const [route, inner] = split(fragment, '?');
  if (inner !== undefined) return `${shown}#${maskPath(route)}?${pairs(inner)}`;
  return `${shown}#${fragment.includes('=') ? pairs(fragment) : maskPath(fragment)}`;
}

function split(text, at) {
  const i = text.indexOf(at);
  return i < 0 ? [text] : [text.slice(0, i), text.slice(i + 1)];
}

function withoutCredentials(base) {
  const found = /^(.*?:\/\/)([^/]*)(.*)$/s.exec(base);
  if (!found) return maskPath(base);
  return found[1] + found[2].replace(/^.*@/, '…@') + maskPath(found[3]);
}

const pairs = (query) => query.split('&').map((pair) => {
  const [[name, value]] = [...new URLSearchParams(pair)].concat([['', '']]);
  return pair.includes('=') ? `${pair.slice(0, pair.indexOf('='))}=${parameter(name, value)}` : pair;
}).join('&');
