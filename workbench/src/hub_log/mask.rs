//! What a log may show of a request: it is copied into bug reports, so codes, states and tokens stay out of it.

use url::form_urlencoded;

/// How many characters of a secret are shown, enough to tell two codes apart.
const SHOWN: usize = 6;
const MAX_PATH: usize = 256;
const MAX_NAME: usize = 64;
const MAX_PARAMETERS: usize = 20;
/// A part of a path that is this long and has letters and digits may be a token.
const TOKEN: usize = 16;

/// Parameters that the console itself adds to a page's address. They are no secrets.
const OPEN: [&str; 4] = ["juziChatId", "juziChatWxid", "juziBotId", "juziSidebar"];

/// The start of a secret. Nothing of a short one, of which the start would be most.
pub fn secret(value: &str) -> String {
    match value.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}…", &value[..end]),
        None if value.is_empty() => String::new(),
        None => "…".to_owned(),
    }
}

/// The parameters of a request to the hub.
pub fn query(query: &str) -> Vec<(String, String)> {
    form_urlencoded::parse(query.as_bytes())
        .take(MAX_PARAMETERS)
        .map(|(name, value)| {
            let shown = match &*name {
                "redirect_uri" => cut(&address(&value), MAX_PATH * 2),
                _ => parameter(&name, &value),
            };
            (cut(&name, MAX_NAME), shown)
        })
        .collect()
}

fn parameter(name: &str, value: &str) -> String {
    if OPEN.contains(&name) {
        cut(value, MAX_PATH)
    } else {
        secret(value)
    }
}

/// An address with its parameters masked, in the query as in the fragment, and without a user name and password.
pub fn address(text: &str) -> String {
    let (rest, fragment) = split(text, '#');
    let (base, query) = split(rest, '?');
    let mut shown = without_credentials(base);
    if let Some(query) = query {
        shown += &format!("?{}", pairs(query));
    }
    if let Some(fragment) = fragment {
        let masked = match split(fragment, '?') {
            (route, Some(query)) => format!("{}?{}", path(route), pairs(query)),
            (pair, None) if pair.contains('=') => pairs(pair),
            (route, None) => path(route),
        };
        shown += &format!("#{masked}");
    }
    shown
}

fn split(text: &str, at: char) -> (&str, Option<&str>) {
    match text.split_once(at) {
        Some((before, after)) => (before, Some(after)),
        None => (text, None),
    }
}

fn without_credentials(base: &str) -> String {
    let Some((scheme, rest)) = base.split_once("://") else {
        return path(base);
    };
    let (authority, rest) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
    let host = match authority.rsplit_once('@') {
        Some((_, host)) => format!("…@{host}"),
        None => authority.to_owned(),
    };
    format!("{scheme}://{host}{}", path(rest))
}

fn pairs(query: &str) -> String {
    let masked = query.split('&').map(|pair| {
        let (name, value) = split(pair, '=');
        let Some(value) = value else {
            return name.to_owned();
        };
        let value = decoded(value);
        format!("{name}={}", parameter(&decoded(name), &value))
    });
    masked.collect::<Vec<_>>().join("&")
}

fn decoded(text: &str) -> String {
    let pair = format!("name={text}");
    let mut pairs = form_urlencoded::parse(pair.as_bytes());
    pairs.next().map(|it| it.1.into_owned()).unwrap_or_default()
}

/// A path whose long parts with letters and digits, like a token's, are masked.
pub fn path(path: &str) -> String {
    let parts = path.split('/').map(|part| {
        let both = part.bytes().any(|it| it.is_ascii_digit())
            && part.bytes().any(|it| it.is_ascii_alphabetic());
        if part.len() >= TOKEN && both {
            secret(part)
        } else {
            part.to_owned()
        }
    });
    cut(&parts.collect::<Vec<_>>().join("/"), MAX_PATH)
}

fn cut(text: &str, most: usize) -> String {
    match text.char_indices().nth(most) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_a_secret_only_the_start_is_shown() {
        assert_eq!(secret("3fa9c1d2e3"), "3fa9c1…");
        assert_eq!(secret("用户的秘密代码"), "用户的秘密代…");
        for short in ["a", "abcdef"] {
            assert_eq!(secret(short), "…", "{short}");
        }
        assert_eq!(secret(""), "");
    }

    #[test]
    fn an_address_shows_where_it_leads_and_no_token() {
        for (given, shown) in [
            ("/cb", "/cb"),
            (
                "https://a.example/app?token=abcdefgh&juziSidebar&juziChatId=chat-1&x=1",
                "https://a.example/app?token=abcdef…&juziSidebar&juziChatId=chat-1&x=…",
            ),
            (
                "https://user:password@a.example:8443/",
                "https://…@a.example:8443/",
            ),
            (
                "https://a.example/#access_token=abcdefgh",
                "https://a.example/#access_token=abcdef…",
            ),
            (
                "https://a.example/#/home?code=abcdefgh",
                "https://a.example/#/home?code=abcdef…",
            ),
            (
                "https://a.example/reset/0123456789abcdef0123",
                "https://a.example/reset/012345…",
            ),
            (
                "https://a.example/?%63ode=%E7%94%A8%E6%88%B7abcdefgh",
                "https://a.example/?%63ode=用户abcd…",
            ),
        ] {
            assert_eq!(address(given), shown, "{given}");
        }
    }

    #[test]
    fn every_parameter_but_the_address_is_masked() {
        assert_eq!(
            query(
                "code=0123456789&redirect_uri=http%3A%2F%2Fa.example%2F%3Ftoken%3Dabcdefgh&api_key=hunter2hunter2"
            ),
            [
                ("code", "012345…"),
                ("redirect_uri", "http://a.example/?token=abcdef…"),
                ("api_key", "hunter…"),
            ]
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
        );
        assert_eq!(query(&"a=1&".repeat(100)).len(), MAX_PARAMETERS);
        assert_eq!(query(&"n".repeat(100))[0].0.chars().count(), MAX_NAME + 1);
    }

    #[test]
    fn a_path_is_shown_to_a_length_and_without_tokens() {
        assert_eq!(
            path("/v1/oauth/getUserInfoByAuthorizationCode"),
            "/v1/oauth/getUserInfoByAuthorizationCode"
        );
        assert_eq!(path("/code/3fa9c1d2e3f40516"), "/code/3fa9c1…");
        assert_eq!(path(&"/a".repeat(500)).chars().count(), MAX_PATH + 1);
    }
}
