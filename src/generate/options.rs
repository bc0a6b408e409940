//! The repetitions of the options: the names in `option-names.js`, and the tables of the tag's attributes in the package's readmes.

use std::fmt::Write as _;

use crate::options::catalogue::Declared;

/// The names in `option-names.js`.
pub(super) fn names(options: &[Declared]) -> String {
    let names: Vec<_> = options.iter().map(|option| option.name).collect();
    format!("export const OPTIONS = ['{}'];\n", names.join("', '"))
}

/// The attributes of the tag, in one language.
pub(super) fn table(
    options: &[Declared],
    head: &str,
    of: impl Fn(&Declared) -> (&'static str, &'static str),
) -> String {
    let mut text = format!("{head}\n| --- | --- | --- |\n");
    for option in options {
        let (about, default) = of(option);
        writeln!(text, "| `{}` | {about} | {default} |", option.attribute).unwrap();
    }
    text
}
