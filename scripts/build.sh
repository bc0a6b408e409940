# shellcheck shell=bash
# Builds pkg/, pkg-vite/ and the workbench from the sources. Each part is skipped if its inputs have not changed.

GLUE_DIR="$ROOT/target/wasm-bindgen"
WASM_DIR="$ROOT/target/wasm"
WASM="$WASM_DIR/juzi_helper_bg.wasm"
WASM_STAMP=wasm
WASM_FEATURES=''

# A panic is a trap: its message would be shown nowhere, and the code that formats it is a third of the module.
# The module holds no references to JavaScript values. Without the feature, wasm-bindgen leaves out its table of them, and
# wasm2js can translate the module.
# MIR optimisations of level 3 make it 2 % smaller.
SMALL_RUSTFLAGS="-Zunstable-options -Zmir-opt-level=3 -Cpanic=immediate-abort -Ctarget-feature=-reference-types -Zlocation-detail=none"
# The core is not re-entered, so it needs little stack: 32 KB fit beside its data into the first page of memory.
SCRIPT_RUSTFLAGS="$SMALL_RUSTFLAGS -Clink-arg=-zstack-size=32768"
SMALL_CARGO_FLAGS="-Zbuild-std=std,panic_abort -Zbuild-std-features=optimize_for_size"

# Only the features that rustc's default target emits. With more, wasm-opt might emit code that some browsers reject.
WASM_OPT_FLAGS="-Oz -Oz
  --enable-bulk-memory --enable-bulk-memory-opt --enable-call-indirect-overlong --enable-multivalue
  --enable-mutable-globals --enable-nontrapping-float-to-int --enable-reference-types --enable-sign-ext
  --strip-producers --strip-target-features"

build_all() {
  build_wasm
  build_package
  build_vite_plugin
  copy_vendored_scripts
  say "building the workbench…"
  cargo build --locked --quiet --package juzi-workbench
  node scripts/sizes.mjs
}

# wasm_inputs_hash HOW-THE-STANDARD-LIBRARY-COMES
wasm_inputs_hash() {
  hash_of "$(in_wasm rustc -vV) $(wasm-bindgen --version) $1 $WASM_FEATURES $SCRIPT_RUSTFLAGS $SMALL_CARGO_FLAGS $WASM_OPT_FLAGS" \
    src module Cargo.toml Cargo.lock package-lock.json
}

build_wasm() {
  local std=plain hash
  if can_build_std; then std=small; fi
  hash="$(wasm_inputs_hash "$std")"
  if [ -f "$WASM" ] && stamp_is "$WASM_STAMP" "$hash"; then return; fi
  if [ "$std" = small ]; then
    say "compiling the library and a size-optimised standard library for the browser (about 1 min from nothing)…"
    # shellcheck disable=SC2086  # lists of flags
    RUSTC_BOOTSTRAP=1 CARGO_ENCODED_RUSTFLAGS="$(rustflags $SCRIPT_RUSTFLAGS)" compile_wasm $SMALL_CARGO_FLAGS ||
      die "the module was not built; if the standard library is the reason, JUZI_PLAIN_STD=1 uses the prebuilt one"
  else
    say "compiling the library for the browser, with the prebuilt standard library: the bundle will be larger"
    CARGO_ENCODED_RUSTFLAGS="$(rustflags)" compile_wasm
  fi
  optimise_wasm
  set_stamp "$WASM_STAMP" "$hash"
}

# rustflags FLAG…: these flags, and those that keep the machine's directories out of the module, so that two builds of one
# commit are byte-identical. In cargo's encoded form, because a directory's name may contain a space.
rustflags() {
  printf '%s\037' "$@" --remap-path-prefix="${CARGO_HOME:-$HOME/.cargo}"=/cargo \
    --remap-path-prefix="$(in_wasm sysroot_of rustc)"=/rust
  printf '%s' --remap-path-prefix="$ROOT"=/juzi-helper
}

# compile_wasm [CARGO-FLAG…]
compile_wasm() {
  in_wasm cargo build --quiet --locked --lib --release --package juzi-helper-module --target "$WASM_TARGET" --features "$WASM_FEATURES" "$@" &&
    wasm-bindgen "$TARGET_DIR/$WASM_TARGET/release/juzi_helper_module.wasm" --target bundler --no-typescript \
      --out-dir "$GLUE_DIR" --out-name juzi_helper
}

# The hub for the plugin for Vite: the crate juzi-hub as a module, with the usual stack.
build_hub() {
  local std=plain hash flags=() dir="$ROOT/target/hub-wasm"
  if can_build_std; then std=small; fi
  hash="$(hash_of "$(in_wasm rustc -vV) $std $SMALL_RUSTFLAGS $SMALL_CARGO_FLAGS $WASM_OPT_FLAGS" hub src Cargo.toml Cargo.lock package-lock.json)"
  if [ -f "$dir/hub.wasm" ] && stamp_is hub-wasm "$hash"; then return; fi
  say "compiling the hub for the plugin for Vite (about 2 min from nothing)…"
  if [ "$std" = small ]; then
    # shellcheck disable=SC2206  # a list of flags
    flags=($SMALL_CARGO_FLAGS)
    # shellcheck disable=SC2086
    RUSTC_BOOTSTRAP=1 CARGO_ENCODED_RUSTFLAGS="$(rustflags $SMALL_RUSTFLAGS)" compile_hub "${flags[@]}"
  else
    CARGO_ENCODED_RUSTFLAGS="$(rustflags)" compile_hub
  fi
  mkdir -p "$dir"
  # shellcheck disable=SC2086
  node_modules/.bin/wasm-opt $WASM_OPT_FLAGS "$TARGET_DIR/$WASM_TARGET/release/juzi_hub_wasm.wasm" -o "$dir/hub.wasm.new"
  mv "$dir/hub.wasm.new" "$dir/hub.wasm"
  set_stamp hub-wasm "$hash"
}

# compile_hub [CARGO-FLAG…]. Level z makes it a tenth smaller than s, and nobody waits for it.
compile_hub() {
  CARGO_PROFILE_RELEASE_OPT_LEVEL=z in_wasm cargo build --quiet --locked --lib --release --package juzi-hub-wasm --target "$WASM_TARGET" "$@"
}

optimise_wasm() {
  say "optimising the module (wasm-opt)…"
  mkdir -p "$WASM_DIR"
  # shellcheck disable=SC2086  # a list of flags
  node_modules/.bin/wasm-opt $WASM_OPT_FLAGS --minify-imports-and-exports-and-modules \
    "$GLUE_DIR/juzi_helper_bg.wasm" -o "$WASM.new" >"$WASM_DIR/names.json"
  cp "$GLUE_DIR/juzi_helper_bg.js" "$WASM_DIR/"
  mv "$WASM.new" "$WASM"
}

# The script for pages without WebAssembly is the same module, translated to JavaScript by wasm2js. wasm2js accepts it only
# if all of it, including the standard library, was compiled without reference types.
build_package() {
  local hash compat=0
  if can_build_std; then compat=1; fi
  hash="$(hash_of "$compat $WASM_OPT_FLAGS" pkg-template scripts/bundle target/wasm src/browser www/host.js www/host www/lib \
    Cargo.toml Cargo.lock package-lock.json LICENSE-MIT LICENSE-APACHE)"
  if [ -f pkg/juzi-helper.js ] && stamp_is pkg "$hash"; then return; fi
  if [ "$compat" = 1 ]; then
    say "bundling pkg/, the module also as JavaScript (wasm2js)…"
  else
    say "bundling pkg/ without juzi-helper.compat.js, which needs the standard library's source (rust-src)…"
  fi
  JUZI_COMPAT="$compat" WASM_OPT_FLAGS="$WASM_OPT_FLAGS" node scripts/bundle/bundle.mjs
  set_stamp pkg "$hash"
}

# The plugin for Vite, a package of its own: with the hub, and with the console's files from www/.
build_vite_plugin() {
  local hash
  build_hub
  hash="$(hash_of "" vite-plugin scripts/bundle target/hub-wasm www/index.html www/host.js www/host www/console www/lib www/media \
    www/scenarios Cargo.toml Cargo.lock package-lock.json LICENSE-MIT LICENSE-APACHE)"
  if [ -f pkg-vite/index.js ] && stamp_is pkg-vite "$hash"; then return; fi
  say "bundling pkg-vite/…"
  node scripts/bundle/vite-plugin.mjs
  set_stamp pkg-vite "$hash"
}

# What the demo page loads, as a real page would from a CDN: scripts by tags, and the OAuth client as a module.
copy_vendored_scripts() {
  mkdir -p www/vendor
  cp pkg/juzi-helper*.js pkg/oauth.js www/vendor/
  cp node_modules/jweixin-module/lib/index.js www/vendor/jweixin.js
}

# build_rust_page FRAMEWORK: an example page in Rust, for the end-to-end tests. Each has a workspace and a lock file of its own. They
# share a directory, because they have many dependencies in common.
build_rust_page() {
  local hash name="$1_page" page="examples/$1-page" dir="$TARGET_DIR/rust-pages"
  hash="$(hash_of "$(in_wasm rustc -vV) $(wasm-bindgen --version)" src Cargo.toml "$page/src" "$page/Cargo.toml" "$page/Cargo.lock")"
  if [ -f "$page/pkg/$name.js" ] && stamp_is "$1-page" "$hash"; then return; fi
  say "building the example page in Rust ($page; about 3 min from nothing)…"
  in_wasm cargo build --quiet --locked --release --manifest-path "$page/Cargo.toml" --target "$WASM_TARGET" --target-dir "$dir"
  wasm-bindgen "$dir/$WASM_TARGET/release/$name.wasm" --target web --no-typescript --out-dir "$page/pkg" --out-name "$name"
  set_stamp "$1-page" "$hash"
}

# Not joined by &&, because bash ignores -e inside both functions then.
setup_and_build() {
  setup
  build_all
}

# Runs the tests that compare the generated files, so that they write the files instead.
generate() {
  UPDATE=1 cargo test --locked --quiet --package juzi-helper --lib -- what_is_generated the_listing_of_the_public_api
  UPDATE=1 cargo test --locked --quiet --package juzi-hub --package juzi-workbench --lib the_published_schema
  node scripts/report-format.mjs --write
}

serve() {
  setup_and_build
  exec "$TARGET_DIR/debug/juzi-workbench" "$@"
}

bench() {
  ensure_npm_packages benches
  if [[ " $* " == *" --help "* ]]; then
    node benches/run.mjs --help
    return
  fi
  setup_and_build
  build_bench_module
  need_chromium
  node benches/run.mjs "$@"
}

# The same module with the functions of src/browser/bench.rs. build_wasm reads these variables.
build_bench_module() {
  # shellcheck disable=SC2034
  local GLUE_DIR="$ROOT/target/wasm-bindgen-bench" WASM_DIR="$ROOT/target/wasm-bench" WASM_STAMP=wasm-bench
  # shellcheck disable=SC2034
  local WASM="$WASM_DIR/juzi_helper_bg.wasm" WASM_FEATURES=bench
  say "building the module again, with the functions that the benchmark calls directly…"
  build_wasm
}
