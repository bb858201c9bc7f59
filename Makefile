# make run opens the course, make test proves it; both set up what they need in .venv first.

PYTHON ?= python3
BIN := .venv/bin

.PHONY: run test test-peers check bench bench-files bench-workshop clean

run: .venv/installed
	@$(BIN)/synthqc

test: .venv/tested
	$(BIN)/python -m pytest -n 2

# Servers by others in an environment of their own: some minutes, a C++ compiler and 800 MB; no weights are downloaded.
test-peers: .venv/tested .peers/installed
	$(BIN)/python -m pytest -m peers tests/peers

check: .venv/developed
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/synthqc check --play

bench: .venv/tested
	$(BIN)/python benchmarks/terminal.py
	$(BIN)/python benchmarks/tools.py
	$(BIN)/python benchmarks/peers.py
	$(BIN)/python benchmarks/agreement.py

# Takes three minutes and 1.5 GB of memory.
bench-workshop: .venv/tested
	$(BIN)/python benchmarks/workshop.py

# Takes some minutes and 800 MB of disk.
bench-files: .venv/tested
	$(BIN)/python benchmarks/files.py

clean:
	rm -rf .venv .peers dist

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "synthqc needs Python 3.11 or newer; try: make PYTHON=python3.12 $(MAKECMDGOALS)")'
	$(PYTHON) -m venv .venv

.venv/installed: .venv/bin/python pyproject.toml
	$(BIN)/python -m pip install --quiet --editable .
	@touch $@

.venv/tested: .venv/bin/python pyproject.toml
	$(BIN)/python -m pip install --quiet --editable '.[test]'
	@touch $@ .venv/installed

.venv/developed: .venv/bin/python pyproject.toml
	$(BIN)/python -m pip install --quiet --editable '.[dev]'
	@touch $@ .venv/tested .venv/installed

.peers/installed:
	$(PYTHON) -m venv .peers
	.peers/bin/python -m pip install --quiet 'litellm[proxy]' 'llama-cpp-python[server]' gguf
	@touch $@
