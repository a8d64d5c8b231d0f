#!/usr/bin/env bash
# Makes this checkout ready to run: missing Debian packages, then the locked Python environment
# in .venv. "installers/setup.sh demo" is what the demo needs, "installers/setup.sh tests" what
# the tests need as well. A second run finds everything in place and takes no time.
#
# Exit 0: ready. Exit 1: something could not be installed. Exit 2: this system is not supported,
# or wrong use. The system's own Python packages are never touched.
set -euo pipefail

ROOT=${BASH_SOURCE[0]%/*}
ROOT=$(cd "${ROOT}/.." && pwd)
PURPOSE=${1:-}

# What Qt, the code readers and the printer need beneath the Python wheels, and the broker.
# The line from libxcb-cursor0 on lets a kiosk open on an X11 or Wayland display.
DEMO_PACKAGES=(
    libglib2.0-0 libegl1 libgl1 libdbus-1-3 libfontconfig1 libxkbcommon0 libzbar0 libpulse0
    libxcb-cursor0 libxkbcommon-x11-0 libxcb-icccm4 libxcb-keysyms1 libxcb-shape0
    libwayland-cursor0 libwayland-egl1
    mosquitto
)
TEST_PACKAGES=(postgresql chromium)
# Services these packages would start; the scripts run their own, with their own settings.
SERVICES=(mosquitto postgresql)

stop() { # stop STATUS SENTENCE
    printf '%s\n' "$2" >&2
    exit "$1"
}

require_debian() {
    command -v apt-get >/dev/null && command -v dpkg-query >/dev/null && return
    stop 2 "Foyer's scripts install on Debian 12 or a system like it (with apt-get); this is not one."
}

find_python() { # prints the first Python that is new enough
    local python
    for python in python3 python3.13 python3.12 python3.11; do
        if "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            command -v "$python"
            return
        fi
    done
    stop 2 "Foyer needs Python 3.11 or newer; this system has $(python3 --version 2>/dev/null || echo none)."
}

is_installed() { # newer Debian calls some libraries NAMEt64
    grep -qx installed <<<"$(dpkg-query -W -f '${db:Status-Status}\n' "$1" "$1t64" 2>/dev/null)"
}

as_root() {
    if [ "$(id -u)" -eq 0 ]; then "$@"; else sudo "$@"; fi
}

keep_asleep() { # a service that came with a package just installed does not stay running
    [ -d /run/systemd/system ] || return 0
    local service
    for service in "${SERVICES[@]}"; do
        case " $* " in
            *" $service "*) as_root systemctl disable --now --quiet "$service" || true ;;
        esac
    done
}

install_packages() { # installs those of its arguments that are missing
    local package missing=()
    for package in "$@"; do
        is_installed "$package" || missing+=("$package")
    done
    [ ${#missing[@]} -eq 0 ] && return
    if [ "$(id -u)" -ne 0 ] && ! command -v sudo >/dev/null; then
        stop 1 "Please install these packages as root, then run this again: ${missing[*]}"
    fi
    printf 'Installing Debian packages: %s\n' "${missing[*]}"
    # RUNLEVEL=1 keeps package scripts from starting services where there is no systemd.
    local output
    output=$(as_root apt-get update -qq 2>&1 \
        && as_root env DEBIAN_FRONTEND=noninteractive RUNLEVEL=1 \
            apt-get install -qq -y --no-install-recommends "${missing[@]}" 2>&1) \
        || stop 1 "$output
Debian packages could not be installed; the lines above say why."
    keep_asleep "${missing[@]}"
}

fingerprint() { # changes when the lock, the project's metadata or the place of the checkout does
    {
        cat "$ROOT/requirements/tools.txt" "$ROOT/requirements/$1.txt" "$ROOT/pyproject.toml"
        printf '%s\n' "$ROOT"
    } | sha256sum
}

is_ready() { # is_ready LOCK: the environment holds exactly this lock
    [ -x "$ROOT/.venv/bin/foyer-server" ] \
        && [ "$(cat "$ROOT/.venv/foyer-$1.stamp" 2>/dev/null)" = "$(fingerprint "$1")" ]
}

make_environment() { # make_environment PYTHON: a private environment with the pinned installer
    local own="$ROOT/.venv/bin/python"
    if ! "$own" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
        rm -rf "$ROOT/.venv"
        "$1" -m venv "$ROOT/.venv"
    fi
    "$own" -m pip --version >/dev/null 2>&1 || "$own" -m ensurepip >/dev/null
    "$own" -m pip install -qq --disable-pip-version-check --require-hashes \
        -r "$ROOT/requirements/tools.txt"
}

install_python() { # install_python LOCK PYTHON
    local uv="$ROOT/.venv/bin/uv"
    printf 'Installing the locked Python packages into .venv\n'
    rm -f "$ROOT"/.venv/foyer-*.stamp
    export VIRTUAL_ENV="$ROOT/.venv" UV_PYTHON_DOWNLOADS=never
    make_environment "$2" \
        && "$uv" pip install -q --require-hashes -r "$ROOT/requirements/$1.txt" \
        && "$uv" pip install -q --no-deps --no-build-isolation -e "$ROOT" \
        && fingerprint "$1" >"$ROOT/.venv/foyer-$1.stamp"
}

main() {
    local packages lock python
    case $PURPOSE in
        demo) packages=("${DEMO_PACKAGES[@]}") lock=demo ;;
        tests) packages=("${DEMO_PACKAGES[@]}" "${TEST_PACKAGES[@]}") lock=all ;;
        *) stop 2 "usage: installers/setup.sh demo|tests" ;;
    esac
    require_debian
    python=$(find_python) || exit $?
    "$python" -c 'import ensurepip, venv' 2>/dev/null || packages+=(python3-venv)
    install_packages "${packages[@]}"
    if is_ready "$lock" || is_ready all; then return; fi
    install_python "$lock" "$python" \
        || stop 1 "The Python packages could not be installed; the lines above say why."
}

main
