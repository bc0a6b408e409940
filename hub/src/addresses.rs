//! Where the console, the page and the hub are.

use std::borrow::Cow;

use crate::hosts::Authority;
use crate::request::Request;
use crate::url::{Origin, Url};

/// The addresses of the console, the page and the hub.
#[derive(Debug, Clone)]
pub struct Addresses {
    /// The console page, with a slash at the end.
    pub console: Url,
    /// The sidebar page.
    pub page: Url,
    /// The hub's base URL, without a slash at the end.
    pub hub_base: String,
}

impl Addresses {
    /// Whether this is the origin of the sidebar page or of the console that frames it.
    #[must_use]
    pub fn belongs_to_sidebar(&self, origin: &Origin) -> bool {
        *origin == self.page.origin() || *origin == self.console.origin()
    }

    /// The console's origin, as browsers write it.
    pub(crate) fn console_origin(&self) -> String {
        self.console.origin().ascii_serialization()
    }
}

/// How a request tells where the hub is.
#[derive(Debug, Clone)]
pub enum Place {
    /// Always here. The console has an origin of its own: the sidebar page is at another name of this machine.
    At(Addresses),
    /// Below a path of a server that serves the sidebar page too, at whatever name of the server a request comes to.
    Below {
        /// Without a slash at the end.
        path: String,
        /// The sidebar page: a path of the server, or an absolute address.
        page: String,
    },
}

impl Place {
    /// `None` if the request names no host at which a server can be.
    pub(crate) fn of(&self, request: &Request) -> Option<Cow<'_, Addresses>> {
        let (path, page) = match self {
            Place::At(addresses) => return Some(Cow::Borrowed(addresses)),
            Place::Below { path, page } => (path, page),
        };
        let server = Url::parse(&origin_of(request)?).ok()?;
        let console = server.join(&format!("{path}/")).ok()?;
        Some(Cow::Owned(Addresses {
            page: server.join(page).ok()?,
            hub_base: console.as_str().trim_end_matches('/').to_owned(),
            console,
        }))
    }

    /// Whether the console has this origin, if the request came to where the console is.
    pub(crate) fn is_console_origin(&self, origin: &str, request: &Request) -> bool {
        match self {
            Place::At(_) => {
                let host = request.plain_header("host").and_then(Authority::parse);
                // The sidebar page may be at any local name.
                host.is_some_and(|it| !it.is_local_name())
                    && origin_of(request).is_some_and(|it| origin.eq_ignore_ascii_case(&it))
            }
            Place::Below { .. } => self
                .of(request)
                .is_some_and(|it| origin.eq_ignore_ascii_case(&it.console_origin())),
        }
    }
}

/// The origin that the request was sent to, as it names it.
fn origin_of(request: &Request) -> Option<String> {
    let scheme = if request.secure { "https" } else { "http" };
    let host = request.plain_header("host")?;
    Some(format!("{scheme}://{host}"))
}
