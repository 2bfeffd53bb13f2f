# `make help` lists the targets. Everything runs from one `.venv` in this checkout, pinned by requirements.lock.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help

VENV := .venv
PY := $(VENV)/bin/python
STAMP := $(VENV)/.set-up
JOBS ?= 2
# Where demo and bench leave their files.
OUT ?= out
# Where demo listens, on this machine alone.
PORT ?= 8000
# Another interpreter: `make setup PYTHON=python3.13`.
PYTHON ?= $(firstword $(foreach p,python3 python3.13 python3.12 python3.11,$(if $(shell $(p) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo yes),$(p))))

.PHONY: help setup demo demo-1956 demo-debian screenshots test twins years scale bench check lint types layers docs docs-check pure-check wheel-check lock clean

help:  ## list these targets
	@awk -F ':.*## ' '/^[a-z0-9-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' Makefile

setup: $(STAMP)  ## make .venv with everything pinned (done once, again when the pins change)

$(STAMP): requirements.lock pyproject.toml hatch_build.py $(wildcard src/isonomy/counting/machine/*)
	@test -n "$(PYTHON)" || { echo "No Python 3.11 or newer found. On Debian and Ubuntu: apt-get install python3 python3-venv" >&2; exit 1; }
	@command -v $(PYTHON) >/dev/null || { echo "There is no $(PYTHON) on this machine" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { echo "This Python cannot make a virtual environment yet. On Debian and Ubuntu: apt-get install python3-venv" >&2; exit 1; }
	@test -x $(PY) && $(PY) -m pip --version >/dev/null 2>&1 || { echo "Making $(VENV) with $$($(PYTHON) --version)"; $(PYTHON) -m venv $(VENV); }
	@echo "Installing the pinned packages"
	@$(PY) -m pip install -qq --disable-pip-version-check --require-hashes -r requirements.lock
	@$(PY) -m pip install -qq --disable-pip-version-check --no-deps --no-build-isolation -e .
	@$(PY) -m compileall -qq src || true
	@touch $(STAMP)
	@echo "Ready: $(VENV)/bin/isonomy --help"

demo: setup  ## an invented housing federation with two lived years, served in the browser (PORT=8000)
	@$(PY) -m demo.housing_federation --port $(PORT)

demo-1956: setup  ## 1956 in ten acts: what is refused, falls due, lapses, opens, and is not rewritten
	@$(PY) -m demo.association_1956

demo-debian: setup  ## the votes of the Debian project 2002 to 2010, replayed and verified
	@$(PY) -m demo.debian

screenshots: setup  ## every page of the federation, light and dark, desk and phone, into $(OUT)/screenshots
	@$(PY) -m demo.screenshots --out $(OUT)/screenshots

test: setup  ## the tests (JOBS=2 at a time; pytest's summary comes last)
	@$(PY) -m pytest -q -n $(JOBS)

twins: setup  ## 100,000 random elections a rule, rich in ties, against naive counters
	@$(PY) -m tests.counting.twins --elections 100000 --jobs $(JOBS)

years: setup  ## ten years of a federation of 50 branches and 5,000 members from a seed (SEED=1), and what nobody tried
	@$(PY) -m tests.simulation --seed $(or $(SEED),1)

scale: setup  ## the long runs: deep property tests, killed writers, large records
	@ISONOMY_HYPOTHESIS=scale $(PY) -m pytest -q -m scale

bench: setup  ## measure speed and size; one module in bench/ each
	@for f in bench/[a-z]*.py; do m="$${f%.py}"; echo "== $$m"; $(PY) -m "$${m//\//.}"; done

check: lint types layers docs-check pure-check wheel-check  ## all that guards the house besides the tests

lint: setup  ## style and likely bugs
	@$(PY) -m ruff check .
	@$(PY) -m ruff format --check .

types: setup  ## types, strict
	@$(PY) -m mypy

layers: setup  ## the doors between rooms open downwards only
	@$(VENV)/bin/lint-imports --no-logo

docs: setup  ## write the generated parts of the documents again
	@$(PY) -m docs.transcripts
	@$(PY) -m docs.requirements_page
	@$(PY) -m docs.demo_1956_page

docs-check: setup  ## documents: links lead somewhere, transcripts and specifications agree with the code
	@$(PY) -m docs.transcripts --check
	@$(PY) -m pytest -q tests/repo/test_documents.py

pure-check: setup  ## counting by Python alone, as on a machine without a compiler
	@ISONOMY_PURE=1 $(PY) -m pytest -q -n $(JOBS) tests/counting

wheel-check: setup  ## the built wheel installs elsewhere and runs
	@bash tests/repo/wheel_runs.sh $(PY)

lock: setup  ## resolve requirements.lock anew (hashes, no index lines; uv and pip read it)
	@$(PY) -m uv pip compile pyproject.toml --extra fast --extra pdf --extra web --group dev --universal --python-version 3.11 \
		--generate-hashes --no-emit-index-url --no-annotate --upgrade --quiet \
		--custom-compile-command "make lock" --output-file requirements.lock

clean:  ## remove what was built, measured and demonstrated (not .venv)
	@rm -rf build dist $(OUT) .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	@find src tests demo bench docs -name __pycache__ -type d -prune -exec rm -rf {} + 2>/dev/null || true
