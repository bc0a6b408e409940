// A module inside a script, as a string with one character per byte. In UTF-8 and compressed that costs a twentieth more than
// the module itself, where base64 costs a quarter.

/**
 * @param {Uint8Array} bytes
 * @returns {string} a JavaScript string literal; `charCodeAt` gives the bytes back
 */
export function toLiteral(bytes) {
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
