/** A page in the fragment of a link: no server stores it, and browsers do not send fragments. */

const encode = (bytes) =>
  btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');
const decode = (text) => Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (character) => character.charCodeAt(0));
/** Bytes of a page. A short link can claim a large page: one byte of deflate can expand to a thousand. */
const MOST = 200_000;

async function through(bytes, stream) {
  const parts = [];
  let length = 0;
  for (const reader = new Blob([bytes]).stream().pipeThrough(stream).getReader(); ;) {
    const { done, value } = await reader.read();
    if (done) return new Uint8Array(await new Blob(parts).arrayBuffer());
    length += value.length;
    if (length > MOST) throw new RangeError('the page is too large for a link');
    parts.push(value);
  }
}

/** @param {{ html: string, script: string, faults?: object }} page */
export const toFragment = async (page) =>
  `#page=${encode(await through(new TextEncoder().encode(JSON.stringify(page)), new CompressionStream('deflate-raw')))}`;

/** The page of a fragment; null if there is none, or if it is damaged. @param {string} fragment */
export async function fromFragment(fragment) {
  const text = /^#page=([\w-]+)$/.exec(fragment)?.[1];
  if (!text) return null;
  try {
    const bytes = await through(decode(text), new DecompressionStream('deflate-raw'));
    const { html, script, faults } = JSON.parse(new TextDecoder().decode(bytes));
    if (typeof html !== 'string' || typeof script !== 'string') return null;
    return { html, script, ...(typeof faults === 'object' && faults !== null && { faults }) };
  } catch {
    return null;
  }
}
