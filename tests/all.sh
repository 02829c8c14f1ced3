#!/bin/sh
# What `make test` runs, in order from quick to slow; stops at the first step that fails.
# BIN names the environment's folder of programs.
set -u
cd "$(dirname "$0")/.." || exit 4
BIN=${BIN:-.venv/bin}
export JUPYTER_DEFAULT_PROVISIONER_NAME=pathkit-private OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1
export PYDEVD_DISABLE_FILE_VALIDATION=1
times=
started=$(date +%s)

# step NAME COMMAND...
step() {
  name=$1
  shift
  printf '\n== %s\n' "$name"
  begun=$(date +%s)
  "$@" </dev/null
  code=$?
  times="$times$(printf '%5d s  %s' "$(($(date +%s) - begun))" "$name")
"
  if [ "$code" -ne 0 ]; then
    printf '\n%s\nFAILED: %s (exit code %s)\n' "$times" "$name" "$code" >&2
    exit "$code"
  fi
}

# Two processes: with notebooks, each of them has a kernel besides.
nbval() {
  "$BIN/pytest" --nbval-lax --nbval-sanitize-with tests/sanitize.cfg --nbval-cell-timeout 120 \
    --nbval-kernel-startup-timeout 120 -n 2 --dist loadfile -q -p no:cacheprovider "$@"
}

step "style" "$BIN/ruff" check --no-cache src tests
step "notebooks equal their sources" "$BIN/pathkit" build --check
step "unit tests" "$BIN/pytest" -n 2 -q -m "not slow" tests
step "tests with kernels and a browser" "$BIN/pytest" -n 2 -q -m slow tests
step "strength of the checks" "$BIN/pathkit" verify
step "learner notebooks, unattempted: no cell may fail" nbval notebooks/*.ipynb
step "solutions: stored results hold" nbval notebooks/solutions
printf '\n%s%5d s  in all\n' "$times" "$(($(date +%s) - started))"
