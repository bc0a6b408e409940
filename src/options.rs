//! The options of the script tag and of `init` (spec section 9).

use crate::error::{Fault, Path, Result};
use crate::origin::Pattern;
use crate::value::{Kind, Value, describe, is, item, list_length, string_of};

#[cfg(all(test, not(target_arch = "wasm32")))]
pub(crate) mod catalogue;

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
    /// `userAgent: 'wxwork'`: the frame's user agent says that it is WeCom's.
    pub user_agent: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            allowed_hosts: None,
            timeout: None,
            force: false,
            bridge: true,
            debug: false,
            user_agent: false,
        }
    }
}

/// The most entries of `allowedHosts`: a proxy may report any length.
const MOST_HOSTS: (u32, &str) = (1_000, "an array of at most 1000 origins");

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

    /// Adds an exact entry for an origin that is allowed.
    #[cfg(feature = "client")]
    pub fn add_exact_host(&mut self, origin: String) {
        if let Some(hosts) = &mut self.allowed_hosts {
            add(hosts, Pattern::of(origin));
        }
    }

    /// Whether a message can be posted while the host's origin is not known: to any origin, or to exact entries.
    #[cfg(feature = "client")]
    pub fn has_exact_host(&self) -> bool {
        self.allowed_hosts
            .as_ref()
            .is_none_or(|hosts| hosts.iter().any(|host| host.exact().is_some()))
    }

    /// Whether the entry `localhost` is given: a host on this machine is allowed, while the page is on it too.
    #[cfg(any(feature = "client", test))]
    pub fn allows_local(&self) -> bool {
        self.allowed_hosts
            .as_ref()
            .is_some_and(|hosts| hosts.iter().any(Pattern::is_local))
    }

    /// Whether this origin may be the host's, by its entry alone.
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

/// Reads one option after another. Each fault is reported, and the option keeps its default.
struct Reader<'a, V, C> {
    given: &'a V,
    complain: C,
}

impl<V: Value, C: FnMut(&Fault)> Reader<'_, V, C> {
    fn options(&mut self) -> Options {
        let Options {
            force,
            bridge,
            debug,
            ..
        } = Options::default();
        Options {
            allowed_hosts: self.hosts(),
            timeout: self.or(None, timeout(self.given)),
            force: self.or(force, switch(self.given, "force", force)),
            bridge: self.or(bridge, switch(self.given, "bridge", bridge)),
            debug: self.or(debug, switch(self.given, "debug", debug)),
            user_agent: self.or(false, user_agent(self.given)),
        }
    }

    fn or<T>(&mut self, default: T, option: Result<T>) -> T {
        option.unwrap_or_else(|fault| {
            (self.complain)(&fault);
            default
        })
    }

    /// An array of origins, or a string with spaces between them.
    fn hosts(&mut self) -> Option<Vec<Pattern>> {
        let given = self.given.get("allowedHosts");
        if let Ok(hosts) = &given
            && hosts.kind() == Kind::Missing
        {
            return None;
        }
        // An option that throws when it is read counts as given.
        let mut patterns = Vec::new();
        if let Err(fault) = given.and_then(|hosts| self.read_hosts(&hosts, &mut patterns)) {
            (self.complain)(&fault);
        }
        if patterns.is_empty() {
            (self.complain)(&Fault::NoHosts);
        }
        Some(patterns)
    }

    fn read_hosts(&mut self, hosts: &V, patterns: &mut Vec<Pattern>) -> Result<()> {
        if hosts.kind() == Kind::String {
            for host in string_of(hosts).split_ascii_whitespace() {
                self.read_host(host, patterns);
            }
            return Ok(());
        }
        for index in 0..list_length(hosts, "allowedHosts", "an array of origins", MOST_HOSTS)? {
            match item(hosts, index) {
                Ok(host) if host.kind() == Kind::String => {
                    self.read_host(&string_of(&host), patterns);
                }
                Ok(_) => {
                    let path = Path::Item("allowedHosts", index);
                    (self.complain)(&Fault::Expected(path, "a string"));
                }
                Err(thrown) => (self.complain)(&thrown),
            }
        }
        Ok(())
    }

    fn read_host(&mut self, host: &str, patterns: &mut Vec<Pattern>) {
        match Pattern::parse(host) {
            Some(pattern) => add(patterns, pattern),
            None => (self.complain)(&Fault::Origin(describe(&V::from(host)))),
        }
    }
}

fn timeout<V: Value>(given: &V) -> Result<Option<u32>> {
    let value = given.get("timeout")?;
    if value.kind() == Kind::Missing {
        return Ok(None);
    }
    let number = value.number();
    if (1.0..=LONGEST).contains(&number) {
        // In range, the cast drops only the fraction, as a timer does.
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
        return Ok(Some(number as u32));
    }
    Err(Fault::expected(
        Path::Name("timeout"),
        "a number of milliseconds from 1 to 2147483647",
    ))
}

/// The only value is the product that pages look for.
fn user_agent<V: Value>(given: &V) -> Result<bool> {
    let value = given.get("userAgent")?;
    match value.kind() {
        Kind::Missing => Ok(false),
        Kind::String if is(&value, "wxwork") => Ok(true),
        _ => Err(Fault::expected(Path::Name("userAgent"), "wxwork")),
    }
}

/// A boolean, or an attribute's string. As in HTML, an attribute without a value is on.
fn switch<V: Value>(given: &V, name: &'static str, default: bool) -> Result<bool> {
    let value = given.get(name)?;
    match value.kind() {
        Kind::Missing => Ok(default),
        Kind::True | Kind::Empty => Ok(true),
        Kind::False => Ok(false),
        Kind::String if is(&value, "true") => Ok(true),
        Kind::String if is(&value, "false") => Ok(false),
        _ => Err(Fault::expected(Path::Name(name), "true or false")),
    }
}
