# shellcheck shell=bash
# A Rust toolchain that can compile for wasm32-unknown-unknown. rustup fetches the target where it can; elsewhere
# the target's standard library is compiled from source into a private sysroot in the cache. docs/toolchain.md has
# the reasons. Nothing in rustup's own directories is changed by hand.

WASM_TARGET=wasm32-unknown-unknown
PRIVATE_TOOLCHAIN="$CACHE/toolchain"
DEBIAN_RUST_PACKAGES=(rustc-web cargo-web rust-web-src rust-web-llvm)

# The directory that comes first in PATH when compiling for the browser; empty if the ordinary tools suffice.
WASM_BIN=''

sysroot_of() { "$1" --print sysroot; }
sysroot_has_target() { compgen -G "$1/lib/rustlib/$WASM_TARGET/lib/libstd-*.rlib" >/dev/null; }
sysroot_has_source() { [ -f "$1/lib/rustlib/src/rust/library/std/Cargo.toml" ]; }

# in_wasm COMMAND…: runs it with the toolchain that has the target.
in_wasm() { PATH="${WASM_BIN:+$WASM_BIN:}$PATH" "$@"; }

ensure_wasm_target() {
  if sysroot_has_target "$(sysroot_of rustc)"; then
    ensure_library_source
    return
  fi
  private_toolchain_is_current || fetch_target_with_rustup || build_private_toolchain
  if private_toolchain_is_current; then WASM_BIN="$PRIVATE_TOOLCHAIN/bin"; fi
}

# The released module needs the library's source (-Zbuild-std). Without it, the bundle is larger and has no compat script.
ensure_library_source() {
  ! sysroot_has_source "$(sysroot_of rustc)" && has rustup || return 0
  [ ! -f "$CACHE/no-rust-src" ] || return 0
  say "fetching the standard library's source (rustup component add rust-src)…"
  rustup component add rust-src && return 0
  # Do not try again on a machine that cannot reach the server.
  mkdir -p "$CACHE" && touch "$CACHE/no-rust-src"
}

can_build_std() {
  [ "${JUZI_PLAIN_STD:-}" != 1 ] && sysroot_has_source "$(in_wasm sysroot_of rustc)"
}

fetch_target_with_rustup() {
  has rustup || return 1
  say "fetching the $WASM_TARGET target (rustup target add)…"
  if ! rustup target add "$WASM_TARGET"; then
    say "rustup cannot fetch it here; it will be compiled from source"
    return 1
  fi
  ensure_library_source
}

# --- the private sysroot -----------------------------------------------------------------------

# Current means complete (the version file is written last) and made from the compiler that it links to.
private_toolchain_is_current() {
  local base
  [ -f "$PRIVATE_TOOLCHAIN/version" ] && base="$(cat "$PRIVATE_TOOLCHAIN/base")" || return 1
  [ -x "$base/bin/rustc" ] && [ "$("$base/bin/rustc" -vV)" = "$(cat "$PRIVATE_TOOLCHAIN/version")" ] &&
    sysroot_has_source "$PRIVATE_TOOLCHAIN" && sysroot_has_target "$PRIVATE_TOOLCHAIN"
}

build_private_toolchain() {
  local base host lld
  base="$(sysroot_with_source)" || {
    require_debian_rust
    apt_install "a Rust compiler with its library's source" "${DEBIAN_RUST_PACKAGES[@]}"
    base="$(sysroot_with_source)" || die "no Rust compiler with its library's source was found"
  }
  host="$("$base/bin/rustc" -vV | sed -n 's/^host: //p')"
  lld="$(linker_of "$base" "$host")"

  say "compiling the standard library for $WASM_TARGET (about 1 min)…"
  mkdir -p "$CACHE"
  # Removes what killed runs have left. A run never takes that long.
  find "$CACHE" -maxdepth 1 -name 'toolchain.*' -mmin +120 -exec rm -rf {} +
  (
    work="$(mktemp -d "$CACHE/toolchain.XXXXXX")"
    trap 'rm -rf "$work"' EXIT
    write_sysroot "$work" "$base" "$host" "$lld"
    compile_std "$work"
    "$base/bin/rustc" -vV >"$work/version"
    # Another clone may have finished first, and its result may already be in use.
    if private_toolchain_is_current; then exit; fi
    rm -rf "$PRIVATE_TOOLCHAIN"
    mv "$work" "$PRIVATE_TOOLCHAIN"
  )
}

