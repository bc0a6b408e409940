# shellcheck shell=bash
# `./build.sh release`: everything that is published, in dist/. Nothing here publishes. docs/releasing.md has the rest.

# From PyPI; scripts/requirements/zig.txt has the same versions. zig is a C compiler and a linker for every platform, and cargo-zigbuild
# makes cargo use it.
CARGO_ZIGBUILD_VERSION=0.24.1
ZIGLANG_VERSION=0.17.1
CARGO_CYCLONEDX_VERSION=0.5

DIST="${JUZI_DIST:-$ROOT/dist}"
STAGE="$ROOT/target/release-stage"

# release [--allow-dirty] [PLATFORM…]: without PLATFORM, all of workbench/npm/platforms.json.
release() {
  local platforms=() word
  export ALLOW_DIRTY=''
  for word in "$@"; do
    case "$word" in
      --allow-dirty) ALLOW_DIRTY=1 ;;
      *) platforms+=("$word") ;;
    esac
  done
  if [ ${#platforms[@]} = 0 ]; then
    # shellcheck disable=SC2207  # one word a line
    platforms=($(platform_table | cut -d' ' -f1))
  fi
  for word in "${platforms[@]}"; do target_of "$word" >/dev/null; done
  require_committed
  SOURCE_DATE_EPOCH="$(git log -1 --format=%ct)"
  export SOURCE_DATE_EPOCH

  setup
  can_build_std || die "a release needs the source of the standard library, and not JUZI_PLAIN_STD=1"
  build_wasm
  build_package
  build_vite_plugin
  copy_vendored_scripts
  build_binaries "${platforms[@]}"

  rm -rf "$DIST" "$STAGE"
  mkdir -p "$STAGE"
  release_npm "${platforms[@]}"
  release_crates
  release_archives "${platforms[@]}"
  stage_container "${platforms[@]}"
  release_script
  release_sboms
  (cd "$DIST" && find . -type f ! -name SHA256SUMS | LC_ALL=C sort | sed 's|^\./||' | xargs -d '\n' sha256sum >"$STAGE/SHA256SUMS")
  mv "$STAGE/SHA256SUMS" "$DIST/"
  say "made in ${DIST#"$ROOT/"}/, from commit $(git rev-parse --short HEAD):"
  (cd "$DIST" && find . -type f -printf '%9s  %P\n' | LC_ALL=C sort -k2)
  if [ ${#platforms[@]} != "$(platform_table | wc -l)" ]; then
    say "only ${platforms[*]}: this is not a complete release"
  fi
}

# What is released must be the commit that is tagged.
require_committed() {
  local changes
  git rev-parse HEAD >/dev/null 2>&1 || die "a release is made from a commit: this is no git repository"
  changes="$(git status --porcelain)"
  [ -n "$changes" ] || return 0
  [ -n "$ALLOW_DIRTY" ] || die "there are uncommitted changes (--allow-dirty makes a release for trying out):"$'\n'"$changes"
  say "there are uncommitted changes: this release is for trying out"
}

# --- binaries ------------------------------------------------------------------------------------

# One line for each platform: its name in npm, its Rust target.
platform_table() {
  # shellcheck disable=SC2016  # for Node.js to expand
  node -p 'Object.entries(require("./workbench/npm/platforms.json")).map(([key, { target }]) => `${key} ${target}`).join("\n")'
}

target_of() {
  local target
  target="$(platform_table | sed -n "s/^$1 //p")"
  [ -n "$target" ] || die "unknown platform: $1 (known: $(platform_table | cut -d' ' -f1 | tr '\n' ' '))"
  echo "$target"
}

binary_of() {
  local suffix=''
  [[ "$1" != win32-* ]] || suffix=.exe
  echo "$TARGET_DIR/$(target_of "$1")/release/juzi-workbench$suffix"
}

build_binaries() {
  local platform target sysroot
  ensure_zig
  sysroot="$(sysroot_of rustc)"
  for platform in "$@"; do
    target="$(target_of "$platform")"
    if ! compgen -G "$sysroot/lib/rustlib/$target/lib/libstd-*.rlib" >/dev/null; then
      { has rustup && rustup target add "$target"; } ||
        die "the target $target is missing. Get it with: rustup target add $target (or name the platforms to build)"
    fi
  done
  for platform in "$@"; do
    target="$(target_of "$platform")"
    say "compiling the workbench for $platform ($target)…"
    CARGO_ENCODED_RUSTFLAGS="$(binary_rustflags "$target")" CFLAGS="-ffile-prefix-map=${CARGO_HOME:-$HOME/.cargo}=/cargo" \
      CARGO_PROFILE_RELEASE_STRIP=symbols \
      cargo zigbuild --quiet --release --locked --package juzi-workbench --target "$target"
  done
}

# As for the module, so that two releases of one commit are byte-identical. With the component rust-src, the compiler writes the
# directory of the library's source into the binary, and without it a name that contains its own commit. The linker for macOS makes
# the binary's UUID from all that it has written, so it must not write the names of object files (-S), which have random directories.
# binary_rustflags TARGET
binary_rustflags() {
  local sysroot commit
  sysroot="$(sysroot_of rustc)" commit="$(rustc -vV | sed -n 's/^commit-hash: //p')"
  printf '%s\037' --remap-path-prefix="${CARGO_HOME:-$HOME/.cargo}"=/cargo --remap-path-prefix="$sysroot=/rust" \
    --remap-path-prefix="$sysroot/lib/rustlib/src/rust=/rustc/$commit"
  [ "$TARGET_DIR" = "$ROOT/target" ] || printf '%s\037' --remap-path-prefix="$TARGET_DIR=/juzi-helper/target"
  [[ "$1" != *-apple-darwin ]] || printf '%s\037' -Clink-arg=-Wl,-S
  printf '%s' --remap-path-prefix="$ROOT"=/juzi-helper
}

# Installed by pip into a virtual environment in the cache. Nothing is compiled.
ensure_zig() {
  local dir="$CACHE/tools/zig-$ZIGLANG_VERSION-$CARGO_ZIGBUILD_VERSION"
  if [ ! -f "$dir/installed" ]; then
    has python3 || die "python3 is missing; a release needs it to install zig"
    say "installing zig and cargo-zigbuild with pip (100 MB)…"
    rm -rf "$dir"
    python3 -m venv "$dir" || die "python3 cannot make virtual environments: sudo apt-get install python3-venv"
    pip_install "$dir" zig || die "pip could not install zig"
    touch "$dir/installed"
  fi
  PATH="$dir/bin:$PATH"
}

# --- what goes into dist/ --------------------------------------------------------------------------

release_npm() {
  local platform binaries=() folder
  for platform in "$@"; do binaries+=("$platform=$(binary_of "$platform")"); done
  node scripts/release/workbench-packages.mjs "$STAGE/npm" "${binaries[@]}"
  node scripts/starter.mjs
  mkdir -p "$DIST/npm"
  for folder in ./pkg ./pkg-vite ./target/create-juzi-sidebar "$STAGE"/npm/*; do
    npm pack "$folder" --pack-destination "$DIST/npm" --silent --ignore-scripts >/dev/null
  done
}

# --allow-dirty: git ignores www/vendor, which is in the crate. Other changes were refused before.
release_crates() {
  local crate
  mkdir -p "$DIST/crates"
  cargo package --quiet --locked --allow-dirty --no-verify --package juzi-helper --package juzi-hub --package juzi-workbench
  for crate in juzi-helper juzi-hub juzi-workbench; do cp "$TARGET_DIR/package/$crate-$(version).crate" "$DIST/crates/"; done
}

version() { sed -n 's/^version = "\(.*\)"/\1/p' Cargo.toml | head -n 1; }

release_archives() {
  local platform name folder
  mkdir -p "$DIST/binaries"
  for platform in "$@"; do
    name="juzi-workbench-$(version)-$platform" folder="$STAGE/archives/juzi-workbench-$(version)-$platform"
    mkdir -p "$folder"
    cp "$(binary_of "$platform")" workbench/README.md workbench/README.zh-CN.md CHANGELOG.md LICENSE-MIT LICENSE-APACHE "$folder/"
    case "$platform" in
      win32-*) python3 scripts/release/archive.py "$folder" "$DIST/binaries/$name.zip" ;;
      *) python3 scripts/release/archive.py "$folder" "$DIST/binaries/$name.tar.gz" ;;
    esac
  done
}

# What the Dockerfile copies, by the names that containers have for architectures.
CONTAINER_STAGE="$ROOT/target/container"

stage_container() {
  local platform architecture
  rm -rf "$CONTAINER_STAGE"
  for platform in "$@"; do
    case "$platform" in
      linux-x64) architecture=amd64 ;;
      linux-arm64) architecture=arm64 ;;
      *) continue ;;
    esac
    mkdir -p "$CONTAINER_STAGE/$architecture"
    cp "$(binary_of "$platform")" "$CONTAINER_STAGE/$architecture/"
  done
}

# The script for a page without a bundler, its source map, and the tags that pin it on a CDN.
release_script() {
  mkdir -p "$DIST/script"
  cp pkg/juzi-helper.js pkg/juzi-helper.compat.js pkg/juzi-helper.recorder.js pkg/juzi-helper*.js.map pkg/integrity.json "$DIST/script/"
  node scripts/release/tags.mjs "$DIST/script"
}

release_sboms() {
  ensure_cargo_tool cargo-cyclonedx cargo-cyclonedx "$CARGO_CYCLONEDX_VERSION" "^$CARGO_CYCLONEDX_VERSION" "about 2 min"
  mkdir -p "$DIST/sbom"
  say "listing what it is made of (SBOM)…"
  node scripts/release/sbom.mjs "$STAGE" "$DIST/sbom"
}
