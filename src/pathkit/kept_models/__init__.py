"""Trained models in files: a learner's own, and those that come with the path."""
