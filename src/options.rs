//! The options of the script tag and of `init` (spec section 9).

use crate::error::{Fault, Path};
use crate::origin::Pattern;
use crate::value::{Kind, Value, describe, is, item, length, string_of};

/// The options, checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Options {
    /// Origins that may be the host; `None` for any. An empty list, from an option without a usable entry, allows none.
    pub allowed_hosts: Option<Vec<Pattern>>,
    /// Timeout of every call in milliseconds; `None` for the catalogue's.
    pub timeout: Option<u32>,
    /// Treat the page as in the sidebar even if its URL lacks `juziSidebar`.
    pub force: bool,
    /// Provide `WeixinJSBridge`.
    pub bridge: bool,
    /// Log every message and decision.
    pub debug: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            allowed_hosts: None,
            timeout: None,
            force: false,
            bridge: true,
            debug: false,
        }
    }
}

const HOSTS: Path = Path::Name("allowedHosts");
/// The most entries of `allowedHosts`: a proxy may report any length.
const MOST_HOSTS: u32 = 1_000;

/// The longest delay that a browser's timer takes, in milliseconds.
const LONGEST: f64 = 2_147_483_647.0;

impl Options {
    /// Parses the object given to `init`, or a script tag's `dataset`. `complain` is called with each fault.
    ///
    /// A malformed option keeps its default. `allowedHosts` fails closed: its well-formed entries stay in force, and if there is
    /// none, no host is allowed.
    pub fn parse<V: Value>(given: &V, mut complain: impl FnMut(&Fault)) -> Self {
        match given.kind() {
            Kind::Object => Reader { given, complain }.options(),
            Kind::Missing => Self::default(),
            _ => {
                complain(&Fault::Expected(Path::Name("options"), "an object"));
                Self::default()
            }
        }
    }

    /// Adds an exact entry for an origin that a pattern allows.
    #[cfg(target_arch = "wasm32")]
    pub fn name_exactly(&mut self, origin: String) {
        if self.allows(&origin)
            && let Some(hosts) = &mut self.allowed_hosts
        {
            add(hosts, Pattern::Exact(origin));
        }
    }

    /// Whether a message can be posted while the host's origin is not known: to any origin, or to exact entries.
    #[cfg(target_arch = "wasm32")]
    pub fn names_exactly(&self) -> bool {
        self.allowed_hosts
            .as_ref()
            .is_none_or(|hosts| hosts.iter().any(|host| host.exact().is_some()))
    }

    /// Whether this origin may be the host's.
    pub fn allows(&self, origin: &str) -> bool {
        match &self.allowed_hosts {
            None => true,
            Some(hosts) => hosts.iter().any(|pattern| pattern.matches(origin)),
        }
    }
}

/// Adds an entry, once: messages are posted to each exact entry, and a host must not get a call twice.
fn add(hosts: &mut Vec<Pattern>, host: Pattern) {
    if !hosts.contains(&host) {
        hosts.push(host);
    }
}

/// Reads one option after another and reports faults.
struct Reader<'a, V, C> {
    given: &'a V,
    complain: C,
}

impl<V: Value, C: FnMut(&Fault)> Reader<'_, V, C> {
    fn options(&mut self) -> Options {
        let default = Options::default();
        Options {
            allowed_hosts: self.hosts(),
            timeout: self.timeout(),
            force: self.switch("force", default.force),
            bridge: self.switch("bridge", default.bridge),
            debug: self.switch("debug", default.debug),
        }
    }

    fn member(&mut self, name: &str) -> V {
        self.given.get(name).unwrap_or_else(|thrown| {
            (self.complain)(&thrown);
            V::default()
        })
    }

    fn expected(&mut self, path: Path, what: &'static str) {
        (self.complain)(&Fault::Expected(path, what));
    }

    fn timeout(&mut self) -> Option<u32> {
        let value = self.member("timeout");
        // A script tag's attribute is a string, and an empty one is no number.
        let number = match value.kind() {
            Kind::Missing => return None,
            Kind::Empty => None,
            _ => value.number(),
        };
        match number {
            // In range, the cast drops only the fraction, as a timer does.
            #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
            Some(number) if (1.0..=LONGEST).contains(&number) => Some(number as u32),
            _ => {
                self.expected(
                    Path::Name("timeout"),
                    "a number of milliseconds from 1 to 2147483647",
                );
                None
            }
        }
    }

    /// A boolean, or an attribute's string. As in HTML, an attribute without a value is on.
    fn switch(&mut self, name: &'static str, default: bool) -> bool {
        let value = self.member(name);
        match value.kind() {
            Kind::Missing => default,
            Kind::True | Kind::Empty => true,
            Kind::False => false,
            Kind::String if is(&value, "true") => true,
            Kind::String if is(&value, "false") => false,
            _ => {
                self.expected(Path::Name(name), "true or false");
                default
            }
        }
    }

    /// An array of origins, or a string with spaces between them.
    fn hosts(&mut self) -> Option<Vec<Pattern>> {
        let mut patterns = Vec::new();
        // An option that throws when it is read counts as given.
        let hosts = self.given.get("allowedHosts").unwrap_or_else(|thrown| {
            (self.complain)(&thrown);
            V::list()
        });
        match hosts.kind() {
            Kind::Missing => return None,
            Kind::List => self.listed(&hosts, &mut patterns),
            Kind::String => {
                let text = string_of(&hosts);
                for host in text.split_ascii_whitespace() {
                    self.host(host, &V::from(host), &mut patterns);
                }
            }
            _ => self.expected(HOSTS, "an array of origins"),
        }
        if patterns.is_empty() {
            (self.complain)(&Fault::NoHosts);
        }
        Some(patterns)
    }

    fn listed(&mut self, hosts: &V, patterns: &mut Vec<Pattern>) {
        let count = length(hosts).unwrap_or_default();
        if count > MOST_HOSTS {
            return self.expected(HOSTS, "an array of at most 1000 origins");
        }
        for index in 0..count {
            match item(hosts, index) {
                Ok(host) if host.kind() == Kind::String => {
                    let text = string_of(&host);
                    self.host(&text, &host, patterns);
                }
                Ok(_) => self.expected(Path::Item("allowedHosts", index), "a string"),
                Err(thrown) => (self.complain)(&thrown),
            }
        }
    }

    fn host(&mut self, text: &str, given: &V, patterns: &mut Vec<Pattern>) {
        match Pattern::parse(text) {
            Some(pattern) => add(patterns, pattern),
            None => (self.complain)(&Fault::Origin(describe(given))),
        }
    }
}
