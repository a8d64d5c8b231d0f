#!/usr/bin/env bash
# Writes the locks in requirements/ anew from pyproject.toml: every version and hash, no address.
# "installers/lock.sh" keeps the versions that still fit, "installers/lock.sh --upgrade" takes new
# ones.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
UV=.venv/bin/uv
[ -x "$UV" ] || { echo "Please run installers/setup.sh tests first." >&2; exit 2; }

lock() { # lock FILE SOURCE...
    local file=$1
    shift
    "$UV" pip compile -q --generate-hashes --no-emit-index-url --no-emit-find-links --no-header \
        --universal --python-version 3.11 "$@" -o "requirements/$file"
}

lock all.txt pyproject.toml --extra server --extra kiosk --extra dev "$@"
lock demo.txt pyproject.toml --extra server --extra kiosk -c requirements/all.txt
lock tools.txt requirements/tools.in -c requirements/all.txt "$@"
installers/setup.sh tests
.venv/bin/python -m installers.licences
