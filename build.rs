//! Tells the crate's own tests that they are in the repository. It is not in the package: its tests have no other files than the package's.

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rustc-cfg=repository");
}
