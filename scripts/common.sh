# shellcheck shell=bash
# Functions that the other scripts share: messages, the cache, stamps, system packages.

# Compiled tools are the same for every clone, so they are kept once per user.
CACHE="${JUZI_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/juzi-helper-wasm}"
TARGET_DIR="${CARGO_TARGET_DIR:-$ROOT/target}"
STAMPS="$ROOT/target/stamps"

if [ -t 1 ] && [ -z "${NO_COLOR:-}" ]; then
  BOLD=$'\033[1m' GREEN=$'\033[32m' RED=$'\033[31m' PLAIN=$'\033[0m' COLOUR=always
else
  BOLD='' GREEN='' RED='' PLAIN='' COLOUR=never
fi

say() { printf '%s==>%s %s\n' "$GREEN" "$PLAIN" "$*"; }
complain() { printf '%serror:%s %s\n' "$RED" "$PLAIN" "$*" >&2; }
die() {
  complain "$@"
  exit 1
}
has() { command -v "$1" >/dev/null 2>&1; }

# hash_of TEXT PATH…: one hash over TEXT and the contents of every file in PATH….
hash_of() {
  local text="$1"
  shift
  printf '%s' "$text" | node "$ROOT/scripts/hash.mjs" "$@"
}

# A stamp contains the hash of the inputs of an output. It is written last, so an interrupted build
# leaves none.
stamp_is() { [ -f "$STAMPS/$1" ] && [ "$(cat "$STAMPS/$1")" = "$2" ]; }
set_stamp() {
  mkdir -p "$STAMPS"
  printf '%s' "$2" >"$STAMPS/$1"
}

# --- system packages ---------------------------------------------------------------------------

# Prints the command that must precede apt-get. Fails if system packages cannot be installed.
apt_prefix() {
  [ "${JUZI_NO_SYSTEM_INSTALL:-}" != 1 ] && has apt-get || return 1
  if [ "$(id -u)" = 0 ]; then
    echo env
  elif has sudo && { sudo -n true 2>/dev/null || [ -t 0 ]; }; then
    echo sudo
  else
    return 1
  fi
}

# apt_install WHAT-FOR PACKAGE…: installs the packages, or prints the command for it and stops.
apt_install() {
  local why="$1" prefix
  shift
  if ! prefix="$(apt_prefix)"; then
    has apt-get || die "$why: not found, and this system has no apt-get to install it with (on Debian: $*)"
    die "$why: not found. Install it with: sudo apt-get install --no-install-recommends $*"
  fi
  say "installing $why with apt-get: $*"
  refresh_apt "$prefix"
  apt_alone "$prefix" DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >"$CACHE/apt.log" 2>&1 ||
    { tail -n 15 "$CACHE/apt.log" >&2 && die "apt-get could not install: $*"; }
}

# Two checks at once may each install something, and apt-get waits for no other.
apt_alone() {
  if has flock; then flock "$CACHE/apt.lock" "$@"; else "$@"; fi
}

# Whether this system's packages include one of that name.
apt_has() {
  local prefix
  if prefix="$(apt_prefix)"; then refresh_apt "$prefix"; fi
  has apt-cache && [ -n "$(apt-cache madison "$1" 2>/dev/null)" ]
}

# Package lists may be outdated, or empty on a new machine.
refresh_apt() {
  [ -z "${APT_REFRESHED:-}" ] || return 0
  mkdir -p "$CACHE"
  apt_alone "$1" apt-get update -qq >"$CACHE/apt.log" 2>&1 || complain "apt-get update failed; going on with the lists at hand"
  APT_REFRESHED=1
}
