//! Cookies that a browser does not keep or send in the console's frame, which is another site than the page.

use axum::http::header::SET_COOKIE;

use super::Problem;
use super::ask::Answer;

/// A page with more has the same mistake in all of them.
const MAX_COOKIES: usize = 10;

pub fn check(answer: &Answer) -> Vec<Problem> {
    answer
        .texts(&SET_COOKIE)
        .filter_map(|cookie| judge(&cookie))
        .take(MAX_COOKIES)
        .collect()
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
        // Without the attribute, and with a value that they do not know, browsers assume Lax.
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
