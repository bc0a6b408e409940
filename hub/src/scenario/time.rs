//! When a message of a scenario was sent.

use jiff::fmt::friendly::SpanParser;
use jiff::{Span, Timestamp, tz::Offset};
use serde::{Deserialize, Serialize, Serializer};

/// A point in time, absolute or relative to when the scenario is read, so that a scenario does not become outdated.
#[derive(Debug, Clone, PartialEq, Default, Deserialize)]
#[serde(try_from = "String")]
pub enum MessageTime {
    /// The time at which the scenario is read.
    #[default]
    Now,
    /// At this point in time.
    At(Timestamp),
    /// This long before the scenario is read.
    Before(BeforeNow),
}

/// A span of time that ends now: `35m ago`.
#[derive(Debug, Clone, PartialEq)]
pub struct BeforeNow(String);

fn span(text: &str) -> Option<Span> {
    SpanParser::new().parse_span(text).ok()
}

impl TryFrom<String> for MessageTime {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        if let Ok(at) = text.parse::<Timestamp>() {
            return Ok(MessageTime::At(at));
        }
        if text.trim_end().ends_with("ago") && span(&text).is_some() {
            return Ok(MessageTime::Before(BeforeNow(text)));
        }
        Err(format!(
            "{text:?} is not a time; expected RFC 3339 like \"2026-03-02T09:30:00+08:00\", or \"35m ago\""
        ))
    }
}

impl MessageTime {
    /// The point in time; a relative one is counted from `now`. `None` if it is outside the calendar's range.
    pub fn resolve(&self, now: Timestamp) -> Option<Timestamp> {
        match self {
            MessageTime::Now => Some(now),
            MessageTime::At(at) => Some(*at),
            // A day is a fixed number of hours in UTC, though not in general.
            MessageTime::Before(BeforeNow(text)) => {
                let then = Offset::UTC.to_datetime(now).checked_add(span(text)?).ok()?;
                Offset::UTC.to_timestamp(then).ok()
            }
        }
    }
}

impl Serialize for MessageTime {
    /// Only resolved times are serialized; see [`super::load::parse`].
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            MessageTime::At(at) => serializer.collect_str(at),
            MessageTime::Now => "0s ago".serialize(serializer),
            MessageTime::Before(BeforeNow(text)) => text.serialize(serializer),
        }
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for MessageTime {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "MessageTime".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "type": "string",
            "examples": ["2026-03-02T09:30:00+08:00", "35m ago", "1d 2h ago"]
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn time(text: &str) -> Result<MessageTime, String> {
        MessageTime::try_from(text.to_owned())
    }

    #[test]
    fn a_relative_time_counts_back_from_now() {
        let now: Timestamp = "2026-03-02T09:30:00Z".parse().unwrap();
        let resolved = |text| time(text).unwrap().resolve(now).unwrap().to_string();
        assert_eq!(resolved("35m ago"), "2026-03-02T08:55:00Z");
        assert_eq!(resolved("1d 2h ago"), "2026-03-01T07:30:00Z");
        assert_eq!(resolved("2 days, 1:30:00 ago"), "2026-02-28T08:00:00Z");
        assert_eq!(resolved("1.5h ago"), "2026-03-02T08:00:00Z");
        assert_eq!(resolved("1 month 2d 12h ago"), "2026-01-30T21:30:00Z");
        assert_eq!(
            resolved("2026-03-02T09:30:00+08:00"),
            "2026-03-02T01:30:00Z"
        );
    }

    #[test]
    fn an_invalid_or_future_time_is_refused() {
        for text in ["", "yesterday", "35m", "09:30", "2026-03-02", "-35m"] {
            assert!(time(text).unwrap_err().contains("is not a time"), "{text}");
        }
    }

    #[test]
    fn a_time_before_the_calendar_begins_does_not_resolve() {
        assert_eq!(
            time("19000y ago").unwrap().resolve(Timestamp::UNIX_EPOCH),
            None
        );
    }
}
