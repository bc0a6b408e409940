//! The options of the script tag and of `init`, and which origins may be the host (spec section 9).

use crate::atoms::{
    A_STRING, ALL_BELOW, ALLOWED_HOSTS, AN_ARRAY_OF_ORIGINS, AN_OBJECT, AT_MOST_HOSTS, Atom,
    BRIDGE, DEBUG, DOT, FALSE, FORCE, HTTPS, MILLISECONDS, OPTIONS, SLASHES, TIMEOUT, TRUE,
    TRUE_OR_FALSE,
};
use crate::error::{Fault, Path};
use crate::value::{Kind, Value};

/// What can be set, already checked.
///
/// ```
/// use juzi_helper::options::Options;
///
/// let options = Options::<serde_json::Value>::default();
/// assert!(options.bridge && !options.force && options.timeout.is_none());
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Options<V> {
    /// Origins that may be the host: any where the option is not given, nobody where nothing in it is usable.
    pub allowed_hosts: Option<Vec<Pattern<V>>>,
    /// Milliseconds for every call; `None` for each call's own.
    pub timeout: Option<u32>,
    /// In the sidebar even where the URL does not say so.
    pub force: bool,
    /// Provide `WeixinJSBridge`.
    pub bridge: bool,
    /// Log every message and decision.
    pub debug: bool,
}

impl<V> Default for Options<V> {
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

/// The longest delay that a browser's timer takes, in milliseconds.
const LONGEST: f64 = 2_147_483_647.0;
/// The most entries of `allowedHosts`: a list without end would keep the page waiting.
const MOST_HOSTS: u32 = 1_000;

impl<V: Value> Options<V> {
    /// Reads options from `init`'s object or from a script tag's `dataset`; the faults are for the console.
    ///
    /// A malformed option keeps its default, but for `allowedHosts`: the entries that are origins stay in force, and with none
    /// left no host is allowed. Anything else would widen what the page meant to narrow.
    ///
    /// ```
    /// use juzi_helper::options::Options;
    /// use serde_json::json;
    ///
    /// let (options, faults) = Options::read(&json!({ "timeout": 500, "debug": "maybe" }));
    /// assert_eq!(options.timeout, Some(500));
    /// assert_eq!(faults[0].reason(), "debug must be true or false");
    /// ```
    #[must_use]
    pub fn read(given: &V) -> (Self, Vec<Fault<V>>) {
        let mut reader = Reader {
            given,
            faults: Vec::new(),
        };
        let mut options = Self::default();
        match given.kind() {
            Kind::Object => reader.read(&mut options),
            Kind::Missing => {}
            _ => reader.expected(Path::Name(OPTIONS), AN_OBJECT),
        }
        (options, reader.faults)
    }

    /// Whether this origin may be the host's.
    ///
    /// ```
    /// use juzi_helper::options::Options;
    /// use serde_json::json;
    ///
    /// let (options, _) = Options::read(&json!({ "allowedHosts": ["https://*.juzibot.com"] }));
    /// assert!(options.allows(&json!("https://chat.juzibot.com")));
    /// assert!(!options.allows(&json!("https://elsewhere.example")));
    /// assert!(Options::default().allows(&json!("https://elsewhere.example")));
    /// ```
    #[must_use]
    pub fn allows(&self, origin: &V) -> bool {
        match &self.allowed_hosts {
            None => true,
            Some(patterns) => patterns.iter().any(|pattern| pattern.matches(origin)),
        }
    }
}

/// Reads one option after the other and collects what is wrong.
struct Reader<'a, V> {
    given: &'a V,
    faults: Vec<Fault<V>>,
}

