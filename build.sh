#!/usr/bin/env bash
# The single entry point: installs the tools, builds, serves, tests, measures. `./build.sh help` lists the verbs.
set -euo pipefail

ROOT="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
cd "$ROOT"

. scripts/common.sh
. scripts/wasm-target.sh
. scripts/tools.sh
. scripts/browsers.sh
. scripts/build.sh
. scripts/release.sh
. scripts/site.sh
. scripts/checks.sh

usage() {
  cat <<'HELP'
Usage: ./build.sh [VERB] [ARGUMENTS]

  setup            install or find what a build needs; a second run changes nothing
  build            setup, then build pkg/, pkg-vite/ and the workbench, and print the sizes (the default)
  generate         write what repeats the calls and the messages: scripts, types, tables, schema
  serve [ARG…]     build, then run the workbench; ARG… go to it (./build.sh serve --help)
  check            the checks that take seconds: format, types, rules, and what is generated; before each commit
  test [STEP…]     build, then run every check, or only the named ones
  test --list      list the checks
  bench [ARG…]     build, then measure; ARG… go to the benchmark
  release [NAME…]  make everything that is published, in dist/; NAME… for some platforms only; publishes nothing
  site [--open]    build, then make the documentation and the playground in dist/site/; --open serves them,
                   --base PATH is for a site below a path
  help             this text

Environment:
  JUZI_CACHE              directory for compiled tools, shared by all clones
                          (default: $XDG_CACHE_HOME or ~/.cache, then /juzi-helper-wasm)
  JUZI_NO_SYSTEM_INSTALL  1: do not install system packages, only name the missing ones
  JUZI_PLAIN_STD          1: use the prebuilt standard library; the bundle is larger, but the build saves a minute
  WASM_BINDGEN_RELEASES   where wasm-bindgen's prebuilt releases are (default: GitHub)
  CARGO_TARGET_DIR        cargo's own build directory (default: target/)
  CHROMEDRIVER, GECKODRIVER, WEBKIT_WEBDRIVER
                          WebDriver servers for the tests (default: from PATH, else installed)
  NO_COLOR                set to anything: no colours
HELP
}

main() {
  local verb="${1:-build}"
  [ $# -eq 0 ] || shift
  case "$verb" in
    setup) setup ;;
    build) setup_and_build ;;
    generate) generate ;;
    serve) serve "$@" ;;
    check) quick_checks ;;
    test) run_checks "$@" ;;
    bench) bench "$@" ;;
    release) release "$@" ;;
    site) site "$@" ;;
    help | -h | --help) usage ;;
    *)
      complain "unknown verb: $verb (setup, build, generate, serve, check, test, bench, release, site or help)"
      exit 2
      ;;
  esac
}

main "$@"
