"""Help with one exercise: hints, the answer, a fresh start."""
