// @ts-check
/** 128 random bits in hexadecimal, like the hub's codes. */
export function randomCode() {
  return Array.from(globalThis.crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
