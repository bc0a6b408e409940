//! Cookies that a browser does not keep or send in the console's frame, because the page is cross-site there.

use super::answer::Answer;
use super::problem::Problem;

const SET_COOKIE: &str = "set-cookie";

/// A page with more cookies has the same mistake in all of them.
const MAX_COOKIES: usize = 10;

pub fn check(answer: &Answer) -> Vec<Problem> {
    answer
        .texts(SET_COOKIE)
        .filter_map(judge)
        .take(MAX_COOKIES)
        .collect()
}

/// The cookies that a browser keeps in the frame, for the next request. Their paths and domains are ignored.
#[derive(Debug, Default)]
pub struct Jar(Vec<(String, String)>);

impl Jar {
    pub fn keep(&mut self, answer: &Answer) {
        for cookie in answer.texts(SET_COOKIE) {
            let pair = cookie.split(';').next().unwrap_or_default();
            let Some((name, value)) = pair.split_once('=') else {
                continue;
            };
            let (name, value) = (name.trim(), value.trim());
            self.0.retain(|it| it.0 != name);
            let kept = matches!(judge(cookie), None | Some(Problem::CookieThirdParty { .. }));
            if kept && !is_removed(cookie) {
                self.0.push((name.to_owned(), value.to_owned()));
            }
        }
    }

    /// The value of the header `Cookie`; empty for none.
    pub fn header(&self) -> String {
        let pairs: Vec<_> = self
            .0
            .iter()
            .map(|it| format!("{}={}", it.0, it.1))
            .collect();
        pairs.join("; ")
    }
}

fn is_removed(cookie: &str) -> bool {
    let cookie = cookie.to_ascii_lowercase().replace(' ', "");
    cookie.contains("max-age=0")
        || cookie.contains("max-age=-")
        || cookie.contains("01jan1970")
        || cookie.contains("01-jan-1970")
}

/// Cookies that inline scripts set with `document.cookie`, without the attributes that a frame needs. Other scripts are not loaded.
pub fn by_script(html: &str) -> Vec<Problem> {
    let mut found = vec![];
    let scripts = html.split("<script").skip(1);
    for script in scripts.map(|it| it.split("</script").next().unwrap_or_default()) {
        for written in script.split("document.cookie").skip(1) {
            let Some(value) = written.trim_start().strip_prefix('=') else {
                continue;
            };
            // A comparison.
            if value.starts_with('=') {
                continue;
            }
            let text = value.lines().next().unwrap_or_default();
            let plain = text.to_ascii_lowercase().replace(' ', "");
            if (plain.contains("samesite=none") && plain.contains("secure")) || is_removed(text) {
                continue;
            }
            let problem = Problem::CookieByScript {
                name: name_in(text),
            };
            if !found.contains(&problem) && found.len() < MAX_COOKIES {
                found.push(problem);
            }
        }
    }
    found
}

/// The cookie's name if the text begins with it, as in `'sid=' + value`.
fn name_in(text: &str) -> String {
    let text = text.trim_start();
    let literal = text.strip_prefix(['"', '\'', '`']).unwrap_or_default();
    let name = literal.split('=').next().unwrap_or_default();
    let is_name = !name.is_empty()
        && name.len() < literal.len()
        && name
            .bytes()
            .all(|it| it.is_ascii_alphanumeric() || b"-_.".contains(&it));
    if is_name { name } else { "document.cookie" }.to_owned()
}

fn judge(cookie: &str) -> Option<Problem> {
    let mut parts = cookie.split(';');
    let (name, _) = parts.next()?.split_once('=')?;
    let name = name.trim().to_owned();
    let attributes: Vec<(String, String)> = parts
        .map(|part| {
            let (name, value) = part.split_once('=').unwrap_or((part, ""));
            (name.trim().to_ascii_lowercase(), value.trim().to_owned())
        })
        .collect();
    let find = |name: &str| {
        let mut found = attributes.iter().filter(|it| it.0 == name);
        found.next_back().map(|it| it.1.as_str())
    };
    let is_set = |name| find(name).is_some();
    // Removes the cookie.
    if find("max-age").is_some_and(|it| it.starts_with('-') || it == "0") {
        return None;
    }
    match find("samesite") {
        Some(value) if value.eq_ignore_ascii_case("none") => {
            if !is_set("secure") {
                Some(Problem::CookieInsecure { name })
            } else if !is_set("partitioned") {
                Some(Problem::CookieThirdParty { name })
            } else {
                None
            }
        }
        Some(value) if value.eq_ignore_ascii_case("strict") => Some(Problem::CookieBlocked {
            name,
            same_site: "Strict".to_owned(),
        }),
        // If the attribute is missing or its value is unknown, browsers assume Lax.
        _ => Some(Problem::CookieBlocked {
            name,
            same_site: "Lax".to_owned(),
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cookie_of_an_inline_script_needs_the_same_attributes() {
        let names = |script: &str| -> Vec<String> {
            by_script(&format!(
                "<p>document.cookie = 'no=script'</p><script>{script}</script>"
            ))
            .into_iter()
            .map(|it| match it {
                Problem::CookieByScript { name } => name,
                other => panic!("{other:?}"),
            })
            .collect()
        };
        for (script, expected) in [
            ("document.cookie = 'sid=1'", vec!["sid"]),
            (
                "document.cookie=`token=${t}; path=/; SameSite=Lax`;",
                vec!["token"],
            ),
            (
                "document.cookie = name + '=' + value",
                vec!["document.cookie"],
            ),
            (
                "document.cookie = 'a=1';\ndocument.cookie = \"b=2\"",
                vec!["a", "b"],
            ),
            (
                "document.cookie = 'sid=1; SameSite=None; Secure; Partitioned'",
                vec![],
            ),
            ("document.cookie = 'sid=; Max-Age=0'", vec![]),
            (
                "document.cookie = 'sid=; expires=Thu, 01 Jan 1970 00:00:00 GMT'",
                vec![],
            ),
            ("if (document.cookie == '') read(document.cookie)", vec![]),
        ] {
            assert_eq!(names(script), expected, "{script}");
        }
    }

    #[test]
    fn a_cookie_needs_none_secure_and_partitioned_in_a_frame_of_another_site() {
        let blocked = |same_site: &str| {
            Some(Problem::CookieBlocked {
                name: "sid".to_owned(),
                same_site: same_site.to_owned(),
            })
        };
        let name = "sid".to_owned();
        for (cookie, expected) in [
            ("sid=1; HttpOnly; Path=/", blocked("Lax")),
            ("sid=1; SameSite=Lax", blocked("Lax")),
            ("sid=a=b; samesite=strict; Secure", blocked("Strict")),
            (
                "sid=1; SameSite=None",
                Some(Problem::CookieInsecure { name: name.clone() }),
            ),
            (
                "sid=1; SameSite=None; Secure",
                Some(Problem::CookieThirdParty { name }),
            ),
            ("sid=1; Secure; SameSite=None; Partitioned", None),
            ("sid=; Max-Age=0", None),
            ("nonsense", None),
        ] {
            assert_eq!(judge(cookie), expected, "{cookie}");
        }
    }
}
