//! The pages that authorize shows when it refuses: what is wrong, why, and what to do.

use crate::navigation::NoNavigation;
use crate::words::Words;

/// A parameter that authorize does not accept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    pub parameter: &'static str,
    pub english: &'static str,
    pub chinese: &'static str,
    given: String,
}

/// How many characters of the refused value the page shows.
const SHOWN: usize = 200;

impl Refusal {
    pub fn new(
        parameter: &'static str,
        english: &'static str,
        chinese: &'static str,
        given: &str,
    ) -> Self {
        Refusal {
            parameter,
            english,
            chinese,
            given: shortened(given),
        }
    }
}

fn shortened(text: &str) -> String {
    match text.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text.to_owned(),
    }
}

/// The page about a wrong parameter.
pub fn page(refusal: &Refusal) -> String {
    let Refusal {
        parameter,
        english,
        chinese,
        given,
    } = refusal;
    let given = box_of("收到的值 / what was given", given);
    document(
        &format!(
            "<p>参数 <code>{parameter}</code> 有误：{chinese}。</p>
{given}<p>请检查 <code>/oauth/connect/authorize</code> 的查询参数：<code>redirect_uri</code> 是经过 URL 编码的完整 http(s)
地址；<code>state</code> 可省略，最多 128 字节，只含字母和数字。</p>"
        ),
        &format!(
            "<p>The parameter <code>{parameter}</code> is wrong: {english}.</p>
<p>Check the query of <code>/oauth/connect/authorize</code>: <code>redirect_uri</code> is an absolute http(s) address,
URL-encoded; <code>state</code> is optional, at most 128 bytes of letters and digits.</p>"
        ),
    )
}

/// The page about a request that is not a navigation by the developer. `query` is the request's own query: a click on the
/// link sends the request again, as a navigation.
pub fn no_navigation(why: NoNavigation, query: &str, redirect_uri: &str, words: &Words) -> String {
    let Words {
        name_page,
        name_page_zh,
        ..
    } = words;
    let target = box_of(
        "code 将发往 / where the code would be sent",
        &shortened(redirect_uri),
    );
    let again = format!("<a href=\"?{}\">", escaped(query));
    let (chinese, english) = match why {
        NoNavigation::NotShown => (
            "这不是页面跳转（而是脚本、图片或预加载的请求），code 只发给看得见的跳转。".to_owned(),
            "This is not a navigation, but a request from a script, an image or a prefetch. Use <code>location.assign(…)</code>, a
link or a redirect: only a visible navigation gets a login code."
                .to_owned(),
        ),
        NoNavigation::ForeignFrame => (
            format!(
                "这个请求可能来自别的网站里隐藏的 iframe：浏览器把它标为跨站请求，而它的 <code>Referer</code> 不是侧边栏的页面。</p>
{target}<p>如果这是您自己的页面，请{again}点此继续</a>。要免去这一步：{name_page_zh}，并让页面的
<code>Referrer-Policy</code> 至少发送来源（如 <code>strict-origin</code>）；或在单独的标签页中打开页面。"
            ),
            format!(
                "This request may come from a hidden frame on another website. The browser reports it as cross-site, and its
<code>Referer</code> does not name the sidebar's page.</p>
<p>If this is your own page, {again}continue</a>. To avoid this step, {name_page}, and let the page's <code>Referrer-Policy</code> send at least its origin (<code>strict-origin</code>). Or
open the page in a tab of its own."
            ),
        ),
    };
    document(&format!("<p>{chinese}</p>"), &format!("<p>{english}</p>"))
}

/// The page about too many codes.
pub fn too_many(error: &str, words: &Words) -> String {
    document(
        &format!(
            "<p>未使用的 code 太多。页面是否在循环登录？请等待它们过期，或{}。</p>",
            words.anew_zh
        ),
        &format!("<p>{}.</p>", escaped(error)),
    )
}

fn box_of(label: &str, text: &str) -> String {
    if text.is_empty() {
        return String::new();
    }
    format!("<pre aria-label=\"{label}\">{}</pre>\n", escaped(text))
}

fn document(chinese: &str, english: &str) -> String {
    format!(
        r#"<!doctype html>
<html lang="zh-CN">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>授权失败 · Authorization refused</title>
<style>{STYLE}</style>
<main>
<h1>授权失败</h1>
{chinese}
<section lang="en">
<h2>Authorization refused</h2>
{english}
</section>
</main>
"#
    )
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}

const STYLE: &str = "
:root { color-scheme: light dark; --text: #1f2329; --faint: #646a73; --back: #fff; --box: #f2f3f5; --mark: #c9353f; }
@media (prefers-color-scheme: dark) {
  :root { --text: #ebebeb; --faint: #a6a6a6; --back: #1a1a1a; --box: #2b2b2b; --mark: #ff7b7f; }
}
body { margin: 0; background: var(--back); color: var(--text);
  font: 15px/1.6 system-ui, 'PingFang SC', 'Microsoft YaHei', sans-serif; }
main { max-width: 36rem; margin: 0 auto; padding: 2rem 1.25rem; }
h1 { font-size: 1.3rem; color: var(--mark); margin: 0 0 .75rem; }
h2 { font-size: 1.05rem; color: var(--mark); }
section { margin-top: 2rem; padding-top: .5rem; border-top: 1px solid var(--box); color: var(--faint); }
code, pre { font-family: ui-monospace, Consolas, monospace; font-size: .9em; background: var(--box); border-radius: 4px; }
code { padding: .1em .35em; }
pre { padding: .6rem .8rem; white-space: pre-wrap; overflow-wrap: anywhere; }
";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_refused_value_is_shown_escaped_and_shortened() {
        let html = page(&Refusal::new(
            "state",
            "no",
            "不行",
            &format!("<b a=\"&\">{}", "长".repeat(300)),
        ));
        assert!(html.contains("&lt;b a=&quot;&amp;&quot;&gt;长"));
        assert!(!html.contains("<b "));
        assert!(html.contains('…') && html.matches('长').count() < 300);
    }
}
