// @ts-check
/** Checks the messages that the page sends, and reduces them to the fields that the console shows. */
import { isObject, MESSAGE_TYPES } from './protocol.js';

/** @typedef {import('./types.js').ChatMessage} ChatMessage */

/** The content fields of each message type that the console reads; anything else is dropped. */
const MESSAGE_FIELDS = Object.freeze({
  text: ['content'],
  image: ['url', 'title'],
  video: ['url', 'title'],
  file: ['url', 'title'],
  news: ['link', 'title', 'desc', 'imgUrl'],
  miniprogram: ['appid', 'title', 'imgUrl', 'page', 'desc', 'iconUrl', 'officialAccountId'],
});

/** The required fields of each message type. */
const REQUIRED_FIELDS = Object.freeze({
  text: ['content'],
  image: ['url'],
  video: ['url'],
  file: ['url'],
  news: ['link'],
  miniprogram: ['appid', 'title', 'imgUrl', 'page', 'desc', 'iconUrl', 'officialAccountId'],
});

/**
 * Checks one message of the page and reduces it to the fields that the console knows.
 * @param {unknown} params A `SendParams`, unchecked.
 * @returns {ChatMessage}
 * @throws {Error} with the reason, naming the field.
 */
export function readChatMessage(params) {
  if (!isObject(params)) throw new Error('params must be an object');
  const { msgtype } = params;
  if (!MESSAGE_TYPES.includes(msgtype)) throw new Error(`msgtype must be one of ${MESSAGE_TYPES.join(', ')}`);
  const type = /** @type {keyof typeof MESSAGE_FIELDS} */ (msgtype);
  const given = params[type];
  if (!isObject(given)) throw new Error(`${type} is required`);
  /** @type {Record<string, string>} */
  const content = {};
  for (const field of MESSAGE_FIELDS[type]) {
    const value = given[field];
    if (value === undefined || value === null) continue;
    if (typeof value !== 'string') throw new Error(`${type}.${field} must be a string`);
    content[field] = value;
  }
  for (const field of REQUIRED_FIELDS[type]) {
    if (!content[field]) throw new Error(`${type}.${field} is empty`);
  }
  return { msgtype: type, content };
}
