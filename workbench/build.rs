//! Finds the files that the workbench embeds, and gives their folder to the crate as `JUZI_WWW`.
//!
//! In the repository it is `www/`, which this folder links to, so that `cargo package` puts it into the crate. A checkout
//! without symbolic links, as on Windows, has a text file in the link's place.

use std::path::{Path, PathBuf};

/// Part of `www/`, but made by `./build.sh`.
const BUILT: &str = "vendor/juzi-helper.js";

fn main() {
    let package = PathBuf::from(env("CARGO_MANIFEST_DIR"));
    let www = [package.join("www"), package.join("../www")]
        .into_iter()
        .find(|folder| folder.is_dir())
        .unwrap_or_else(|| panic!("www/, which has the console's page, is not beside Cargo.toml"));
    // Otherwise a crate could be published whose demo page does not work.
    if is_packaged(&package) && !www.join(BUILT).is_file() {
        panic!("the crate was packaged without www/{BUILT}: run ./build.sh before `cargo package`");
    }
    println!("cargo:rustc-env=JUZI_WWW={}", www.display());
    println!("cargo:rerun-if-changed=build.rs");
    // A debug build reads the files at run time. A release build embeds them, and cargo would not notice new files.
    if env("PROFILE") == "release" {
        println!("cargo:rerun-if-changed={}", www.display());
    }
}

/// Cargo leaves this file beside the rewritten `Cargo.toml` of a package.
fn is_packaged(package: &Path) -> bool {
    package.join("Cargo.toml.orig").is_file()
}

fn env(name: &str) -> String {
    std::env::var(name).unwrap_or_else(|_| panic!("cargo sets {name}"))
}