# Stops with instructions if these packages are not available.
require_debian_rust() {
  ! apt_has "${DEBIAN_RUST_PACKAGES[0]}" || return 0
  die "the $WASM_TARGET target is missing. Get it with: rustup target add $WASM_TARGET (rustup: https://rustup.rs)," \
    "or on Debian 12: sudo apt-get install --no-install-recommends ${DEBIAN_RUST_PACKAGES[*]}"
}

# The source must belong to the same compiler, because no other version can compile the library.
sysroot_with_source() {
  local rustc root
  for rustc in rustc /usr/bin/rustc; do
    root="$(sysroot_of "$rustc" 2>/dev/null)" || continue
    if sysroot_has_source "$root"; then
      echo "$root"
      return
    fi
  done
  return 1
}

# Debian's rust-lld is a link into a package that is only recommended.
linker_of() {
  local shipped="$1/lib/rustlib/$2/bin/rust-lld" linked="$1/bin/rust-lld"
  if [ -x "$shipped" ]; then
    echo "$shipped"
    return
  fi
  [ -x "$linked" ] || apt_install "the linker for WebAssembly" "$(readlink "$linked" || echo lld)" >&2
  [ -x "$linked" ] || die "no linker for WebAssembly: $linked is missing"
  echo "$linked"
}

# A sysroot of links to the compiler's own. The compiler is called with --sysroot, because it would otherwise always use
# its real sysroot.
write_sysroot() {
  local dir="$1" base="$2" host="$3" lld="$4" tool
  mkdir -p "$dir/bin" "$dir/lib/rustlib/$host/bin" "$dir/lib/rustlib/$WASM_TARGET/lib"
  ln -s "$base/lib/rustlib/$host/lib" "$dir/lib/rustlib/$host/lib"
  ln -s "$base/lib/rustlib/src" "$dir/lib/rustlib/src"
  ln -s "$lld" "$dir/lib/rustlib/$host/bin/rust-lld"
  ln -s "$base/bin/cargo" "$dir/bin/cargo"
  for tool in rustc rustdoc; do
    # shellcheck disable=SC2016  # expanded when the wrapper runs, so that the cache can be moved
    printf '#!/bin/sh\nexec "%s" --sysroot "${0%%/bin/*}" "$@"\n' "$base/bin/$tool" >"$dir/bin/$tool"
  done
  # shellcheck disable=SC2016
  printf '#!/bin/sh\nSYSROOT="${0%%/bin/*}" exec "%s" "$@"\n' "$base/bin/cargo-clippy" >"$dir/bin/cargo-clippy"
  chmod +x "$dir/bin/rustc" "$dir/bin/rustdoc" "$dir/bin/cargo-clippy"
  printf '%s\n' "$base" >"$dir/base"
}

# Compiles an empty crate: cargo compiles the library as its dependency, and a sysroot consists of the resulting files.
compile_std() {
  local dir="$1" crate="$1/empty"
  mkdir -p "$crate/src"
  printf '[package]\nname = "empty"\nversion = "0.0.0"\nedition = "2024"\n[workspace]\n' >"$crate/Cargo.toml"
  echo '#![no_std]' >"$crate/src/lib.rs"
  (
    cd "$crate" || exit
    unset RUSTFLAGS CARGO_ENCODED_RUSTFLAGS CARGO_BUILD_TARGET RUSTUP_TOOLCHAIN
    PATH="$dir/bin:$PATH" CARGO_TARGET_DIR="$crate/target" RUSTC_BOOTSTRAP=1 cargo build --release \
      --target "$WASM_TARGET" -Zbuild-std=std,panic_abort,test
  )
  rm "$crate/target/$WASM_TARGET/release/deps"/libempty-*
  cp "$crate/target/$WASM_TARGET/release/deps"/*.rlib "$dir/lib/rustlib/$WASM_TARGET/lib/"
  rm -rf "$crate"
}
