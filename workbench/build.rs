//! A release build embeds `www/`. Cargo sees changes to the files that were embedded by itself, but not new files.

fn main() {
    println!("cargo:rerun-if-changed=../www");
}
