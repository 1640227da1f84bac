#!/usr/bin/env bash
# Fills .venv-duckdb-1.5: the packages of .venv, but for DuckDB 1.5.5, the oldest that pyproject.toml allows.
set -euo pipefail

env=.venv-duckdb-1.5
# Made anew: Python, folder or lock may have changed, and it takes seconds.
rm -rf "$env"
if command -v uv >/dev/null; then
    uv venv --quiet --python .venv/bin/python "$env"
    uv pip install --quiet --python "$env/bin/python" --require-hashes -r requirements-duckdb-1.5.txt
else
    .venv/bin/python -m venv "$env"
    "$env/bin/python" -m pip install --quiet --disable-pip-version-check --require-hashes \
        -r requirements-duckdb-1.5.txt
fi

# What is not found here is found in .venv; addsitedir, since its own .pth files count, too.
"$env/bin/python" - "$PWD/.venv" <<'PY'
import glob, pathlib, sys, sysconfig
(packages,) = glob.glob(f"{sys.argv[1]}/lib/python3*/site-packages")
path = pathlib.Path(sysconfig.get_path("purelib")) / "of_oyez.pth"
path.write_text(f"import site; site.addsitedir({packages!r})\n")
PY

"$env/bin/python" -c 'import duckdb; assert duckdb.__version__ == "1.5.5", duckdb.__version__; import oyez'
