"""Recall cards: which are due, and how they are asked."""
