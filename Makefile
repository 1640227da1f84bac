# The newcomer's commands; `make` alone lists them. Paths are relative: the checkout may be anywhere.

.DEFAULT_GOAL := help
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
MAKEFLAGS += --no-print-directory

BIN := .venv/bin
SOURCES := plugins/oyez $(wildcard plugins/*.py) dags tests scripts bench $(wildcard demo)
WORKERS ?= 2

.PHONY: help
help: ## list the commands
	@awk -F ':.*## ' '/^[a-z0-9.-]+:.*## / {printf "  make %-15s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

.PHONY: setup
setup: .venv/.ready ## install everything into .venv (nothing is done when it is up to date)

.venv/.ready: requirements.txt pyproject.toml scripts/setup.sh
	@scripts/setup.sh
	@touch $@

.PHONY: demo
demo: setup ## make three clients' reports from the sample data, by the daily DAG (about 2 minutes)
	@export AIRFLOW_HOME="$$PWD/.airflow/demo" OYEZ_HOME="$$PWD"; . scripts/airflow-env.sh; exec python scripts/demo.py

.PHONY: up
up: setup ## start Airflow on http://127.0.0.1:8080 (PORT=… for another port), until Ctrl-C
	@. scripts/airflow-env.sh; exec python scripts/up.py

.PHONY: down
down: ## stop the Airflow that `make up` started
	@if [ -f .airflow/up.pid ]; then python3 scripts/down.py; fi

.PHONY: lint
lint: setup ## check style, and that imports point one way
	@$(BIN)/ruff check $(SOURCES)
	@$(BIN)/ruff format --check $(SOURCES)
	@PYTHONPATH=plugins $(BIN)/lint-imports --no-cache

.PHONY: types
types: setup ## check the types
	@$(BIN)/mypy

.PHONY: test
test: setup ## run the tests (WORKERS=2 processes), except the slow ones
	@$(BIN)/pytest -q -m "not e2e" -n $(WORKERS) --dist loadfile

.PHONY: test-duckdb-1.5
test-duckdb-1.5: setup .venv-duckdb-1.5/.ready ## run tests/sql, line and unit on DuckDB 1.5.5, the oldest that is allowed
	@.venv-duckdb-1.5/bin/python -m pytest -q -m "not e2e" -n $(WORKERS) --dist loadfile tests/sql tests/line tests/unit

.venv-duckdb-1.5/.ready: .venv/.ready requirements-duckdb-1.5.txt scripts/setup-duckdb-1.5.sh
	@scripts/setup-duckdb-1.5.sh
	@touch $@

.PHONY: test-e2e
test-e2e: setup ## run the slow tests, end to end
	@$(BIN)/pytest -q -m e2e

.PHONY: payloads
payloads: setup ## print what each connector reads of the recorded payloads in ../shared/data
	@$(BIN)/python -m tests.sources.payload_table

.PHONY: evaluate
evaluate: setup ## measure sentiment, language, replies, speed and two brands on ../shared/data (5 minutes)
	@$(BIN)/python scripts/evaluate.py

.PHONY: bench
bench: setup ## measure intake, a year and a day as ratios (10 minutes; SIZES=1000000,50000000 for more)
	@PYTHONPATH=plugins $(BIN)/python -m bench $(if $(SIZES),--sizes $(SIZES))

.PHONY: check
check: lint types test ## everything that must pass before a commit

.PHONY: format
format: setup ## lay out the code
	@$(BIN)/ruff check --fix $(SOURCES)
	@$(BIN)/ruff format $(SOURCES)

.PHONY: lock
lock: ## renew requirements.txt from pyproject.toml (needs uv); UPGRADE=1 takes the newest versions
	@uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
		--no-header --no-emit-index-url --no-emit-find-links $(if $(UPGRADE),--upgrade) \
		pyproject.toml requirements.in --extra airflow --extra dev --output-file requirements.txt
	@echo 'duckdb==1.5.5' | uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
		--no-header --no-annotate --no-emit-index-url --no-emit-find-links - --output-file requirements-duckdb-1.5.txt
	@! grep -nE 'https?://|^--' requirements.txt requirements-duckdb-1.5.txt

.PHONY: clean
clean: down ## remove what can be made again; your data, inbox and editions stay
	@rm -rf .venv .venv-duckdb-1.5 .airflow .demo dist build .pytest_cache .mypy_cache .ruff_cache .import_linter_cache
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +
