#!/usr/bin/env bash
# Shows Foyer on this machine: broker, server, two simulated doors and a kiosk on demo data.
#
#   installers/demo.sh           until Ctrl-C; the control page's address is printed
#   installers/demo.sh --check   a scripted visit without a display; exit 0 if every step held
#
#   --port N     of the control page (else: 8090); 0: a free one
#   --camera X   index, file or URL (else: a webcam, or a simulated one)
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
case ${1:-} in -h | --help) sed -n '2,/^set /s/^# \{0,1\}//p' installers/demo.sh; exit ;; esac
case ${1:-} in '' | --*) ;; *) echo "usage: installers/demo.sh [--check] [--help]" >&2; exit 2 ;; esac
installers/setup.sh demo
exec .venv/bin/python -m installers.demo "$@"
