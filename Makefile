# The two commands of the README. Each sets up .venv first; the second time that takes a moment.

VENV ?= .venv
PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11 python; do \
  "$$p" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo "$$p" && break; done)
BIN = $(VENV)/bin

.PHONY: start test unit notebooks setup setup-test python

start: setup
	@$(BIN)/pathkit start $(ARGS)

test: setup-test
	@BIN="$(BIN)" sh tests/all.sh

setup: python
	@$(PYTHON) src/pathkit/bootstrap.py --venv $(VENV)

setup-test: python
	@$(PYTHON) src/pathkit/bootstrap.py --venv $(VENV) --test

python:
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer was not found. Install one, or name it: \
	make start PYTHON=/path/to/python3.12" >&2; exit 4; }
