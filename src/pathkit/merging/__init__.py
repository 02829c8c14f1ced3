"""Three versions of a notebook become one, and nothing of a learner's is lost."""
