//! The files of `www/`: embedded in a release build, read from the source tree in a debug build.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::ops::RangeInclusive;

use axum::body::Body;
use axum::http::header::{
    ACCEPT_RANGES, CACHE_CONTROL, CONTENT_RANGE, CONTENT_SECURITY_POLICY, CONTENT_TYPE, ETAG,
    IF_NONE_MATCH, LOCATION, RANGE,
};
use axum::http::{HeaderMap, HeaderValue, Method, Response, StatusCode, Uri};
use http_range_header::parse_range_header;
use rust_embed::{Embed, EmbeddedFile};

#[derive(Embed)]
#[folder = "$JUZI_WWW"]
struct Www;

/// Serves a file by its path, and a folder by its `index.html`.
pub async fn serve(method: Method, uri: Uri, headers: HeaderMap) -> Response<Body> {
    if method != Method::GET && method != Method::HEAD {
        return text(
            StatusCode::METHOD_NOT_ALLOWED,
            "only GET and HEAD are answered here\n",
        );
    }
    let Some(name) = file_name(uri.path()) else {
        let name = uri.path().trim_start_matches('/');
        return text(StatusCode::NOT_FOUND, &not_found(name));
    };
    match Www::get(&name) {
        Some(file) => respond(&name, file, &headers),
        None if Www::get(&format!("{name}/{INDEX}")).is_some() => redirect_to_folder(&name, &uri),
        None => text(StatusCode::NOT_FOUND, &not_found(&name)),
    }
}

/// The file of a folder. At the top it is the console page.
const INDEX: &str = "index.html";

/// The pages that any site may frame, because they issue no codes.
const FRAMED_BY_ANYBODY: &str = "demo/";

/// Whether a path leads to the console page. There are several ways to write it.
pub fn is_console(path: &str) -> bool {
    file_name(path).as_deref() == Some(INDEX)
}

/// The canonical name of the file that a path leads to. All decisions about the file use this name. None if the path leads out of a folder
/// or has another system's separator: a debug build reads from the file system, which would follow it.
fn file_name(path: &str) -> Option<String> {
    let parts: Vec<&str> = path.split('/').collect();
    let is_folder = matches!(parts.last(), Some(&("" | ".")));
    if path.contains('\\') || parts.contains(&"..") {
        return None;
    }
    let named = parts.into_iter().filter(|it| !matches!(*it, "" | "."));
    let name: Vec<&str> = named.chain(is_folder.then_some(INDEX)).collect();
    Some(name.join("/"))
}

/// The names of the files and folders at the top of `www/`.
pub fn top_level() -> BTreeSet<String> {
    let paths = Www::iter().chain(BUILT.into_iter().map(Cow::Borrowed));
    let first = |path: Cow<str>| path.split('/').next().unwrap_or_default().to_owned();
    paths.map(first).collect()
}

/// The files that the demo page loads from `vendor/`, where the build puts them.
const BUILT: [&str; 3] = [
    "vendor/juzi-helper.js",
    "vendor/jweixin.js",
    "vendor/oauth.js",
];

/// The files that the demo page needs and that have not been built yet.
pub fn not_built() -> Vec<&'static str> {
    BUILT
        .into_iter()
        .filter(|name| Www::get(name).is_none())
        .collect()
}

fn respond(name: &str, file: EmbeddedFile, headers: &HeaderMap) -> Response<Body> {
    let etag = etag(&file);
    let unchanged = headers
        .get(IF_NONE_MATCH)
        .is_some_and(|known| names(known, &etag));
    let mut response = match unchanged {
        true => plain(StatusCode::NOT_MODIFIED, Body::empty()),
        false => whole_or_part(file.data, headers),
    };
    let headers = response.headers_mut();
    let content_type = content_type(name);
    // Clicks in the console and in the check's page issue codes, so no website may frame them (clickjacking). A policy in a page's
    // markup cannot set `frame-ancestors`.
    if is_document(&content_type) && !name.starts_with(FRAMED_BY_ANYBODY) {
        let policy = HeaderValue::from_static("frame-ancestors 'self'");
        headers.insert(CONTENT_SECURITY_POLICY, policy);
    }
    headers.insert(CONTENT_TYPE, content_type);
    headers.insert(ACCEPT_RANGES, HeaderValue::from_static("bytes"));
    // The browser revalidates each time and gets a 304, so it never uses an outdated copy of a rebuilt helper.
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    if let Ok(etag) = HeaderValue::from_str(&etag) {
        headers.insert(ETAG, etag);
    }
    response
}

