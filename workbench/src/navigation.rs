//! Whether a request for a code is a navigation that this machine's developer made.

use axum::http::HeaderMap;
use axum::http::header::REFERER;
use url::{Origin, Url};

/// Why a request gets no code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoNavigation {
    /// A script's, a picture's, a prefetch: nobody sees where it leads.
    NotShown,
    /// A frame that some website may have hidden in its page.
    ForeignFrame,
}

/// The rule of authorize. Browsers write these headers, and no page can change them.
///
/// The sidebar is a frame too, and its page is of another site than the console: by the `Sec-Fetch` headers alone it looks
/// like a hidden frame in a website. What differs is who sent the frame here, which `Referer` says, of all redirects' first
/// page: in the sidebar that is its page or the console. A website can withhold its `Referer`, but not have another's, so a
/// frame without one is foreign as well. The console alone can show the refusal, and so its user can still go on from there.
/// Where the redirect URI leads proves nothing: anybody can write the sidebar page's own.
///
/// Same-site with a loopback address is only what this machine serves. A program that is no browser sends none of this, and
/// can have a code: it could as well read the page's.
pub fn check(
    headers: &HeaderMap,
    is_sidebars: impl Fn(&Origin) -> bool,
) -> Result<(), NoNavigation> {
    let text = |name| headers.get(name).map(|it| it.to_str().unwrap_or_default());
    let (site, dest) = (text("sec-fetch-site"), text("sec-fetch-dest"));
    if site.is_none() && dest.is_none() {
        return Ok(());
    }
    let ahead_of_time = text("sec-purpose").is_some_and(|it| it.contains("prefetch"));
    let navigates = matches!(text("sec-fetch-mode"), None | Some("navigate"));
    let framed = match dest {
        Some("document") => false,
        // Without one, the worse.
        None | Some("iframe" | "frame") => true,
        Some(_) => return Err(NoNavigation::NotShown),
    };
    if ahead_of_time || !navigates {
        return Err(NoNavigation::NotShown);
    }
    let near = matches!(site, Some("same-origin" | "same-site" | "none"));
    let sender = text(REFERER.as_str()).and_then(|it| Url::parse(it).ok());
    if framed && !near && !sender.is_some_and(|it| is_sidebars(&it.origin())) {
        return Err(NoNavigation::ForeignFrame);
    }
    Ok(())
}
