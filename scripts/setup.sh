#!/usr/bin/env bash
# Fills .venv: Python, the locked packages with their hashes, then oyez itself, editable.
set -euo pipefail

say() { printf '%s\n' "$*" >&2; }

# Installs Debian packages, or says in one sentence what to install.
need() {
    local why=$1
    shift
    if command -v apt-get >/dev/null; then
        local as=()
        if [ "$(id -u)" -ne 0 ]; then
            if ! sudo -n true 2>/dev/null; then
                say "$why: run  sudo apt-get install -y $*  then make setup again."
                exit 1
            fi
            as=(sudo -n)
        fi
        say "$why: installing $*"
        if ! { "${as[@]}" apt-get install -y --no-install-recommends "$@" ||
            { "${as[@]}" apt-get update && "${as[@]}" apt-get install -y --no-install-recommends "$@"; }; } \
            </dev/null >/tmp/oyez-apt.log 2>&1; then
            say "$why: apt-get could not install $* (see /tmp/oyez-apt.log); install them, then run make setup again."
            exit 1
        fi
    else
        say "$why: install the equivalent of the Debian packages $* (on macOS: brew install python pango), then run make setup again."
        exit 1
    fi
}

find_python() {
    local name
    for name in "${PYTHON:-}" python3 python3.13 python3.12 python3.11; do
        if [ -n "$name" ] && "$name" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' 2>/dev/null; then
            "$name" -c 'import sys; print(sys.executable)'
            return
        fi
    done
    return 1
}

# Without HarfBuzz's subsetter reports are drawn, but slowly, and with other bytes than elsewhere.
has_pango() {
    "$1" - <<'PY' 2>/dev/null
import ctypes, ctypes.util
for name in ("pango-1.0", "pangoft2-1.0", "harfbuzz-subset"):
    ctypes.CDLL(ctypes.util.find_library(name) or f"lib{name}.so.0")
PY
}

if ! python=$(find_python); then
    if command -v uv >/dev/null && uv python install --quiet 3.12; then
        python=$(uv python find 3.12)
    else
        say "oyez needs Python 3.11, 3.12 or 3.13: install one (PYTHON=/path/to/python3 make setup chooses it)."
        exit 1
    fi
fi

has_pango "$python" ||
    need "WeasyPrint draws the PDFs with Pango and HarfBuzz, which are missing" \
        libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0

# A .venv made for another Python or in another folder is of no use.
if ! .venv/bin/python -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' 2>/dev/null ||
    [ "$(cat .venv/.place 2>/dev/null)" != "$PWD" ]; then
    rm -rf .venv
    say "Making .venv with $("$python" --version) …"
    if command -v uv >/dev/null; then
        uv venv --quiet --python "$python" .venv
    else
        "$python" -c 'import ensurepip, venv' 2>/dev/null ||
            need "This Python cannot make virtual environments" \
                "python$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')-venv"
        "$python" -m venv .venv
    fi
    printf '%s' "$PWD" >.venv/.place
fi

say "Installing the locked packages (a few minutes the first time) …"
if command -v uv >/dev/null; then
    uv pip install --quiet --python .venv/bin/python --require-hashes -r requirements.txt
    uv pip install --quiet --python .venv/bin/python --no-deps --no-build-isolation -e .
else
    .venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
    .venv/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
fi

.venv/bin/python -c 'import weasyprint' ||
    { say "WeasyPrint does not start: the message above names the library to install."; exit 1; }
say "Ready: .venv/bin/oyez"
