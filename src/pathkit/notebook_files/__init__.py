"""Notebook files as plain data: read, which cell is which, whose answers stand where."""
