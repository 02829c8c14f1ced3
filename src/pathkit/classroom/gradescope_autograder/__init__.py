"""An autograder for Gradescope, and what it runs there."""
