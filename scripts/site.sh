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

document_crate() { RUSTDOCFLAGS="-D warnings" CARGO_TARGET_DIR="$TARGET_DIR/site-doc" "$@" --locked --quiet --package juzi-helper --no-deps; }

# build_site BASE
build_site() {
  setup_and_build
  ensure_npm_packages site
  say "documenting the crate…"
  # The native crate has `message` and `oauth`, the browser's has `client`: site/lib/rustdoc.mjs puts one beside the other.
  document_crate cargo doc --features http
  document_crate in_wasm cargo doc --features client-testing --target "$WASM_TARGET"
  say "building the site…"
  node site/build.mjs --base "$1"
}
