//! The page's address as people type it. `www/lib/page-address.js` has the same rule for the console's address bar. One table of cases
//! tests both: tests/vectors/page-addresses.json.

use crate::url::Url;

/// An http(s) URL. Without a scheme it is `http:`; a port alone is a port of this machine.
pub fn parse(text: &str) -> Result<Url, String> {
    let text = text.trim();
    let port = text.strip_prefix(':').unwrap_or(text);
    let is_port = !port.is_empty() && port.bytes().all(|it| it.is_ascii_digit());
    let address = if is_port {
        format!("http://localhost:{port}")
    } else if text.contains("://") {
        text.to_owned()
    } else if let Some(rest) = text.strip_prefix("//") {
        format!("http://{rest}")
    } else if text.is_empty() || text.starts_with('/') {
        return Err("expected an address like http://localhost:5173/".to_owned());
    } else {
        format!("http://{text}")
    };
    let url = Url::parse(&address)
        .map_err(|_| "expected an address like http://localhost:5173/".to_owned())?;
    match url.scheme() {
        "http" | "https" => Ok(url),
        other => Err(format!(
            "expected an http:// or https:// address, not {other}:"
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_parsed_as_in_the_console() {
        let cases: serde_json::Value =
            serde_json::from_str(include_str!("../../../tests/vectors/page-addresses.json"))
                .unwrap();
        for case in cases.as_array().unwrap() {
            let given = case["given"].as_str().unwrap();
            let understood = parse(given).ok().map(String::from);
            assert_eq!(understood.as_deref(), case["url"].as_str(), "{given:?}");
        }
    }
}
