"""What grading writes: feedback, the class's page, and one file for each kind of reader."""
