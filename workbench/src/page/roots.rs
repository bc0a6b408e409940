//! The certificates that a page's server may be known by.

use ureq::tls::{Certificate, RootCerts};

/// Those of this machine, which the browser trusts too: mkcert's and a company's are among them. Where there are none, as in a container,
/// Mozilla's. They are read for each request, so that one that is installed meanwhile counts.
pub fn roots() -> RootCerts {
    let found = rustls_native_certs::load_native_certs().certs;
    if found.is_empty() {
        return RootCerts::WebPki;
    }
    let found = found.iter().map(|it| Certificate::from_der(it).to_owned());
    found.collect::<Vec<_>>().into()
}
