//! What a log may show of a request. Logs are copied into bug reports, so they must not contain codes, states or tokens.

/// How many characters of a secret are shown, enough to tell two codes apart.
const SHOWN: usize = 6;
const MAX_PATH: usize = 256;
const MAX_NAME: usize = 64;
const MAX_PARAMETERS: usize = 20;
/// A path segment may be a token if it is at least this long and has letters and digits.
const TOKEN: usize = 16;

/// Parameters that the console itself adds to a page's address. They are not secret.
const OPEN: [&str; 4] = ["juziChatId", "juziChatWxid", "juziBotId", "juziSidebar"];
/// Names that are shown even without a value. Any other name without a value may itself be a code.
const NAMES: [&str; 4] = ["code", "state", "redirect_uri", "msgType"];
/// The schemes that need no slashes before the host.
const WEB: [&str; 5] = ["http", "https", "ws", "wss", "ftp"];

/// The start of a secret. A short secret is hidden completely, because its start would be most of it.
pub fn secret(value: &str) -> String {
    match value.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}…", value.get(..end).unwrap_or_default()),
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
            let name = hidden_name(&name, &value).unwrap_or_else(|| name.into_owned());
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

/// The masked form of a name that may be secret: a name without a value, or one that looks like a token. `None` if the name may be shown.
fn hidden_name(name: &str, value: &str) -> Option<String> {
    let known = OPEN.contains(&name) || NAMES.contains(&name);
    (!known && (value.is_empty() || is_token(name))).then(|| secret(name))
}

fn is_token(text: &str) -> bool {
    text.chars().count() >= TOKEN
        && text.bytes().any(|it| it.is_ascii_digit())
        && text.bytes().any(|it| it.is_ascii_alphabetic())
}

/// An address without its user name and password, and with the parameters in its query and its fragment masked.
pub fn address(text: &str) -> String {
    // Browsers remove these from an address.
    let text = text
        .trim_matches(|it| it <= ' ')
        .replace(['\t', '\r', '\n'], "");
    let (rest, fragment) = split(&text, '#');
    let (base, query) = split(rest, '?');
    let mut shown = without_credentials(base);
    if let Some(query) = query {
        shown += &format!("?{}", pairs(query));
    }
    if let Some(text) = fragment {
        let (route, query) = split(text, '?');
        shown += "#";
        shown += &if route.starts_with(['/', '!']) {
            path(route)
        } else {
            pairs(route)
        };
        if let Some(query) = query {
            shown += &format!("?{}", pairs(query));
        }
    }
    shown
}

fn split(text: &str, at: char) -> (&str, Option<&str>) {
    match text.split_once(at) {
        Some((before, after)) => (before, Some(after)),
        None => (text, None),
    }
}

/// Masks an address up to its query. Browsers read a backslash as a slash, and need no slashes before the host of a web address.
fn without_credentials(base: &str) -> String {
    let is_slash = |it| it == '/' || it == '\\';
    let (scheme, rest) = match base.split_once(':') {
        Some((scheme, rest)) if is_scheme(scheme) => (scheme, rest),
        _ => ("", base),
    };
    let after = rest.trim_start_matches(is_slash);
    let slashes = rest.len() - after.len();
    if scheme.is_empty() && slashes < 2 {
        return path(base);
    }
    let (authority, tail) = after.split_at(after.find(is_slash).unwrap_or(after.len()));
    let host = authority.rsplit_once('@').map(|it| it.1);
    // Without slashes, anything but a web scheme may be the user name.
    let start = if slashes == 0 && host.is_some() && !WEB.contains(&&*scheme.to_ascii_lowercase()) {
        ""
    } else {
        base.strip_suffix(after).unwrap_or_default()
    };
    match host {
        Some(host) => format!("{start}…@{host}{}", path(tail)),
        None if slashes > 0 && !has_port(authority) => format!("{start}…"),
        None => format!("{start}{authority}{}", path(tail)),
    }
}

fn is_scheme(text: &str) -> bool {
    text.starts_with(|it: char| it.is_ascii_alphabetic())
        && text
            .chars()
            .all(|it| it.is_ascii_alphanumeric() || "+.-".contains(it))
}

/// Whether only a port follows the host, or nothing. Otherwise the address was cut off inside a password.
fn has_port(authority: &str) -> bool {
    let after = match authority
        .strip_prefix('[')
        .and_then(|it| it.split_once(']'))
    {
        Some((_, after)) => after,
        None => authority
            .find(':')
            .and_then(|at| authority.get(at..))
            .unwrap_or_default(),
    };
    after
        .strip_prefix(':')
        .unwrap_or(after)
        .bytes()
        .all(|it| it.is_ascii_digit())
}

fn pairs(query: &str) -> String {
    let masked = query.split('&').map(|pair| {
        let (name, value) = split(pair, '=');
        let (decoded_name, decoded_value) = (decoded(name), decoded(value.unwrap_or_default()));
        let name = hidden_name(&decoded_name, &decoded_value).unwrap_or_else(|| name.to_owned());
        match value {
            Some(_) => format!("{name}={}", parameter(&decoded_name, &decoded_value)),
            None => name,
        }
    });
    masked.collect::<Vec<_>>().join("&")
}

fn decoded(text: &str) -> String {
    let pair = format!("name={text}");
    let mut pairs = form_urlencoded::parse(pair.as_bytes());
    pairs.next().map(|it| it.1.into_owned()).unwrap_or_default()
}

/// A path in which every segment that may be a token is masked, and also the credentials of any address.
pub fn path(path: &str) -> String {
    let parts = path.split('/').map(|part| match part.rsplit_once('@') {
        Some((user, host)) if user.contains(':') => format!("…@{host}"),
        _ if is_token(part) => secret(part),
        _ => part.to_owned(),
    });
    cut(&parts.collect::<Vec<_>>().join("/"), MAX_PATH)
}

fn cut(text: &str, most: usize) -> String {
    match text.char_indices().nth(most) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `tests/vectors/masks.json`. The tests of the plugin for Vite use it too.
    fn table(name: &str) -> Vec<(String, serde_json::Value)> {
        let table: serde_json::Value =
            serde_json::from_str(include_str!("../../../tests/vectors/masks.json")).unwrap();
        let rows: Vec<_> = serde_json::from_value(table[name].clone()).unwrap();
        assert!(rows.len() > 5, "{name}");
        rows
    }

    #[test]
    fn the_masks_are_those_of_the_table() {
        type Mask = fn(&str) -> serde_json::Value;
        let each: [(&str, Mask); 4] = [
            ("secret", |it| secret(it).into()),
            ("path", |it| path(it).into()),
            ("address", |it| address(it).into()),
            ("query", |it| serde_json::to_value(query(it)).unwrap()),
        ];
        for (name, mask) in each {
            for (given, shown) in table(name) {
                assert_eq!(mask(&given), shown, "{name} {given:?}");
            }
        }
    }

    #[test]
    fn parameters_names_and_paths_are_shortened() {
        assert_eq!(query(&"a=1&".repeat(100)).len(), MAX_PARAMETERS);
        let name = &query(&format!("{}=1", "n".repeat(100)))[0].0;
        assert_eq!(name.chars().count(), MAX_NAME + 1);
        assert_eq!(path(&"/a".repeat(500)).chars().count(), MAX_PATH + 1);
    }
}
