//! Where the console, the page and the hub are.

use url::{Origin, Url};

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
}
