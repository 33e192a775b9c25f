#!/usr/bin/env bash
# The whole suite on the PostgreSQL of the wheel, then what talks to the database again on the
# system's oldest one that we support. HARMONY_TEST_PG_BIN names another second server.
#   scripts/test.sh [PYTEST ARGUMENTS]     PYTEST_WORKERS=1 for one process
set -uo pipefail
cd "$(dirname "$0")/.."
pytest=(.venv/bin/python -m pytest -n "${PYTEST_WORKERS:-2}" -m "not slow" "$@")
second="${HARMONY_TEST_PG_BIN:-}"
unset HARMONY_TEST_PG_BIN HARMONY_PG_BIN PYTHONDONTWRITEBYTECODE
export QT_QPA_PLATFORM="${QT_QPA_PLATFORM:-offscreen}"

if [[ -z "$second" ]]; then
    for major in 15 16 17 18; do
        for folder in "/usr/lib/postgresql/$major/bin" "/usr/pgsql-$major/bin"; do
            if [[ -z "$second" && -x "$folder/initdb" ]]; then second="$folder"; fi
        done
    done
fi

echo "== everything, on the PostgreSQL of the wheel"
"${pytest[@]}" || exit $?

rooms=()
for room in tests/core tests/db; do
    if [[ -d "$room" ]]; then rooms+=("$room"); fi
done
if [[ -z "$second" ]]; then
    echo "No PostgreSQL 15 or newer among the system's packages: the second run was left out."
elif [[ ${#rooms[@]} -gt 0 ]]; then
    echo "== core and db, on $("$second/postgres" -V)"
    HARMONY_TEST_PG_BIN="$second" "${pytest[@]}" "${rooms[@]}" || exit $?
fi
