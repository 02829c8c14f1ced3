"""Curriculum, lessons and exercises become notebooks; what is stale is found."""
