//! A release build embeds `www/`. Cargo notices changes to embedded files by itself, but not new files. A debug build reads
//! the files at run time and needs no rebuild.

fn main() {
    let release = std::env::var("PROFILE").is_ok_and(|profile| profile == "release");
    println!(
        "cargo:rerun-if-changed={}",
        if release { "../www" } else { "build.rs" }
    );
}
