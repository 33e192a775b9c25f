#!/usr/bin/env bash
# Make .venv with exactly what requirements.lock says, and this checkout installed in it.
# Uses uv when it is there, else venv and pip. Run again at will: it does nothing when nothing changed.
#   scripts/setup.sh [LOCK]     another lock than requirements.lock, e.g. requirements-package.lock
set -euo pipefail
cd "$(dirname "$0")/.."
lock="${1:-requirements.lock}"
stamp=.venv/.installed

wanted="$(cat "$lock" pyproject.toml scripts/setup.sh | sha256sum)"
if [[ -x .venv/bin/harmony-desk && "$(cat "$stamp" 2>/dev/null)" == "$wanted" ]]; then
    exit 0
fi

# The first Python that really runs and is new enough: a name on PATH may be a shim that refuses.
python=""
for candidate in "${PYTHON:-}" python3 python3.11 python3.12 python3.13 python3.14; do
    if [[ -n "$candidate" ]] && found="$("$candidate" -c '
import sys
print(sys.executable) if sys.version_info >= (3, 11) else sys.exit(1)' 2>/dev/null)"; then
        python="$found"
        break
    fi
done
if [[ -z "$python" ]]; then
    echo "Harmony Desk needs Python 3.11 or newer; none was found. Set PYTHON to one, or install it:" >&2
    echo "    sudo apt-get install python3 python3-venv" >&2
    exit 3
fi

uv=""
if uv --version >/dev/null 2>&1; then uv=uv; fi
if [[ -z "$uv" ]] && ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
    echo "$python cannot make a virtual environment: it lacks ensurepip. Install it:" >&2
    echo "    sudo apt-get install python3-venv" >&2
    exit 3
fi

rm -f "$stamp"
if ! .venv/bin/python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
    rm -rf .venv
    if [[ -n "$uv" ]]; then uv venv --quiet --no-python-downloads --python "$python" .venv
    else "$python" -m venv .venv; fi
fi
if [[ -n "$uv" ]]; then
    uv pip sync --quiet --python .venv/bin/python --require-hashes --compile-bytecode "$lock"
    uv pip install --quiet --python .venv/bin/python --no-deps --no-build-isolation --editable .
else
    if ! .venv/bin/python -m pip --version >/dev/null 2>&1; then
        .venv/bin/python -m ensurepip --upgrade >/dev/null
    fi
    .venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes --requirement "$lock"
    .venv/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
fi
echo "$wanted" >"$stamp"
