//! The page that a person sees where authorize refuses: which parameter, and why.

/// A parameter that authorize cannot work with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    pub parameter: &'static str,
    pub english: &'static str,
    pub chinese: &'static str,
    given: String,
}

/// Characters of the refused value that the page shows.
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
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

pub fn page(refusal: &Refusal) -> String {
    let Refusal {
        parameter,
        english,
        chinese,
        given,
    } = refusal;
    let given = if given.is_empty() {
        String::new()
    } else {
        format!(
            "<pre aria-label=\"收到的值 / what was given\">{}</pre>\n",
            escaped(given)
        )
    };
    format!(
        r#"<!doctype html>
<html lang="zh-CN">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>授权失败 · Authorization refused</title>
<style>{STYLE}</style>
<main>
<h1>授权失败</h1>
<p>参数 <code>{parameter}</code> 有误：{chinese}。</p>
{given}<p>请检查 <code>/oauth/connect/authorize</code> 的查询参数：<code>redirect_uri</code> 是经过 URL 编码的完整 http(s)
地址；<code>state</code> 可省略，最多 128 字节，只含字母和数字。</p>
<section lang="en">
<h2>Authorization refused</h2>
<p>The parameter <code>{parameter}</code> is wrong: {english}.</p>
<p>Check the query of <code>/oauth/connect/authorize</code>: <code>redirect_uri</code> is an absolute http(s) address,
URL-encoded; <code>state</code> is optional, at most 128 bytes of letters and digits.</p>
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
    fn what_was_given_is_shown_but_not_as_markup_and_not_without_end() {
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
