//! A release build embeds `www/`. Cargo sees changes to the files that were embedded by itself, but not new files. A debug
//! build reads them as they are asked for, and need not be built again.

fn main() {
    let release = std::env::var("PROFILE").is_ok_and(|profile| profile == "release");
    println!(
        "cargo:rerun-if-changed={}",
        if release { "../www" } else { "build.rs" }
    );
}