impl<V: Value> Reader<'_, V> {
    // Apart, as most pages set nothing.
    #[inline(never)]
    fn read(&mut self, options: &mut Options<V>) {
        options.allowed_hosts = self.hosts();
        options.timeout = self.timeout();
        options.force = self.switch(FORCE, options.force);
        options.bridge = self.switch(BRIDGE, options.bridge);
        options.debug = self.switch(DEBUG, options.debug);
    }

    fn member(&mut self, name: Atom) -> V {
        self.given.get(name).unwrap_or_else(|thrown| {
            self.faults.push(thrown);
            V::missing()
        })
    }

    fn expected(&mut self, path: Path, what: Atom) {
        self.faults.push(Fault::Expected(path, what));
    }

    fn timeout(&mut self) -> Option<u32> {
        let value = self.member(TIMEOUT);
        // A script tag's attribute is a text; an empty one is no number.
        let number = match value.kind() {
            Kind::Missing => return None,
            Kind::Empty => None,
            _ => value.to_number(),
        };
        match number {
            // The bounds make the cast exact up to the fraction, which a timer ignores as well.
            #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
            Some(number) if (1.0..=LONGEST).contains(&number) => Some(number as u32),
            _ => {
                self.expected(Path::Name(TIMEOUT), MILLISECONDS);
                None
            }
        }
    }

    /// A boolean, or an attribute's text. An attribute without a value is on, as HTML has it.
    fn switch(&mut self, name: Atom, default: bool) -> bool {
        let value = self.member(name);
        match value.kind() {
            Kind::Missing => default,
            Kind::False => false,
            Kind::True | Kind::Empty => true,
            _ if value.is(TRUE) => true,
            _ if value.is(FALSE) => false,
            _ => {
                self.expected(Path::Name(name), TRUE_OR_FALSE);
                default
            }
        }
    }

    /// An array of origins, or a text with spaces between them; nothing where the option is not given. An option that cannot be
    /// read is given.
    fn hosts(&mut self) -> Option<Vec<Pattern<V>>> {
        let patterns = match self.given.get(ALLOWED_HOSTS) {
            Ok(hosts) if hosts.is_missing() => return None,
            Ok(hosts) => self.patterns(&hosts),
            Err(thrown) => {
                self.faults.push(thrown);
                Vec::new()
            }
        };
        if patterns.is_empty() {
            self.faults.push(Fault::NoHosts);
        }
        Some(patterns)
    }

    fn patterns(&mut self, hosts: &V) -> Vec<Pattern<V>> {
        let hosts = match hosts.kind() {
            Kind::List => hosts.clone(),
            Kind::Text => hosts.words(),
            _ => {
                self.expected(Path::Name(ALLOWED_HOSTS), AN_ARRAY_OF_ORIGINS);
                return Vec::new();
            }
        };
        let length = hosts.len().unwrap_or_default();
        if length > MOST_HOSTS {
            self.expected(Path::Name(ALLOWED_HOSTS), AT_MOST_HOSTS);
            return Vec::new();
        }
        let mut patterns = Vec::new();
        for index in 0..length {
            match hosts.item(index) {
                Ok(host) if host.kind() == Kind::Text => match Pattern::parse(&host) {
                    Some(pattern) => patterns.push(pattern),
                    None => self.faults.push(Fault::Origin(host)),
                },
                Ok(_) => self.expected(Path::Item(ALLOWED_HOSTS, index), A_STRING),
                Err(thrown) => self.faults.push(thrown),
            }
        }
        patterns
    }
}

/// An origin, or all hosts below one: `https://console.example.com:8443`, `https://*.example.com`.
///
/// ```
/// use juzi_helper::options::Pattern;
/// use serde_json::json;
///
/// let one = Pattern::parse(&json!("https://chat.juzibot.com")).unwrap();
/// let many = Pattern::parse(&json!("https://*.juzibot.com")).unwrap();
/// let console = json!("https://chat.juzibot.com");
/// assert!(one.matches(&console) && many.matches(&console));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pattern<V> {
    /// As browsers write it, without the `*.`.
    origin: V,
    /// What the hosts below it end with: `.example.com:8443`. Missing where it is one origin.
    ending: V,
}

impl<V: Value> Pattern<V> {
    /// Reads an origin: scheme `http` or `https`, a host, a port. What browsers write otherwise is forgiven: upper case, an
    /// international name, a default port, one `/` at the end. A path, a query or credentials are not.
    ///
    /// ```
    /// use juzi_helper::options::Pattern;
    /// use serde_json::json;
    ///
    /// let pattern = Pattern::parse(&json!("https://*.example.com")).unwrap();
    /// assert!(pattern.matches(&json!("https://console.example.com")));
    /// assert!(!pattern.matches(&json!("https://example.com.evil.com")));
    /// assert_eq!(Pattern::parse(&json!("console.example.com")), None);
    /// ```
    #[must_use]
    pub fn parse(text: &V) -> Option<Self> {
        let domain = text.replace(ALL_BELOW, SLASHES);
        let origin = domain.origin();
        if origin.is_missing() {
            return None;
        }
        let ending = if domain == *text {
            V::missing()
        } else {
            V::atom(DOT).concat(&origin.after(SLASHES))
        };
        Some(Self { origin, ending })
    }

    /// Whether an origin, as a browser writes it, is this one or one of these.
    ///
    /// ```
    /// use juzi_helper::options::Pattern;
    /// use serde_json::json;
    ///
    /// let below = Pattern::parse(&json!("https://*.juzibot.com")).unwrap();
    /// assert!(below.matches(&json!("https://a.b.juzibot.com")));
    /// assert!(!below.matches(&json!("https://juzibot.com")));
    /// assert!(!below.matches(&json!("http://chat.juzibot.com")));
    /// ```
    #[must_use]
    pub fn matches(&self, origin: &V) -> bool {
        if self.ending.is_missing() {
            return *origin == self.origin;
        }
        // Both have one of two schemes, and what is no origin at all has no say.
        origin.ends_with(&self.ending)
            && origin.origin() == *origin
            && origin.starts_with(&V::atom(HTTPS)) == self.origin.starts_with(&V::atom(HTTPS))
    }

    /// The origin itself, where it is one and not a pattern: what a message can be posted to.
    ///
    /// ```
    /// use juzi_helper::options::Pattern;
    /// use serde_json::json;
    ///
    /// let exact = |text| Pattern::parse(&json!(text)).unwrap().exact().cloned();
    /// assert_eq!(exact("https://Chat.juzibot.com:443/"), Some(json!("https://chat.juzibot.com")));
    /// assert_eq!(exact("https://*.juzibot.com"), None);
    /// ```
    #[must_use]
    pub fn exact(&self) -> Option<&V> {
        self.ending.is_missing().then_some(&self.origin)
    }
}
