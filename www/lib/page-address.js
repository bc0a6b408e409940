// @ts-check
/**
 * Reads the page's address as people type it: an http(s) URL. The default scheme is `http:`; a port alone means this machine.
 * `hub/src/page/address.rs` has the same rule for the command line. tests/vectors/page-addresses.json tests both.
 * @param {string} text
 * @returns {string | null} Null if it is not the address of a page.
 */
export function pageAddress(text) {
  const given = text.trim();
  const port = /^:?(\d+)$/.exec(given)?.[1];
  let address = `http://${given}`;
  if (port) address = `http://localhost:${port}`;
  else if (given.includes('://')) address = given;
  else if (given.startsWith('//')) address = `http:${given}`;
  else if (given === '' || given.startsWith('/')) return null;
  try {
    const url = new URL(address);
    return url.protocol === 'http:' || url.protocol === 'https:' ? url.href : null;
  } catch {
    return null;
  }
}
