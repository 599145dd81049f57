# Each target sets up what it needs in .venv; a machine with Python 3.11 or newer and make is enough.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

.DEFAULT_GOAL := help
.PHONY: help demo test check lint types layers wheel goldens bench clean

help:  ## list the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-9s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

$(READY): pyproject.toml
	@echo "Setting up $(VENV) …"
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "webwatch needs Python 3.11 or newer")'
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check "pip>=25.1"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable . --group dev
	@touch $@

demo: $(READY)  ## see it work on a made-up web, without internet
	@$(BIN)/webwatch demo

test: $(READY)  ## run the tests
	@$(BIN)/python -m pytest -n auto

check: lint types layers test  ## lint, types, layers and tests

lint: $(READY)  ## style and common mistakes
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .

types: $(READY)  ## mypy --strict
	@$(BIN)/mypy

layers: $(READY)  ## who may import whom
	@$(BIN)/lint-imports

wheel: $(READY)  ## build the wheel into dist/
	@$(BIN)/python -m build --quiet --wheel

goldens: $(READY)  ## write the expected outputs anew, for review as a diff
	@$(BIN)/python -m tests.test_fixtures --regenerate
	@$(BIN)/python -m tests.test_formats --regenerate

bench: $(READY)  ## measure a whole scan against its floor (some minutes)
	@$(BIN)/python benchmarks/scan.py

clean:  ## remove what the other targets made
	@rm -rf $(VENV) dist .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
