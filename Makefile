# The two commands of the README. Each sets up .venv first; the second time that takes a moment.
# Written for GNU make 3.81 (macOS) and BSD make as well: no functions, and plain sh.

VENV ?= .venv
PYTHON ?=
ARGS ?=

# The first Python that PyTorch has a build for; PYTHON names one.
FIND_PYTHON = set -- "$(PYTHON)"; \
  test -n "$$1" || set -- python3 python3.14 python3.13 python3.12 python3.11 python; \
  python=; for p in "$$@"; do if "$$p" -c 'import sys; \
    sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 14))' >/dev/null 2>&1; \
    then python=$$p; break; fi; done; \
  test -n "$$python" || { echo "Python 3.11 to 3.14 was not found as: $$*. Install one, or name" \
    "it: make start PYTHON=/path/to/python3.12" >&2; exit 4; };

.PHONY: start test setup setup-test

# exec: else the shell in between makes of Ctrl-C an error of make.
start: setup
	@exec "$(VENV)/bin/pathkit" start $(ARGS)

test: setup-test
	@"$(VENV)/bin/python" tests/steps.py $(ARGS)

setup:
	@$(FIND_PYTHON) "$$python" src/pathkit/bootstrap.py --venv "$(VENV)"

setup-test:
	@$(FIND_PYTHON) "$$python" src/pathkit/bootstrap.py --venv "$(VENV)" --test
