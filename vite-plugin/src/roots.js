// The certificates that a page's server may be known by.
import { readFileSync } from 'node:fs';
import * as tls from 'node:tls';

/** Where Linux has the certificates that the machine trusts, by distribution. */
const FILES = ['/etc/ssl/certs/ca-certificates.crt', '/etc/pki/tls/certs/ca-bundle.crt', '/etc/ssl/ca-bundle.pem', '/etc/ssl/cert.pem'];

/** @type {string[] | undefined} */
let known;

/** Node's own, and those of this machine, which the browser trusts too: mkcert's and a company's are among them. */
export const trusted = () => (known ??= [...own('default', tls.rootCertificates), ...own('system', ofFiles())]);

/**
 * Node has had these lists since 22.15.
 * @param {'default' | 'system'} kind
 * @param {readonly string[]} before What stands in before that.
 */
function own(kind, before) {
  try {
    return tls.getCACertificates?.(kind) ?? before;
  } catch {
    return before;
  }
}

function ofFiles() {
  for (const file of [process.env.SSL_CERT_FILE, ...FILES]) {
    try {
      if (file) return [readFileSync(file, 'utf8')];
    } catch {
      // Another distribution's.
    }
  }
  return [];
}
