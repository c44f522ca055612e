#!/usr/bin/env bash
# Install Chromium, PostgreSQL, Java, gettext and strace from Debian's packages where the tests do not find them.
set -euo pipefail

find_chromium() {
  local name
  for name in "${CHROMIUM:-}" chromium chromium-browser google-chrome; do
    if [[ -n $name ]] && command -v "$name" >/dev/null; then return 0; fi
  done
  return 1
}

find_postgres() {
  compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null || command -v initdb >/dev/null
}

find_java() {
  [[ -x ${JAVA_HOME:-/none}/bin/java ]] || command -v java >/dev/null
}

# Spark runs on Java 17 and on newer ones; which of them Debian has depends on its release.
java_package() {
  local version
  for version in 17 21 25; do
    if apt-cache show "openjdk-$version-jre-headless" >/dev/null 2>&1; then
      echo "openjdk-$version-jre-headless"
      return
    fi
  done
  echo default-jre-headless
}

missing() {
  find_chromium || echo chromium
  find_postgres || echo postgresql
  find_java || java_package
  command -v xgettext >/dev/null || echo gettext
  command -v strace >/dev/null || echo strace
}

wanted=$(missing | xargs)
[[ -z $wanted ]] && exit 0

line="sudo apt-get update && sudo apt-get install --no-install-recommends $wanted"
if [[ $(id -u) == 0 ]]; then sudo=(); elif sudo -n true 2>/dev/null; then sudo=(sudo -n); else
  echo "make: the tests need $wanted, and installing needs your password. Run: $line" >&2
  echo "      (or leave out the tests that need them: make test-fast)" >&2
  exit 1
fi
if ! command -v apt-get >/dev/null; then
  echo "make: the tests need $wanted; this is not Debian or Ubuntu, so install them your way" >&2
  exit 1
fi

echo "==> Installing $wanted from the system's packages"
quiet=("${sudo[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -q -o Dpkg::Use-Pty=0)
"${quiet[@]}" update
wanted=$(missing | xargs) # now it is known which Java there is
# shellcheck disable=SC2086 # one word per package
"${quiet[@]}" -y install --no-install-recommends $wanted
left=$(missing | xargs)
if [[ -n $left ]]; then
  echo "make: $left still cannot be found after installing. Try: $line" >&2
  exit 1
fi
