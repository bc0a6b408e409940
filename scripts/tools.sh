# shellcheck shell=bash
# The tools that a build needs. Missing ones are installed into the cache: prebuilt if the file's hash is known, else compiled.

CARGO_FUZZ_VERSION=0.13

setup() {
  ensure_prerequisites
  ensure_wasm_target
  ensure_wasm_tools
  ensure_npm_packages .
}

# These are not installed automatically: the machine's owner decides how to install compilers.
ensure_prerequisites() {
  local missing=0
  require cargo "Rust: https://rustup.rs" || missing=1
  require rustc "Rust: https://rustup.rs" || missing=1
  require cc "a C compiler: sudo apt-get install gcc libc6-dev, or xcode-select --install" || missing=1
  require node "Node.js 20 or newer: https://nodejs.org" || missing=1
  require npm "npm, which comes with Node.js: https://nodejs.org" || missing=1
  [ "$missing" = 0 ] || exit 1
  require_version Rust "$(rustc --version | cut -d' ' -f2)" "$(manifest_rust_version)" "rustup update stable"
  require_version Node.js "$(node --version)" 20.0 "https://nodejs.org"
}

require() { has "$1" || { complain "$1 is missing. Get $2" && return 1; }; }

manifest_rust_version() { sed -n 's/^rust-version = "\(.*\)"/\1/p' Cargo.toml | head -n 1; }

# require_version NAME FOUND NEEDED HOW: compares major and minor.
require_version() {
  local found="${2#v}"
  local found_minor="${found#*.}" needed_minor="${3#*.}"
  found_minor="${found_minor%%.*}" needed_minor="${needed_minor%%.*}"
  [ "${found%%.*}" -gt "${3%%.*}" ] && return
  [ "${found%%.*}" -eq "${3%%.*}" ] && [ "$found_minor" -ge "$needed_minor" ] && return
  die "$1 $2 is too old: $3 or newer is needed ($4)"
}

# The command-line tool and the crate must have the same version, because the format between them is not stable.
wasm_bindgen_version() {
  sed -n '/^name = "wasm-bindgen"$/{n;s/^version = "\(.*\)"/\1/p;}' Cargo.lock
}

ensure_wasm_tools() {
  local version
  version="$(wasm_bindgen_version)"
  [ -n "$version" ] || die "Cargo.lock names no version of wasm-bindgen"
  ensure_cargo_tool wasm-bindgen-cli wasm-bindgen "$version" "$version" "about 1 min"
}

# ensure_cargo_tool CRATE COMMAND VERSION-PREFIX REQUIREMENT HOW-LONG
ensure_cargo_tool() {
  local crate="$1" command="$2" prefix="$3" requirement="$4" time="$5" dir
  dir="$CACHE/tools/$crate-$prefix"
  case "$(version_of "$dir/bin/$command" || version_of "$command" || true)" in
    "$prefix" | "$prefix."*) ;;
    *) install_prebuilt "$crate" "$requirement" "$dir" || cargo_install "$crate" "$requirement" "$time" "$dir" ;;
  esac
  [ ! -x "$dir/bin/$command" ] || PATH="$dir/bin:$PATH"
}

