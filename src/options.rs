//! The options of the script tag and of `init` (spec section 9).

use crate::error::{Fault, Path};
use crate::origin::Pattern;
use crate::value::{Kind, Value, describe, is, length};

/// What can be set, already checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Options {
    /// Origins that may be the host; `None` for any. Where the option is given and names none, nobody may be.
    pub allowed_hosts: Option<Vec<Pattern>>,
    /// Milliseconds for every call; `None` for each call's own.
    pub timeout: Option<u32>,
    /// In the sidebar even where the URL does not say so.
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
/// The most entries of `allowedHosts`: its length is the page's word.
const MOST_HOSTS: u32 = 1_000;

/// The longest delay that a browser's timer takes, in milliseconds.
const LONGEST: f64 = 2_147_483_647.0;

impl Options {
    /// Reads options from `init`'s object or from a script tag's `dataset`; `complain` is told each fault.
    ///
    /// A malformed option keeps its default. `allowedHosts` is stricter: whoever names hosts wants no others, so the entries
    /// that are origins stay in force, and where none is, no host is allowed.
    pub fn read<V: Value>(given: &V, mut complain: impl FnMut(&Fault)) -> Self {
        let mut options = Self::default();
        match given.kind() {
            Kind::Object => Reader { given, complain }.read(&mut options),
            Kind::Missing => {}
            _ => complain(&Fault::Expected(Path::Name("options"), "an object")),
        }
        options
    }

    /// Whether this origin may be the host's.
    pub fn allows(&self, origin: &str) -> bool {
        match &self.allowed_hosts {
            None => true,
            Some(hosts) => hosts.iter().any(|pattern| pattern.matches(origin)),
        }
    }
}

/// Reads one option after the other and tells what is wrong.
struct Reader<'a, V, C> {
    given: &'a V,
    complain: C,
}

impl<V: Value, C: FnMut(&Fault)> Reader<'_, V, C> {
    fn read(&mut self, options: &mut Options) {
        options.allowed_hosts = self.hosts();
        options.timeout = self.timeout();
        options.force = self.switch("force", options.force);
        options.bridge = self.switch("bridge", options.bridge);
        options.debug = self.switch("debug", options.debug);
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
        // A script tag's attribute is a string; an empty one is no number.
        let number = match value.kind() {
            Kind::Missing => return None,
            Kind::Empty => None,
            _ => value.number(),
        };
        match number {
            // The bounds make the cast exact up to the fraction, which a timer ignores as well.
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

    /// A boolean, or an attribute's string. An attribute without a value is on, as HTML has it.
    fn switch(&mut self, name: &'static str, default: bool) -> bool {
        let value = self.member(name);
        match value.kind() {
            Kind::Missing => default,
            Kind::True | Kind::Empty => true,
            Kind::False => false,
            Kind::Text if is(&value, "true") => true,
            Kind::Text if is(&value, "false") => false,
            _ => {
                self.expected(Path::Name(name), "true or false");
                default
            }
        }
    }

    /// An array of origins, or a string with spaces between them.
    fn hosts(&mut self) -> Option<Vec<Pattern>> {
        let mut patterns = Vec::new();
        // An option that cannot be read is given.
        let hosts = self.given.get("allowedHosts").unwrap_or_else(|thrown| {
            (self.complain)(&thrown);
            V::list()
        });
        match hosts.kind() {
            Kind::Missing => return None,
            Kind::List => self.listed(&hosts, &mut patterns),
            Kind::Text => {
                let text = hosts.text(usize::MAX).unwrap_or_default();
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
            match hosts.item(index) {
                Ok(host) if host.kind() == Kind::Text => {
                    let text = host.text(usize::MAX).unwrap_or_default();
                    self.host(&text, &host, patterns);
                }
                Ok(_) => self.expected(Path::Item("allowedHosts", index), "a string"),
                Err(thrown) => (self.complain)(&thrown),
            }
        }
    }

    fn host(&mut self, text: &str, given: &V, patterns: &mut Vec<Pattern>) {
        match Pattern::parse(text) {
            Some(pattern) => patterns.push(pattern),
            None => (self.complain)(&Fault::Origin(describe(given))),
        }
    }
}
