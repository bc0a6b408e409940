# shellcheck shell=bash
# The documentation site: `./build.sh site [--base PATH] [--open]`.

site() {
  local base=/ open=''
  while [ $# -gt 0 ]; do
    case "$1" in
      --base) base="${2:?--base needs a path}" && shift ;;
      --open) open=1 ;;
      *) die "unknown argument: $1 (./build.sh site [--base PATH] [--open])" ;;
    esac
    shift
  done
  build_site "$base"
  [ -z "$open" ] || exec node site/serve.mjs --base "$base" --open
}

# build_site BASE
build_site() {
  setup_and_build
  ensure_npm_packages site
  say "documenting the crate…"
  RUSTC_BOOTSTRAP=1 RUSTDOCFLAGS="--cfg docsrs -D warnings" CARGO_TARGET_DIR="$TARGET_DIR/site-doc" \
    cargo doc --locked --quiet --package juzi-helper --no-deps --all-features
  say "building the site…"
  node site/build.mjs --base "$1"
}
