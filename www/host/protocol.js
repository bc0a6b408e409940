// @ts-check
/**
 * The wire format. All field names and conventions of the console are here, so that a correction is one line.
 */

/** @typedef {import('./types.js').Chat} Chat */
/** @typedef {import('./types.js').IgnoreReason} IgnoreReason */
/** @typedef {import('./types.js').Mode} Mode */

/** `type` of a page's request. */
export const REQUEST_TYPE = 'sidebarHelper';

/** The push that follows a switch of conversation. */
export const PUSH_API = /** @type {const} */ ('updateBaseInfo');

/** The six message types, which are also the names of the member that carries the content. */
export const MESSAGE_TYPES = Object.freeze(/** @type {const} */ (['text', 'image', 'video', 'file', 'news', 'miniprogram']));

/** Names and conventions of the console that are not publicly documented. */
export const ASSUMED = Object.freeze({
  /** Member of a request's `data` with the parameters. */
  params: 'params',
  /** Member of getCurExternalChat's answer. */
  chatId: 'chatId',
  /** Member of sendMultiChatMessage's parameters with the list of messages, unless the parameters are the list. */
  messages: 'messages',
  /** The id that openEnterpriseChat answers with: Juzi's. A page may pass either Juzi's or WeCom's id. */
  openedChatId: (/** @type {Chat} */ chat) => chat.id,
  /** What separates several external user ids, as in WeCom. */
  userIdSeparator: ';',
  /** Values of the two query parameters that mark a framed page. The page checks whether they exist, and for `postMessage`. */
  sidebarFlag: 'true',
});

/** Calls that an old console does not know. It sends no answer to them. */
export const UNKNOWN_TO_OLD_CONSOLE = Object.freeze(['openEnterpriseChat', 'previewImage']);

const MAX_API_LENGTH = 128;

/** @param {unknown} value @returns {value is Record<string, any>} */
export const isObject = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);

/** @param {unknown} value @returns {value is string} */
export const isText = (value) => typeof value === 'string' && value !== '';

/**
 * Reads a message as a page's request.
 * @param {unknown} message Any value.
 * @returns {{ request: { api: string, reqId: string | number, params: any } } | { ignored: IgnoreReason }}
 */
export function parseRequest(message) {
  if (!isObject(message)) return { ignored: 'not-object' };
  if (message.type !== REQUEST_TYPE) return { ignored: 'type' };
  const { data } = message;
  if (!isObject(data)) return { ignored: 'data' };
  if (!isText(data.api) || data.api.length > MAX_API_LENGTH) return { ignored: 'api' };
  // The protocol's reqId is a string. A number is accepted too and returned as a number, because a page without the helper
  // may number its calls.
  if (!isText(data.reqId) && typeof data.reqId !== 'number') return { ignored: 'reqId' };
  return { request: { api: data.api, reqId: data.reqId, params: data[ASSUMED.params] } };
}

/**
 * The full `err_msg` for a reason; a full `err_msg` stays as it is.
 * @param {string} api @param {string} [reason]
 */
export function errorText(api, reason) {
  if (!reason) return `${api}:fail`;
  return /^\w+:fail\b/.test(reason) ? reason : `${api}:fail ${reason}`;
}

/** Parameters that the console adds to the page's address. */
const ADDED = ['juziSidebar', 'msgType', 'juziChatId', 'juziChatWxid'];

/** The page's own parameters, without those that the console adds. @param {URL} url */
const parametersOf = (url) =>
  url.search
    .slice(1)
    .split('&')
    .filter((pair) => pair && !ADDED.includes(pair.split('=')[0]));

/** The page's address without what the console adds. @param {string} address */
export function bareUrl(address) {
  const url = new URL(address);
  url.search = parametersOf(url).join('&');
  return url.href;
}

/**
 * The page's address as the console frames it. The page's own query is not re-encoded.
 * @param {string} pageUrl Absolute address.
 * @param {{ mode: Mode, chat?: Chat | null }} registration
 * @returns {string}
 */
export function sidebarUrl(pageUrl, { mode, chat }) {
  const url = new URL(pageUrl);
  const kept = parametersOf(url);
  kept.push(`juziSidebar=${ASSUMED.sidebarFlag}`);
  if (mode === 'postMessage') kept.push('msgType=postMessage');
  else if (chat) {
    kept.push(`juziChatId=${encodeURIComponent(chat.id)}`, `juziChatWxid=${encodeURIComponent(chat.wxid)}`);
  }
  url.search = kept.join('&');
  return url.href;
}
