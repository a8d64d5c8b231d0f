#!/usr/bin/env bash
# Shows Foyer on this machine: broker, server, two simulated doors and a kiosk on demo data.
#
#   installers/demo.sh           until Ctrl-C; the control page's address is printed
#   installers/demo.sh --check   a scripted visit without a display; exit 0 if every step held
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
case ${1:-} in '' | --*) ;; *) echo "usage: installers/demo.sh [--check] [--help]" >&2; exit 2 ;; esac
installers/setup.sh demo
exec .venv/bin/python -m installers.demo "$@"