# The second word of what it prints: `geckodriver 0.37.1 (…)`. Some of cargo's subcommands print it only if called as cargo does.
version_of() {
  local printed
  printed="$("$1" --version 2>/dev/null || "$1" "${1##*/cargo-}" -V 2>/dev/null)" || return 1
  read -r _ printed _ <<<"$printed"
  echo "$printed"
}

# install_prebuilt CRATE REQUIREMENT DIRECTORY: only what has a hash in scripts/tool-hashes.txt.
install_prebuilt() {
  [ "$1" = wasm-bindgen-cli ] && fetch_wasm_bindgen "$2" "$3"
}

TOOL_HASHES="${TOOL_HASHES:-$ROOT/scripts/tool-hashes.txt}"

# known_hash FILE: its SHA-256 by the table. Fails if the table does not have it.
known_hash() {
  awk -v name="$1" '$2 == name && length($1) == 64 && $1 !~ /[^0-9a-f]/ { print $1; found = 1; exit } END { exit !found }' "$TOOL_HASHES"
}

sha256_of() { node -e 'process.stdout.write(require("crypto").createHash("sha256").update(require("fs").readFileSync(process.argv[1])).digest("hex"))' "$1"; }

# fetch_wasm_bindgen VERSION DIRECTORY: the release that wasm-bindgen's authors publish. WASM_BINDGEN_RELEASES names a mirror.
fetch_wasm_bindgen() {
  local version="$1" dir="$2" platform name hash archive
  case "$(uname -s)-$(uname -m)" in
    Linux-x86_64) platform=x86_64-unknown-linux-musl ;;
    Linux-aarch64) platform=aarch64-unknown-linux-musl ;;
    Darwin-x86_64) platform=x86_64-apple-darwin ;;
    Darwin-arm64) platform=aarch64-apple-darwin ;;
    *) return 1 ;;
  esac
  name="wasm-bindgen-$version-$platform"
  if ! hash="$(known_hash "$name.tar.gz")"; then
    say "$name.tar.gz has no hash in scripts/tool-hashes.txt, so it is not downloaded"
    return 1
  fi
  has curl || return 1
  say "fetching wasm-bindgen $version, prebuilt…"
  mkdir -p "$dir"
  rm -rf "${dir:?}/bin"
  archive="$dir/$name.tar.gz"
  if ! curl --fail --silent --show-error --location --proto-default https --connect-timeout 5 --max-time 120 --output "$archive" \
    "${WASM_BINDGEN_RELEASES:-https://github.com/wasm-bindgen/wasm-bindgen/releases/download}/$version/$name.tar.gz"; then
    say "it cannot be fetched here"
    rm -rf "$dir"
    return 1
  fi
  check_hash "$archive" "$hash" || { rm -rf "$dir" && die "$name.tar.gz is not the file that scripts/tool-hashes.txt has: nothing of it was used"; }
  tar -xzf "$archive" -C "$dir" && mv "$dir/$name" "$dir/bin" && rm "$archive"
  [ "$(version_of "$dir/bin/wasm-bindgen")" = "$version" ] || { rm -rf "$dir" && return 1; }
}

# check_hash FILE HASH
check_hash() { [ "$(sha256_of "$1")" = "$2" ]; }

# pip_install DIRECTORY NAME: into a virtual environment, from scripts/requirements/NAME.txt, which has the hash of each file.
pip_install() {
  "$1/bin/pip" install --quiet --disable-pip-version-check --no-deps --only-binary :all: --require-hashes \
    --requirement "$ROOT/scripts/requirements/$2.txt"
}

# Unoptimised, because these tools run for milliseconds and compiling them takes far longer.
# An outdated registry mirror may lack a version in the tool's own lock file. Then the lock file is not used.
cargo_install() {
  local crate="$1" requirement="$2" time="$3" dir="$4" features=()
  # wasm-bindgen-cli needs TLS only for WebDriver servers on other machines.
  [ "$crate" != wasm-bindgen-cli ] || features=(--no-default-features)
  local install=(env -u CARGO_TARGET_DIR -u RUSTFLAGS -u CARGO_BUILD_TARGET PATH="$dir/bin:$PATH"
    CARGO_PROFILE_RELEASE_OPT_LEVEL=0 CARGO_PROFILE_RELEASE_LTO=off CARGO_PROFILE_RELEASE_CODEGEN_UNITS=16
    cargo install "$crate" --version "$requirement" --root "$dir" --force ${features[@]+"${features[@]}"})
  say "compiling $crate ${requirement#^} ($time)…"
  "${install[@]}" --locked || {
    say "that failed with the tool's own lock file; trying without it…"
    "${install[@]}" || die "cargo could not install $crate"
  }
}

# ensure_npm_packages DIRECTORY: installs the packages in its lock file, without install scripts, because none needs them.
ensure_npm_packages() {
  local dir="$1" hash stamp
  stamp="npm-$(printf '%s' "$dir" | tr ./ __)"
  hash="$(hash_of '' "$dir/package.json" "$dir/package-lock.json")"
  if [ -d "$dir/node_modules" ] && stamp_is "$stamp" "$hash"; then return; fi
  say "installing npm packages for $dir/…"
  npm ci --prefix "$dir" --ignore-scripts --no-audit --no-fund
  set_stamp "$stamp" "$hash"
}
