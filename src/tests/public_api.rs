//! The crate's public API, as a listing that a change has to touch: `docs/public-api.txt`. `./build.sh generate` writes it, and
//! the test fails if it is out of date. A line that changes or goes is a breaking change, which CHANGELOG.md must name.
//!
//! The listing has the signatures of the source files: public items and their public members, without documentation and bodies.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use syn::visit_mut::VisitMut;
use syn::{Fields, ImplItem, Item, Visibility};

const LISTING: &str = "docs/public-api.txt";
/// The public modules. Items of their private submodules are exported by a `pub use`, which is in the listing too.
const MODULES: [&str; 3] = ["client", "message", "oauth"];

#[test]
fn the_listing_of_the_public_api_is_up_to_date() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let expected = listing(root);
    let listing = root.join(LISTING);
    if std::env::var_os("UPDATE").is_some() {
        fs::write(&listing, &expected).expect(LISTING);
    }
    assert!(
        fs::read_to_string(&listing).unwrap_or_default() == expected,
        "{LISTING} is out of date. If the change of the public API is meant: ./build.sh generate, and a line in CHANGELOG.md"
    );
}

fn listing(root: &Path) -> String {
    let mut text = String::new();
    for module in MODULES {
        let folder = root.join("src").join(module);
        let mut files = vec![folder.with_extension("rs")];
        collect(&folder, &mut files);
        files.retain(|file| file.is_file());
        files.sort();
        for file in files {
            let source = fs::read_to_string(&file).expect("a source file");
            let signatures = signatures(&source) + &declared_messages(&source);
            if !signatures.is_empty() {
                let name = file.strip_prefix(root).expect("below the root").display();
                let _ = write!(text, "// {name}\n{signatures}\n");
            }
        }
    }
    text
}

fn signatures(source: &str) -> String {
    let mut file = syn::parse_file(source).expect("Rust");
    keep_public(&mut file.items);
    Bare.visit_file_mut(&mut file);
    file.attrs.clear();
    prettyplease::unparse(&file).replace(" {}", ";")
}

/// The declaration from which a macro makes the types of the messages, as it stands in the source, without documentation.
fn declared_messages(source: &str) -> String {
    source
        .lines()
        .skip_while(|line| *line != "messages! {")
        .take_while(|line| *line != "}")
        .filter(|line| !line.trim_start().starts_with("///"))
        .fold(String::new(), |text, line| text + line + "\n")
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            collect(&path, files);
        } else if path.extension().is_some_and(|it| it == "rs") {
            files.push(path);
        }
    }
}

fn keep_public(items: &mut Vec<Item>) {
    items.retain_mut(|item| match item {
        Item::Const(it) => is_public(&it.vis),
        Item::Enum(it) => is_public(&it.vis),
        Item::Fn(it) => is_public(&it.vis),
        Item::Mod(it) => is_public(&it.vis),
        Item::Static(it) => is_public(&it.vis),
        Item::Struct(it) => {
            drop_private_fields(&mut it.fields);
            is_public(&it.vis)
        }
        Item::Trait(it) => is_public(&it.vis),
        Item::Type(it) => is_public(&it.vis),
        Item::Use(it) => is_public(&it.vis),
        Item::Impl(it) => {
            if it.trait_.is_none() {
                it.items.retain(|member| match member {
                    ImplItem::Fn(it) => is_public(&it.vis),
                    ImplItem::Const(it) => is_public(&it.vis),
                    _ => false,
                });
            } else {
                // The trait's signatures are known. Only the fact that the type implements the trait counts.
                it.items.clear();
            }
            it.trait_.is_some() || !it.items.is_empty()
        }
        _ => false,
    });
}

fn is_public(visibility: &Visibility) -> bool {
    matches!(visibility, Visibility::Public(_))
}

fn drop_private_fields(fields: &mut Fields) {
    if let Fields::Named(named) = fields {
        named.named = std::mem::take(&mut named.named)
            .into_pairs()
            .filter(|pair| is_public(&pair.value().vis))
            .collect();
    }
}

/// Removes documentation and bodies. Attributes such as `cfg`, `derive` and serde's are part of the API.
struct Bare;

impl VisitMut for Bare {
    fn visit_attributes_mut(&mut self, attributes: &mut Vec<syn::Attribute>) {
        attributes.retain(|it| {
            ["cfg", "derive", "must_use", "non_exhaustive", "serde"]
                .iter()
                .any(|name| it.path().is_ident(name))
        });
    }

    fn visit_block_mut(&mut self, block: &mut syn::Block) {
        block.stmts.clear();
    }
}
