# shellcheck shell=bash
# Browsers and their WebDriver servers, installed only by the checks that need them. Each need_… function exports the
# driver's path in the variable that the tests read.

need_chromium() {
  local browser
  browser="$(first_of chromium chromium-browser google-chrome-stable google-chrome)" || browser=''
  CHROMEDRIVER="${CHROMEDRIVER:-$(command -v chromedriver || true)}"
  if [ -z "$browser" ] && [ "$(uname)" != Darwin ] || [ -z "$CHROMEDRIVER" ]; then
    # shellcheck disable=SC2046  # two package names
    apt_install "Chromium and its driver" $(chromium_packages)
    CHROMEDRIVER="$(command -v chromedriver)"
  fi
  # Debian has Chromium's headless shell too, in which the tests take a third less time.
  if ! has chromium-headless-shell && apt_prefix >/dev/null && apt_has chromium-headless-shell; then
    apt_install "Chromium's headless shell" chromium-headless-shell
  fi
  need_cjk_font
  export CHROMEDRIVER
}

# Ubuntu names them differently.
chromium_packages() {
  if ! has apt-cache || apt_has chromium-driver; then
    echo chromium chromium-driver
  else
    echo chromium-browser chromium-chromedriver
  fi
}

need_firefox() {
  first_of firefox-esr firefox >/dev/null || [ "$(uname)" = Darwin ] ||
    apt_install "Firefox" firefox-esr
  if [ -z "${GECKODRIVER:-}" ]; then
    ensure_cargo_tool geckodriver geckodriver 0 '^0' "about 1 min"
    GECKODRIVER="$(command -v geckodriver)"
  fi
  need_cjk_font
  export GECKODRIVER
}

# WebKitGTK has no headless mode, so it runs on a virtual display.
need_webkit() {
  if [ -z "${WEBKIT_WEBDRIVER:-}" ]; then
    if ! has WebKitWebDriver || ! has xvfb-run || ! has xauth; then
      apt_install "WebKitGTK and its driver" webkit2gtk-driver xvfb xauth
    fi
    WEBKIT_WEBDRIVER="$(command -v WebKitWebDriver)"
  fi
  need_cjk_font
  export WEBKIT_WEBDRIVER
}

# Screenshots show Chinese text. A machine without fontconfig, such as a Mac, does not need this.
need_cjk_font() {
  has fc-list || return 0
  [ -n "$(fc-list :lang=zh-cn family)" ] || apt_install "a Chinese font, for screenshots" fonts-noto-cjk
}

first_of() {
  local name
  for name in "$@"; do
    if has "$name"; then
      echo "$name"
      return
    fi
  done
  return 1
}