/// Answers `Range` requests, because Safari plays no video without them. For several ranges, which browsers do not request
/// here, the whole file is sent.
fn whole_or_part(data: Cow<'static, [u8]>, headers: &HeaderMap) -> Response<Body> {
    let length = data.len() as u64;
    let wanted = headers
        .get(RANGE)
        .and_then(|it| it.to_str().ok())
        .and_then(|it| parse_range_header(it).ok());
    match wanted.map(|it| it.validate(length)) {
        Some(Ok(ranges)) if ranges.len() == 1 => part(&data, &ranges[0], length),
        Some(Err(_)) => {
            let mut response = plain(StatusCode::RANGE_NOT_SATISFIABLE, Body::empty());
            set_content_range(&mut response, &format!("bytes */{length}"));
            response
        }
        _ => plain(StatusCode::OK, Body::from(data.into_owned())),
    }
}

fn part(data: &[u8], range: &RangeInclusive<u64>, length: u64) -> Response<Body> {
    let (start, end) = (*range.start(), *range.end());
    let bytes = data
        .iter()
        .skip(start as usize)
        .take((end - start + 1) as usize)
        .copied()
        .collect::<Vec<_>>();
    let mut response = plain(StatusCode::PARTIAL_CONTENT, Body::from(bytes));
    set_content_range(&mut response, &format!("bytes {start}-{end}/{length}"));
    response
}

fn set_content_range(response: &mut Response<Body>, value: &str) {
    if let Ok(value) = HeaderValue::from_str(value) {
        response.headers_mut().insert(CONTENT_RANGE, value);
    }
}

fn etag(file: &EmbeddedFile) -> String {
    let hash = file.metadata.sha256_hash();
    format!(
        "\"{}\"",
        hash[..16]
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect::<String>()
    )
}

fn names(if_none_match: &HeaderValue, etag: &str) -> bool {
    let Ok(list) = if_none_match.to_str() else {
        return false;
    };
    list.split(',')
        .map(|it| it.trim().trim_start_matches("W/"))
        .any(|it| it == etag || it == "*")
}

fn content_type(name: &str) -> HeaderValue {
    let mime = mime_guess::from_path(name).first_or_octet_stream();
    let textual =
        mime.type_() == "text" || matches!(mime.subtype().as_str(), "javascript" | "json" | "svg");
    let value = if textual {
        format!("{mime}; charset=utf-8")
    } else {
        mime.to_string()
    };
    HeaderValue::from_str(&value).unwrap_or(HeaderValue::from_static("application/octet-stream"))
}

/// Whether a browser shows it as a document, which can have links and scripts.
fn is_document(content_type: &HeaderValue) -> bool {
    let text = content_type.to_str().unwrap_or_default();
    ["html", "svg", "xml"].iter().any(|it| text.contains(it))
}

/// Redirects `/demo` to `/demo/` and keeps the query, so that relative addresses in the page work.
fn redirect_to_folder(name: &str, uri: &Uri) -> Response<Body> {
    let query = uri.query().map(|it| format!("?{it}")).unwrap_or_default();
    let mut response = plain(StatusCode::PERMANENT_REDIRECT, Body::empty());
    if let Ok(location) = HeaderValue::from_str(&format!("/{name}/{query}")) {
        response.headers_mut().insert(LOCATION, location);
    }
    response
}

fn not_found(name: &str) -> String {
    if name.starts_with("vendor/") {
        return format!(
            "{name} is not built yet: run ./build.sh, then start the workbench again\n"
        );
    }
    format!("there is no /{name}\n")
}

fn text(status: StatusCode, text: &str) -> Response<Body> {
    let mut response = plain(status, Body::from(text.to_owned()));
    response.headers_mut().insert(
        CONTENT_TYPE,
        HeaderValue::from_static("text/plain; charset=utf-8"),
    );
    response
        .headers_mut()
        .insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

fn plain(status: StatusCode, body: Body) -> Response<Body> {
    let mut response = Response::new(body);
    *response.status_mut() = status;
    response
}
