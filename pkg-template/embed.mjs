// A module inside a script, as a string with one character per byte. In UTF-8 and compressed that costs a twentieth more than
// the module itself, where base64 costs a quarter.

/**
 * What each byte is combined with, by exclusive or. With this one the fewest of a module's bytes need escaping or two bytes of
 * UTF-8: 240 bytes of the compressed script. Of all 256 it was the best; the module's zeros become `p`.
 */
export const KEY = 112;

/**
 * @param {Uint8Array} module
 * @returns {string} a JavaScript string literal; `charCodeAt` and `KEY` give the bytes back
 */
export function toLiteral(module) {
  const bytes = module.map((byte) => byte ^ KEY);
  const quote = ['"', "'"].sort((a, b) => count(bytes, a) - count(bytes, b))[0];
  let literal = quote;
  bytes.forEach((byte, index) => {
    literal += escape(byte, bytes[index + 1], quote);
  });
  return literal + quote;
}

function escape(byte, next, quote) {
  const character = String.fromCharCode(byte);
  if (byte === 0) return isDigit(next) ? '\\x00' : '\\0';
  if (character === '\n') return '\\n';
  if (character === '\r') return '\\r';
  if (character === '\\' || character === quote) return `\\${character}`;
  return character;
}

const isDigit = (byte) => byte >= 48 && byte <= 57;
const count = (bytes, character) => bytes.reduce((sum, byte) => sum + (byte === character.charCodeAt(0)), 0);
