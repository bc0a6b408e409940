/**
 * Values as JavaScript source, in the style of the package's documentation. Texts from a page or a log file enter code only through
 * `inCode`.
 */
import { DEEPEST } from './schema.js';

const WIDTH = 100;

/** Characters that end a line or a string, are invisible, or change the direction of the text after them; and lone surrogates. */
const UNSAFE =
  // eslint-disable-next-line no-control-regex
  /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]|\p{Surrogate}/gu;

/** @type {Record<string, string>} */
const SHORT = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/**
 * Escapes a text for a string in single quotes. The result is also safe in a comment, in a template literal and in a page's `<script>`:
 * it has no line break, and ends none of them.
 * @param {string} text
 */
export const inCode = (text) =>
  text
    .replace(/[\\'`]/g, '\\$&')
    .replace(/\$(?=\{)/g, '\\$')
    .replace(/\*(?=\/)/g, '*\\')
    .replace(/<(?=[/!])|(?<=--)>/g, (one) => (one === '<' ? '\\x3C' : '\\x3E'))
    .replace(UNSAFE, (one) => SHORT[one] ?? `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`);

/** @param {string} text */
const quoted = (text) => `'${inCode(text)}'`;

/** A comment to the end of the line. @param {string} text */
export const comment = (text) => `// ${inCode(text)}`;

/** @param {string} name */
const key = (name) => (/^[A-Za-z_$][\w$]*$/.test(name) && name !== '__proto__' ? name : `[${quoted(name)}]`);

/** @param {object} value @returns {[string, any][]} */
const membersOf = (value) => Object.entries(value).filter(([, member]) => member !== undefined);

/** The source of a value that has no members, or none that a structured clone keeps. @param {any} value @param {readonly any[]} above */
function plain(value, above) {
  if (typeof value === 'string') return quoted(value);
  if (typeof value === 'bigint') return `${value}n`;
  if (typeof value === 'symbol' || typeof value === 'function') return 'undefined';
  if (typeof value !== 'object' || value === null) return String(value);
  if (value instanceof Date) return `new Date(${value.getTime()})`;
  if (value instanceof Source) return value.source;
  if (above.includes(value)) return quoted('[circular]');
  return above.length > DEEPEST ? quoted(`[nested deeper than ${DEEPEST}]`) : undefined;
}

/** An expression to insert among the values, such as a matcher. */
export class Source {
  /** @param {string} source */
  constructor(source) {
    this.source = source;
  }
}

/**
 * @param {any} given What a message can hold.
 * @param {string} [indent] Of the line that the value starts in.
 * @param {readonly any[]} [above] The objects around it.
 * @returns {string}
 */
export function literal(given, indent = '', above = []) {
  const known = plain(given, above);
  if (known !== undefined) return known;
  const value = given instanceof Map || given instanceof Set ? [...given] : given;
  const inner = `${indent}  `;
  const inside = [...above, given];
  const isList = Array.isArray(value);
  const parts = isList
    ? Array.from(value, (one) => literal(one, inner, inside))
    : membersOf(value).map(([name, member]) => `${key(name)}: ${literal(member, inner, inside)}`);
  if (parts.length === 0) return isList ? '[]' : '{}';
  const short = parts.join(', ');
  if (short.length + indent.length <= WIDTH && !short.includes('\n')) return isList ? `[${short}]` : `{ ${short} }`;
  const [open, close] = isList ? '[]' : '{}';
  return `${open}\n${parts.map((one) => `${inner}${one},\n`).join('')}${indent}${close}`;
}
