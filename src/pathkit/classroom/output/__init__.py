"""What grading writes: one file for each kind of reader."""
