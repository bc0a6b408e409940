//! Whether the page's HTML names a helper. The helper of a bundled page is inside a script, so the HTML does not show it.

use serde::Serialize;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Helper {
    /// A script's name or an inline script mentions one.
    Script,
    /// There are other scripts, which may contain one.
    Maybe,
    None,
}

/// Parts of the names of helpers and of WeCom's SDKs, and the objects that they define.
const NAMES: [&str; 5] = ["juzi", "jweixin", "jwxwork", "wecom", "weixin"];

pub fn named_in(html: &str) -> Helper {
    let html = without_comments(&html.to_ascii_lowercase());
    let mut scripts = html
        .split("<script")
        .skip(1)
        .map(|it| it.split("</script").next().unwrap_or_default())
        .peekable();
    if scripts.peek().is_none() {
        return Helper::None;
    }
    let mut loads_another = false;
    for script in scripts {
        if NAMES.iter().any(|name| script.contains(name)) {
            return Helper::Script;
        }
        let (tag, inline) = script.split_once('>').unwrap_or((script, ""));
        // A script can load another one: by its `src`, by an `import`, or by creating an element.
        loads_another |=
            tag.contains("src") || inline.contains("import") || inline.contains("createelement");
    }
    if loads_another {
        Helper::Maybe
    } else {
        Helper::None
    }
}

/// Whether the HTML sets the helper's option `userAgent`, on a tag or in an inline script.
pub fn gives_user_agent(html: &str) -> bool {
    let mut html = without_comments(&html.to_ascii_lowercase());
    html.retain(|it| !it.is_ascii_whitespace() && !matches!(it, '"' | '\'' | '`'));
    let forms = [
        "data-user-agent=wxwork",
        "useragent:wxwork",
        "useragent=wxwork",
    ];
    forms.iter().any(|it| html.contains(it))
}

fn without_comments(html: &str) -> String {
    let mut kept = String::with_capacity(html.len());
    let mut rest = html;
    while let Some((before, after)) = rest.split_once("<!--") {
        kept += before;
        rest = after.split_once("-->").map_or("", |it| it.1);
    }
    kept + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_option_is_found_in_each_of_its_forms() {
        for (html, given) in [
            (
                "<script src=juzi-helper.js data-user-agent=\"wxwork\"></script>",
                true,
            ),
            (
                "<script>window.juziHelperOptions = { userAgent: 'wxwork' }</script>",
                true,
            ),
            (
                "<script>juziHelperOptions.userAgent = `wxwork`</script>",
                true,
            ),
            (
                "<script type=module>init({ \"userAgent\": \"wxwork\" })</script>",
                true,
            ),
            ("<script src=juzi-helper.js></script>", false),
            (
                "<script>if (/wxwork/.test(navigator.userAgent)) start()</script>",
                false,
            ),
            (
                "<!-- data-user-agent=wxwork --><script src=juzi-helper.js></script>",
                false,
            ),
        ] {
            assert_eq!(gives_user_agent(html), given, "{html}");
        }
    }

    #[test]
    fn a_helper_is_named_hidden_or_absent() {
        for (html, expected) in [
            (
                "<script src=/vendor/juzi-helper.js></script>",
                Helper::Script,
            ),
            (
                "<SCRIPT SRC='https://res.wx.qq.com/open/js/jweixin-1.2.0.js'></SCRIPT>",
                Helper::Script,
            ),
            (
                "<script type=module>import { ready } from 'juzi-helper'</script>",
                Helper::Script,
            ),
            (
                "<script type=module src=/src/main.ts></script>",
                Helper::Maybe,
            ),
            (
                "<script type=module>import '/@vite/client'</script>",
                Helper::Maybe,
            ),
            ("<script>console.log(1)</script>", Helper::None),
            ("<p>juzi-helper</p>", Helper::None),
            (
                "<!-- <script src=juzi-helper.js></script> --><p>hi",
                Helper::None,
            ),
            ("", Helper::None),
        ] {
            assert_eq!(named_in(html), expected, "{html}");
        }
    }
}
