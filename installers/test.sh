#!/usr/bin/env bash
# Installs what the tests need and runs everything: style, types, tests. The tests lint the screens
# and print their slowest 20.
#
#   installers/test.sh                       everything, as continuous integration does
#   installers/test.sh tests/domain -k pass  only pytest, with these arguments
#   installers/test.sh --campaign codes --count 100000 --seed 1
#                                            one long run; without a name it lists them
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
installers/setup.sh tests

export PATH="$PWD/.venv/bin:$PATH" QT_QPA_PLATFORM=offscreen QT_QUICK_BACKEND=software
FAILED=()

step() { # step NAME COMMAND...: runs it, says how long it took, remembers a failure
    local name=$1 began=$SECONDS
    shift
    printf '\n== %s\n' "$name"
    "$@" || FAILED+=("$name")
    printf '== %s: %d s\n' "$name" $((SECONDS - began))
}

case ${1:-} in
    --campaign)
        shift
        exec python -m tests.campaigns "$@"
        ;;
    '') ;;
    *) exec pytest "$@" ;;
esac

step 'ruff check' ruff check
step 'ruff format' ruff format --check
step 'mypy' mypy
step 'pytest, with qmllint' pytest -q -n 2 --dist worksteal

if [ ${#FAILED[@]} -gt 0 ]; then
    printf '\nFailed: %s\n' "$(IFS=,; echo "${FAILED[*]}")" >&2
    exit 1
fi
printf '\nEverything held, in %d s.\n' "$SECONDS"
