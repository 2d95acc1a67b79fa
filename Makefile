# `make demo` and `make check` are all a newcomer needs; both make the virtual environment .venv first.
PYTHON ?= python3
BIN := .venv/bin

.PHONY: demo check lint types bench race transformations wheel-smoke clean

demo: .venv/runtime
	mkdir -p build
	$(BIN)/quotes extract data/archive --db build/demo.db
	$(BIN)/quotes stats --db build/demo.db

check: .venv/dev
	$(BIN)/python -m pytest

lint: .venv/dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: .venv/dev
	$(BIN)/mypy

# Speed, as ratios against a baseline in the same run.
bench: .venv/dev
	$(BIN)/python -m tests.bench

# Whole archives against spaCy and plain Stanza, in some minutes: make race ARGS="--articles 20 --rounds 3"
race: .venv/dev
	$(BIN)/pip install -q -c constraints.txt -e ".[bench]"
	$(BIN)/python -m tests.bench.race $(ARGS)

# The share of results that stay when the project's articles are written as archives have them; some minutes.
transformations: .venv/dev
	$(BIN)/python -m tests.transformations

# The built wheel, alone in an environment of its own, away from the checkout.
wheel-smoke: .venv/dev
	rm -rf build/dist build/smoke
	$(BIN)/python -m build --outdir build/dist
	$(PYTHON) -m venv build/smoke/venv
	build/smoke/venv/bin/pip install -q -c constraints.txt torch
	build/smoke/venv/bin/pip install -q -c constraints.txt build/dist/*.whl
	cd build/smoke && venv/bin/quotes extract ../../data/archive --db smoke.db --jsonl smoke.jsonl && venv/bin/quotes stats --db smoke.db
	cd build/smoke && venv/bin/quotes models check
	test "$$(wc -l < build/smoke/smoke.jsonl)" -ge 30

# torch first and by itself: the constraints name the version, the index configured for pip its build.
.venv/bin/python:
	$(PYTHON) -m venv .venv
	$(BIN)/pip install -q -c constraints.txt torch

.venv/runtime: .venv/bin/python pyproject.toml constraints.txt
	$(BIN)/pip install -q -c constraints.txt -e .
	touch $@

.venv/dev: .venv/bin/python pyproject.toml constraints.txt
	$(BIN)/pip install -q -c constraints.txt -e ".[dev,train]"
	touch $@ .venv/runtime

clean:
	rm -rf .venv build dist
