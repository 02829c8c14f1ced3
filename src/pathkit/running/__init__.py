"""Notebooks executed: kernels, parameters, work side by side."""
