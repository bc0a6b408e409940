//! Compares each JSON Schema that is published with the workbench with its Rust type. `./build.sh generate` writes the schemas.

use std::path::Path;

use serde_json::{Map, Value};

/// The schema of `T`. Fails if the published schema differs. With `UPDATE=1`, writes the published schema first.
pub(crate) fn same_as_published<T: schemars::JsonSchema>(file: &str) -> Value {
    let derived = sorted(schemars::schema_for!(T).to_value());
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(file);
    let read = || -> Value {
        let text = std::fs::read_to_string(&path).unwrap_or_default();
        serde_json::from_str(&text).unwrap_or_default()
    };
    if std::env::var_os("UPDATE").is_some() && read() != derived {
        let text = serde_json::to_string_pretty(&derived).unwrap();
        std::fs::write(&path, text + "\n").unwrap();
    }
    assert!(
        read() == derived,
        "{file} is out of date: ./build.sh generate"
    );
    derived
}

/// Sorts the members by name. Otherwise their order would depend on features of serde_json that other crates enable.
fn sorted(value: Value) -> Value {
    match value {
        Value::Object(members) => {
            let mut members: Vec<_> = members
                .into_iter()
                .map(|(name, it)| (name, sorted(it)))
                .collect();
            members.sort_by(|(one, _), (other, _)| one.cmp(other));
            Value::Object(Map::from_iter(members))
        }
        Value::Array(items) => items.into_iter().map(sorted).collect(),
        other => other,
    }
}
