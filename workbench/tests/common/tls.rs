//! Servers that speak TLS, with certificates that only a private root has signed.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;
use std::thread;

use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, IsCa, KeyPair};
use rustls::pki_types::PrivatePkcs8KeyDer;
use rustls::{ServerConfig, ServerConnection, StreamOwned};

/// As mkcert makes one on a developer's machine, or a company for its servers.
pub struct Authority(CertifiedIssuer<'static, KeyPair>);

impl Authority {
    pub fn new() -> Self {
        let mut params = CertificateParams::new([]).unwrap();
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let key = KeyPair::generate().unwrap();
        Authority(CertifiedIssuer::self_signed(params, key).unwrap())
    }

    /// Its certificate in PEM, for those who trust it.
    pub fn pem(&self) -> String {
        self.0.pem()
    }

    /// A server for `localhost` whose certificate it has signed.
    pub fn server(&self) -> Arc<ServerConfig> {
        let key = KeyPair::generate().unwrap();
        let params = CertificateParams::new(["localhost".to_owned()]).unwrap();
        let own = params.signed_by(&key, &self.0).unwrap();
        let key = PrivatePkcs8KeyDer::from(key.serialize_der());
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let config = ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(vec![own.into()], key.into());
        Arc::new(config.unwrap())
    }

    /// Speaks TLS in front of a plain server, for requests that end with their head. Returns its port.
    pub fn in_front_of(&self, port: u16) -> u16 {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let own = listener.local_addr().unwrap().port();
        let config = self.server();
        thread::spawn(move || {
            for client in listener.incoming() {
                let connection = ServerConnection::new(config.clone()).unwrap();
                let client = StreamOwned::new(connection, client.unwrap());
                thread::spawn(move || pass_on(client, port));
            }
        });
        own
    }
}

fn pass_on(mut client: impl Read + Write, port: u16) -> Option<()> {
    let mut head = vec![];
    let mut byte = [0];
    while !head.ends_with(b"\r\n\r\n") {
        client.read_exact(&mut byte).ok()?;
        head.push(byte[0]);
    }
    let head = String::from_utf8(head).unwrap();
    // The answer ends when the server closes the connection.
    let head = head.replacen("\r\n", "\r\nconnection: close\r\n", 1);
    let mut server = TcpStream::connect(("127.0.0.1", port)).unwrap();
    server.write_all(head.as_bytes()).unwrap();
    let mut answer = vec![];
    server.read_to_end(&mut answer).unwrap();
    client.write_all(&answer).ok()?;
    client.flush().ok()
}
