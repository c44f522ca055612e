#!/usr/bin/env bash
# Install what Hearback needs into this checkout and nowhere else.
#
#   tools/set_up.sh run   what running needs
#   tools/set_up.sh dev   that, and what the tests and checks need
#   tools/set_up.sh uv    print the path of uv, installing it first where it is missing
#
# Every step notes the hash of what it was made from, so a second call changes nothing and asks no network.
set -euo pipefail
cd "$(dirname "$0")/.."

say() { echo "==> $*" >&2; }
give_up() { echo "make: $*" >&2; exit 1; }
hash_of() { cat "$@" | sha256sum | cut -d' ' -f1; }
is_done() { [[ -f $1 && $(<"$1") == "$2" ]]; }

find_python() {
  local name
  for name in ${PYTHON:-} python3.11 python3.12 python3.13 python3.14 python3; do
    if "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
      "$name" -c 'import sys; print(sys.executable)'
      return
    fi
  done
  give_up "Hearback needs Python 3.11 or newer. On Debian or Ubuntu: sudo apt-get install python3 python3-venv"
}

as_root() {
  if [[ $(id -u) == 0 ]]; then "$@"; else sudo -n "$@"; fi
}

need_venv() {
  "$1" -c 'import ensurepip, venv' 2>/dev/null && return
  local package
  package=$("$1" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])')
  if [[ $(id -u) == 0 ]] || sudo -n true 2>/dev/null; then
    say "Installing $package"
    as_root env DEBIAN_FRONTEND=noninteractive apt-get -q update >&2 || true
    as_root env DEBIAN_FRONTEND=noninteractive apt-get -q -y install "$package" >&2 || true
    "$1" -c 'import ensurepip, venv' 2>/dev/null && return
  fi
  give_up "Python's venv module is missing. Run: sudo apt-get install $package"
}

# uv: the one on this machine, or one of our own in .uv
find_uv() {
  if command -v uv >/dev/null; then command -v uv; return; fi
  local stamp=.uv/.stamp want
  want=$(hash_of requirements-uv.lock)
  if ! is_done "$stamp" "$want"; then
    local python
    python=$(find_python)
    need_venv "$python"
    say "Installing uv into .uv"
    rm -rf .uv
    "$python" -m venv .uv
    .uv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-uv.lock >&2
    echo "$want" > "$stamp"
  fi
  echo .uv/bin/uv
}

sync_python() { # $1: lock file, $2: name of the stamp
  local stamp=.venv/.stamp-$2 want uv python
  want=$(hash_of "$1")
  is_done "$stamp" "$want" && return
  uv=$(find_uv)
  if [[ ! -x .venv/bin/python ]]; then
    python=$(find_python)
    say "Making .venv with $python"
    "$uv" venv --quiet --python "$python" .venv
  fi
  say "Installing the packages of $1 into .venv"
  rm -f .venv/.stamp-*
  VIRTUAL_ENV=$PWD/.venv "$uv" pip sync --quiet --require-hashes "$1"
  [[ $2 == dev ]] && hash_of requirements.lock > .venv/.stamp-run
  echo "$want" > "$stamp"
}

install_self() {
  local stamp=.venv/.stamp-self want
  want=$(hash_of pyproject.toml)
  is_done "$stamp" "$want" && return
  say "Putting the hearback command into .venv/bin"
  VIRTUAL_ENV=$PWD/.venv "$(find_uv)" pip install --quiet --offline --no-deps --no-build-isolation -e .
  echo "$want" > "$stamp"
}

install_node_parts() {
  local stamp=node_modules/.stamp for_tests=node_modules/.stamp-dev want
  want=$(hash_of package.json package-lock.json)
  is_done "$stamp" "$want" && [[ $1 == run || -f $for_tests ]] && return
  node -e 'process.exit(+(process.versions.node.split(".")[0] < 20))' 2>/dev/null ||
    give_up "Hearback needs Node 20 or newer, with npm, to compile its style sheet and its embed; see nodejs.org/download"
  say "Installing the design system and the compilers into node_modules"
  if [[ $1 == run ]]; then
    npm ci --omit=dev --no-progress --loglevel=error >&2
  else
    npm ci --no-progress --loglevel=error >&2
    touch "$for_tests"
  fi
  echo "$want" > "$stamp"
}

build_styles() {
  local built=hearback/ui/static/ui/built stamp want
  stamp=$built/.stamp
  want=$( (cat node_modules/.stamp tools/build-styles.mjs
           find hearback/ui/styles -type f -print0 2>/dev/null | sort -z | xargs -0 -r cat) | sha256sum | cut -d' ' -f1)
  is_done "$stamp" "$want" && return
  say "Compiling the style sheet"
  npm run --silent build >&2
  mkdir -p "$built"
  echo "$want" > "$stamp"
}

build_fonts() {
  local built=hearback/ui/fonts stamp want
  stamp=$built/.stamp
  want=$(hash_of node_modules/.stamp tools/build-fonts.mjs)
  is_done "$stamp" "$want" && return
  say "Copying the fonts of posters"
  npm run --silent build-fonts >&2
  echo "$want" > "$stamp"
}

build_widget() {
  local built=hearback/collect/static/embed stamp want
  stamp=$built/.stamp
  want=$( (cat node_modules/.stamp tools/build-widget.mjs tools/read-messages.mjs
           find hearback/collect/widget hearback/collect/locale -type f ! -name '*.mo' -print0 | sort -z |
             xargs -0 -r cat) | sha256sum | cut -d' ' -f1)
  is_done "$stamp" "$want" && return
  say "Building the embed"
  npm run --silent build-widget >&2
  echo "$want" > "$stamp"
}

compile_messages() {
  local stamp=.venv/.stamp-messages want
  want=$(find hearback -name '*.po' -print0 | sort -z | xargs -0 cat tools/compile_messages.py | sha256sum | cut -d' ' -f1)
  is_done "$stamp" "$want" && return
  say "Compiling the translations"
  .venv/bin/python tools/compile_messages.py
  echo "$want" > "$stamp"
}

case ${1:-} in
  uv) find_uv; exit ;;
  run) sync_python requirements.lock run ;;
  dev) sync_python requirements-dev.lock dev ;;
  *) give_up "usage: tools/set_up.sh run|dev|uv" ;;
esac
install_self
compile_messages
install_node_parts "$1"
build_styles
build_fonts
build_widget
