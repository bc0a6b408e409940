/** A value as JavaScript source, in the style of the package's documentation. */

const WIDTH = 100;

/** @param {string} text */
const quoted = (text) =>
  `'${JSON.stringify(text)
    .slice(1, -1)
    .replace(/\\"/g, '"')
    .replace(/'/g, "\\'")
    .replace(/\u2028/g, '\\u2028')
    .replace(/\u2029/g, '\\u2029')}'`;

/** @param {string} name */
const key = (name) => (/^[A-Za-z_$][\w$]*$/.test(name) && name !== '__proto__' ? name : `[${quoted(name)}]`);

/**
 * @param {any} value What JSON can hold.
 * @param {string} [indent] Of the line that the value starts in.
 * @returns {string}
 */
export function literal(value, indent = '') {
  if (typeof value === 'string') return quoted(value);
  if (typeof value === 'bigint') return `${value}n`;
  if (typeof value !== 'object' || value === null) return String(value);
  const inner = `${indent}  `;
  const isList = Array.isArray(value);
  const parts = isList
    ? value.map((one) => literal(one, inner))
    : Object.entries(value)
        .filter(([, member]) => member !== undefined)
        .map(([name, member]) => `${key(name)}: ${literal(member, inner)}`);
  if (parts.length === 0) return isList ? '[]' : '{}';
  const short = parts.join(', ');
  if (short.length + indent.length <= WIDTH && !short.includes('\n')) return isList ? `[${short}]` : `{ ${short} }`;
  const [open, close] = isList ? '[]' : '{}';
  return `${open}\n${parts.map((part) => `${inner}${part},\n`).join('')}${indent}${close}`;
}
