"""The learner's notebooks after an update of the path: merged, with nothing lost."""
