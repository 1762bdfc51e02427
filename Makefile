# Everything a person or a machine does with Tochuc. `make` alone lists the targets.
VENV  := .venv
BIN   := $(VENV)/bin
PY    ?= python3.11
STAMP := $(VENV)/.installed
DEV   := $(VENV)/.installed-dev
# One more than processors: a worker waits for its browser, its server and PostgreSQL.
WORKERS ?= 3
RESOLVE := --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --no-header --quiet

# Compiled once: the tests start the program dozens of times.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help setup run test check fmt lint types imports bench docs lock clean

help:  ## list the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 12

$(STAMP): locks/run.txt pyproject.toml
	test -x $(BIN)/python || $(PY) -m venv $(VENV) || python3 -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r locks/run.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	touch $(STAMP)

$(DEV): $(STAMP) locks/dev.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r locks/dev.txt
	touch $(DEV)

setup: $(STAMP)  ## make .venv from the lock file; leaves .venv/bin/tochuc

run: setup  ## start the demonstration on http://127.0.0.1:8000 (Ctrl-C stops it)
	@exec $(BIN)/tochuc serve --demo

test: $(DEV)  ## run every test, the browser's too
	$(BIN)/python -m pytest -n $(WORKERS) --dist loadscope

check: $(DEV) lint types imports  ## format, lint, types, import rules, tests
	$(BIN)/tochuc regulation check
	$(BIN)/tochuc forms check
	$(BIN)/python -m pytest -n $(WORKERS) --dist loadscope

fmt: $(DEV)  ## write the code in one style
	$(BIN)/ruff format src tests benchmarks
	$(BIN)/ruff check --fix src tests benchmarks

lint: $(DEV)
	$(BIN)/ruff format --check src tests benchmarks
	$(BIN)/ruff check src tests benchmarks

types: $(DEV)
	$(BIN)/mypy

imports: $(DEV)
	$(BIN)/lint-imports

bench: $(DEV)  ## print the figures of every budget
	for b in benchmarks/bench_*.py; do $(BIN)/python $$b; done

lock:  ## resolve the dependencies anew
	test -x $(BIN)/python || $(PY) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet uv
	$(BIN)/uv pip compile pyproject.toml --group build $(RESOLVE) -o locks/run.txt
	$(BIN)/uv pip compile --group dev -c locks/run.txt $(RESOLVE) -o locks/dev.txt

clean:  ## remove the environment and the local database
	rm -rf $(VENV) var
