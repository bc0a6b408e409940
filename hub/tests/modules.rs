//! The modules of this crate, of the workbench and of the helper do not depend on each other in a circle.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// The source of each module of a crate, by the module's path, like `["scenario", "load"]`. The path of the crate's root is empty.
type Modules = BTreeMap<Vec<String>, String>;

/// The modules that each module uses.
type Uses = BTreeMap<Vec<String>, BTreeSet<Vec<String>>>;

#[test]
fn no_module_of_the_hub_is_in_a_circle() {
    assert_no_circle("src");
}

#[test]
fn no_module_of_the_workbench_is_in_a_circle() {
    assert_no_circle("../workbench/src");
}

#[test]
fn no_module_of_the_helper_is_in_a_circle() {
    // In the helper, a module and its submodules count as one unit: a submodule of `message` declares the rules for the checks in
    // `message.rs`.
    let (modules, mut uses) = read("../src");
    for (module, used) in &mut uses {
        used.retain(|it| !module.starts_with(it));
    }
    assert!(modules > 15);
    assert_none(&uses);
}

#[test]
fn a_circle_is_found_however_the_paths_are_written() {
    let module = |path: &str, text: &str| (parts(path), shipped(text));
    let found = |modules: Vec<(Vec<String>, String)>| circle(&uses(&modules.into_iter().collect()));
    let one = module("a", "use crate::b::B;\nfn f() {}");
    for (about, other) in [
        ("use", "use crate::a::f;"),
        ("a list", "use crate::{\n    a::{self, f},\n    c,\n};"),
        ("a relative path", "use super::a::f;"),
        ("a path in an expression", "fn g() { crate::a::f() }"),
    ] {
        let circle = found(vec![one.clone(), module("b", other), module("c", "")]);
        let circle = circle.unwrap_or_else(|| panic!("{about}"));
        assert_eq!(circle.len(), 2, "{about}: {circle:?}");
    }
    for (about, other) in [
        (
            "a comment",
            "/// See `crate::a::f`.\nuse std::fmt; // super::a",
        ),
        (
            "tests",
            "#[cfg(test)]\nmod tests {\n    use crate::a::f;\n}",
        ),
        ("another module", "use crate::c::f;"),
    ] {
        let circle = found(vec![one.clone(), module("b", other), module("c", "")]);
        assert_eq!(circle, None, "{about}");
    }
    let parent = module("p", "mod child;\npub use child::C;");
    let child = module("p::child", "use super::f;");
    assert!(found(vec![parent, child.clone()]).is_some());
    let parent = module("p", "mod child;\nfn f() {}");
    assert_eq!(found(vec![parent, child]), None);
}

#[track_caller]
fn assert_no_circle(folder: &str) {
    let (modules, uses) = read(folder);
    assert!(modules > 15, "{folder:?}");
    assert_none(&uses);
}

/// How many modules a folder has, and the modules that each one uses.
fn read(folder: &str) -> (usize, Uses) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let mut modules = Modules::new();
    collect(&folder, &folder, &mut modules);
    (modules.len(), uses(&modules))
}

#[track_caller]
fn assert_none(uses: &Uses) {
    assert!(uses.values().map(BTreeSet::len).sum::<usize>() > 15);
    if let Some(circle) = circle(uses) {
        panic!("these use each other in a circle: {}", circle.join(" → "));
    }
}

fn parts(path: &str) -> Vec<String> {
    path.split("::").map(str::to_owned).collect()
}

fn collect(folder: &Path, root: &Path, modules: &mut Modules) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, root, modules);
        } else if path.extension().is_some_and(|it| it == "rs")
            && let Some(module) = module_of(path.strip_prefix(root).unwrap())
        {
            modules.insert(module, shipped(&fs::read_to_string(&path).unwrap()));
        }
    }
}

/// `None` for tests, for code that only tests use, and for a binary, which is a crate of its own.
fn module_of(file: &Path) -> Option<Vec<String>> {
    let file: PathBuf = file.with_extension("");
    let names = file.iter().map(|it| it.to_str().unwrap().to_owned());
    let mut names: Vec<String> = names.collect();
    if ["tests", "generate"].contains(&names.first()?.as_str()) {
        return None;
    }
    match names.last()?.as_str() {
        "tests" | "main" | "cli" => return None,
        "mod" | "lib" => drop(names.pop()),
        _ => {}
    }
    Some(names)
}

/// Without comments, and without the tests at the end.
fn shipped(text: &str) -> String {
    let text = text.split("#[cfg(test)]\nmod tests").next().unwrap();
    let lines = text.lines().map(|it| it.split("//").next().unwrap());
    lines.collect::<Vec<_>>().join("\n")
}

fn uses(modules: &Modules) -> Uses {
    let of = |(module, text): (&Vec<String>, &String)| {
        let named = paths(module, text).into_iter();
        let used = named.filter_map(|path| nearest(&path, modules));
        let used: BTreeSet<_> = used.filter(|it| it != module).collect();
        (module.clone(), used)
    };
    modules.iter().map(of).collect()
}

/// The module that a path names, or the module that contains the named item.
fn nearest(path: &[String], modules: &Modules) -> Option<Vec<String>> {
    let lengths = (0..=path.len()).rev();
    let mut beginnings = lengths.filter_map(|it| path.get(..it));
    beginnings.find_map(|it| modules.contains_key(it).then(|| it.to_vec()))
}

/// Every path in a module's source that begins with `crate`, `super`, or one of its own children.
fn paths(module: &[String], text: &str) -> Vec<Vec<String>> {
    let mut found = vec![];
    let declared = text.lines().filter_map(|line| {
        let (_, name) = line.trim_end_matches(';').split_once("mod ")?;
        line.ends_with(';').then(|| name.to_owned())
    });
    let children: BTreeSet<String> = declared.collect();
    for (at, word) in words(text) {
        let parent = module.split_last().map_or(module, |it| it.1);
        let base = match word {
            "crate" => vec![],
            "super" => parent.to_vec(),
            "self" => module.to_vec(),
            child if children.contains(child) => [module, &[child.to_owned()]].concat(),
            _ => continue,
        };
        let rest = text.get(at + word.len()..).unwrap();
        let before = text.get(..at).unwrap().trim_end();
        if before.ends_with("::") || !rest.starts_with("::") {
            continue;
        }
        tree(&rest[2..], &base, &mut found);
    }
    found
}

/// Each word with its position.
fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let is_word = |it: char| it.is_alphanumeric() || it == '_';
    let words = text.split(move |it| !is_word(it));
    words
        .filter(|it| !it.is_empty())
        .map(|it| (it.as_ptr().addr() - text.as_ptr().addr(), it))
}

/// The paths of a tree like `a::{self, b::C}`, below a base. Returns what follows it.
fn tree<'a>(text: &'a str, base: &[String], found: &mut Vec<Vec<String>>) -> &'a str {
    let text = text.trim_start();
    if let Some(mut rest) = text.strip_prefix('{') {
        loop {
            rest = rest.trim_start();
            if let Some(after) = rest.strip_prefix('}') {
                return after;
            }
            rest = tree(rest, base, found).trim_start();
            rest = rest.strip_prefix(',').unwrap_or(rest);
        }
    }
    let end = text.find(|it: char| !it.is_alphanumeric() && it != '_');
    let (name, rest) = text.split_at(end.unwrap_or(text.len()));
    let mut path = base.to_vec();
    match name {
        "self" | "" => {}
        "super" => drop(path.pop()),
        _ => path.push(name.to_owned()),
    }
    match rest.strip_prefix("::") {
        Some(rest) => tree(rest, &path, found),
        None => {
            found.push(path);
            // A star, or a new name after `as`.
            let end = rest.find(|it: char| ",;}()".contains(it));
            rest.get(end.unwrap_or(rest.len())..).unwrap()
        }
    }
}

/// The names of the modules of a circle, if there is one.
fn circle(uses: &Uses) -> Option<Vec<String>> {
    let mut done = BTreeSet::new();
    uses.keys()
        .find_map(|module| walk(module, uses, &mut vec![], &mut done))
}

fn walk(
    module: &Vec<String>,
    uses: &Uses,
    way: &mut Vec<Vec<String>>,
    done: &mut BTreeSet<Vec<String>>,
) -> Option<Vec<String>> {
    if let Some(start) = way.iter().position(|it| it == module) {
        return Some(way[start..].iter().map(|it| it.join("::")).collect());
    }
    if !done.insert(module.clone()) {
        return None;
    }
    way.push(module.clone());
    let found = uses[module].iter().find_map(|it| walk(it, uses, way, done));
    way.pop();
    found
}

/// What the hub must not use, because it must run anywhere. Its caller passes these things in or does them.
const OUTSIDE: [&str; 12] = [
    "SystemTime",
    "Instant",
    "Timestamp::now",
    "Zoned::now",
    "getrandom",
    "std::fs",
    "std::env",
    "std::io",
    "std::process",
    "std::thread",
    "TcpStream",
    "tokio",
];

#[test]
fn the_hub_has_no_clock_no_randomness_and_no_files() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut modules = Modules::new();
    collect(&folder, &folder, &mut modules);
    for (module, text) in modules {
        let only_for_tests = ["published", "console_texts"].contains(&&*module.join("::"));
        let mut found = OUTSIDE.iter().filter(|it| text.contains(**it));
        assert!(
            only_for_tests || found.next().is_none(),
            "{module:?}: {found:?}"
        );
    }
}
