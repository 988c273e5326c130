#!/usr/bin/env bash
# Makes sure the browser tests find a browser and its driver: $CHROMIUM and $CHROMEDRIVER if they are set,
# else on PATH, else from the system's packages when we may install them.
set -euo pipefail

present() {
    command -v "${CHROMIUM:-chromium}" > /dev/null && command -v "${CHROMEDRIVER:-chromedriver}" > /dev/null
}

if ! present && [ -z "${CHROMIUM:-}${CHROMEDRIVER:-}" ] && [ "$(id -u)" = 0 ] && command -v apt-get > /dev/null; then
    # A font, because the packages bring none and the screenshots would show boxes.
    echo "installing chromium and chromium-driver"
    export DEBIAN_FRONTEND=noninteractive
    apt-get update -qq
    apt-get install -y -qq --no-install-recommends chromium chromium-driver fonts-liberation > /dev/null
fi

if ! present; then
    cat >&2 <<'TEXT'
The browser tests need chromium and chromedriver of the same version.
  Debian, Ubuntu:  sudo apt-get install chromium chromium-driver
  elsewhere:       install both, and set CHROMIUM and CHROMEDRIVER to their paths
TEXT
    exit 1
fi
echo "browser: $("${CHROMIUM:-chromium}" --version 2> /dev/null | head -n 1)"
