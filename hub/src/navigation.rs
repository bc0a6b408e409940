//! Whether a request for a code is a navigation by the developer at this machine.

use crate::request::Request;
use crate::url::{Origin, Url};

/// Why a request gets no code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NoNavigation {
    /// The request of a script, an image or a prefetch: the user does not see its target.
    NotShown,
    /// A frame that some website may have hidden in its page.
    ForeignFrame,
}

/// The rule of authorize. Browsers write these headers, and no page can change them.
///
/// The sidebar is a frame too, and its page and the console are cross-site. By the `Sec-Fetch` headers alone it looks like a hidden frame
/// in a website. The `Referer` distinguishes the two: it names the page that started the navigation, and redirects do not change it. In the
/// sidebar that is the sidebar page or the console. A website can suppress its `Referer` but cannot forge one, so a frame without a
/// `Referer` is foreign as well. Only the console may frame the refusal, so its user can still continue from there. The redirect URI proves
/// nothing: any website can write the sidebar page's address.
///
/// Only what this machine serves is same-site with a loopback address. A program other than a browser sends none of these
/// headers and gets a code: it could read the page's code anyway.
pub(crate) fn check(
    request: &Request,
    belongs_to_sidebar: impl Fn(&Origin) -> bool,
) -> Result<(), NoNavigation> {
    let text = |name| request.plain_header(name);
    let (site, dest) = (text("sec-fetch-site"), text("sec-fetch-dest"));
    if site.is_none() && dest.is_none() {
        return Ok(());
    }
    let ahead_of_time = text("sec-purpose").is_some_and(|it| it.contains("prefetch"));
    let navigates = matches!(text("sec-fetch-mode"), None | Some("navigate"));
    let framed = match dest {
        Some("document") => false,
        // Without the header, assume a frame.
        None | Some("iframe" | "frame") => true,
        Some(_) => return Err(NoNavigation::NotShown),
    };
    if ahead_of_time || !navigates {
        return Err(NoNavigation::NotShown);
    }
    let near = matches!(site, Some("same-origin" | "same-site" | "none"));
    let sender = text("referer").and_then(|it| Url::parse(it).ok());
    if framed && !near && !sender.is_some_and(|it| belongs_to_sidebar(&it.origin())) {
        return Err(NoNavigation::ForeignFrame);
    }
    Ok(())
}
