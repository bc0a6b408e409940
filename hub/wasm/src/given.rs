//! Reads the host's JSON. A member that is missing or of another type is an error of the host, which names it.

use serde_json::Value;

/// An object of the host.
#[derive(Clone, Copy)]
pub struct Given<'a>(pub &'a Value);

impl<'a> Given<'a> {
    pub fn text(self, name: &str) -> Result<&'a str, String> {
        self.0[name].as_str().ok_or_else(|| wrong(name, "a text"))
    }

    /// `None` for `null` and for a missing member.
    pub fn optional(self, name: &str) -> Option<&'a str> {
        self.0[name].as_str()
    }

    pub fn whole(self, name: &str) -> Result<u64, String> {
        let number = self.0[name].as_u64();
        number.ok_or_else(|| wrong(name, "a whole number"))
    }

    pub fn number(self, name: &str) -> Result<f64, String> {
        self.0[name].as_f64().ok_or_else(|| wrong(name, "a number"))
    }

    pub fn object(self, name: &str) -> Result<Given<'a>, String> {
        let member = &self.0[name];
        if member.is_object() {
            Ok(Given(member))
        } else {
            Err(wrong(name, "an object"))
        }
    }

    /// What is no text in a list is left out.
    pub fn texts(self, name: &str) -> Result<impl Iterator<Item = String> + 'a, String> {
        let list = self.0[name].as_array();
        let list = list.ok_or_else(|| wrong(name, "a list"))?;
        Ok(list.iter().filter_map(Value::as_str).map(str::to_owned))
    }

    /// Pairs of texts, such as headers.
    pub fn pairs(self, name: &str) -> Result<Vec<(&'a str, &'a str)>, String> {
        let list = self.0[name].as_array();
        let list = list.ok_or_else(|| wrong(name, "a list"))?;
        let pair = |it: &'a Value| Some((it.get(0)?.as_str()?, it.get(1)?.as_str()?));
        Ok(list.iter().filter_map(pair).collect())
    }
}

fn wrong(name: &str, expected: &str) -> String {
    format!("`{name}` must be {expected}")
}
