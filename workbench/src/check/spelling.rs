//! The names of calls in a script: an expectation of a name that is misspelt would only fail after its time, or never.

use juzi_hub::scenario::check::{Checked, FieldPath, fault, not_empty};

use super::apis::CALLS;

/// Of its letters, one in so many may differ from the name that is meant.
const LETTERS: usize = 3;

/// A name of a call, or the console's for it. One that resembles neither may be a page's own.
pub fn of_a_call(api: &str, path: FieldPath) -> Checked {
    not_empty(api, path.clone())?;
    let names = || CALLS.iter().flat_map(|(name, wire)| [*name, *wire]);
    if names().any(|it| it == api) {
        return Ok(());
    }
    match resembling(api, names()) {
        Some(meant) => unknown(api, meant, path),
        None => Ok(()),
    }
}

/// The console's name of a call, by which faults are.
pub fn of_the_consoles(api: &str, path: FieldPath) -> Checked {
    let names = || CALLS.iter().map(|it| it.1);
    if names().any(|it| it == api) {
        return Ok(());
    }
    if let Some((_, wire)) = CALLS.iter().find(|it| it.0 == api) {
        let message = format!("the console's name of {api} is {wire}");
        return fault(path, message);
    }
    match resembling(api, names()) {
        Some(meant) => unknown(api, meant, path),
        None => Ok(()),
    }
}

fn unknown(api: &str, meant: &str, path: FieldPath) -> Checked {
    fault(path, format!("there is no call {api:?}; is {meant} meant?"))
}

fn resembling<'a>(api: &str, names: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let api = api.to_ascii_lowercase();
    names
        .map(|name| {
            (
                strsim::damerau_levenshtein(&api, &name.to_ascii_lowercase()),
                name,
            )
        })
        .min()
        .filter(|(mistakes, name)| mistakes * LETTERS <= name.len())
        .map(|it| it.1)
}
