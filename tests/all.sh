#!/bin/sh
# What `make test` runs, in order from quick to slow. BIN names the environment's folder.
set -eu

step() { printf '\n== %s\n' "$1"; }
export JUPYTER_DEFAULT_PROVISIONER_NAME=pathkit-private OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1
export PYDEVD_DISABLE_FILE_VALIDATION=1
NBVAL="--nbval-lax --nbval-sanitize-with tests/sanitize.cfg --nbval-cell-timeout 120
  --nbval-kernel-startup-timeout 120 -n 2 --dist loadfile -q -p no:cacheprovider"

step "style"
"$BIN/ruff" check src tests
step "notebooks equal their sources"
"$BIN/pathkit" build --check
step "unit tests"
"$BIN/pytest" -n 2 -q tests
step "strength of the checks"
"$BIN/pathkit" verify
step "learner notebooks, unattempted: no cell may fail"
"$BIN/pytest" $NBVAL notebooks/*.ipynb
step "solutions: stored results hold"
"$BIN/pytest" $NBVAL notebooks/solutions
